public import Cryptography
public import Events

/// Everything beside the message that a logout message is judged by (C36).
public struct LogoutFacts: Sendable {
    /// The URLs that Destination may name.
    public var logoutURLs: [String]
    /// nil: none is configured.
    public var identityProvider: TrustedIdentityProvider?
    /// The clock that was read.
    public var instant: Instant
    /// At most 300 are applied.
    public var clockSkewSeconds: UInt32
    /// Until when SHA-1 is accepted; nil: never.
    public var allowSHA1Until: Instant?
    /// Ours, for encrypted NameIDs.
    public var decryptionKeys: [PrivateKey]

    /// Facts with the policy's defaults.
    public init(
        logoutURLs: [String], identityProvider: TrustedIdentityProvider?, instant: Instant, clockSkewSeconds: UInt32 = 60,
        allowSHA1Until: Instant? = nil, decryptionKeys: [PrivateKey] = []
    ) {
        self.logoutURLs = logoutURLs
        self.identityProvider = identityProvider
        self.instant = instant
        self.clockSkewSeconds = clockSkewSeconds
        self.allowSHA1Until = allowSHA1Until
        self.decryptionKeys = decryptionKeys
    }

    /// How old a message may be: it travels through the browser at once, and nothing remembers its ID.
    static let lifetimeSeconds: Int64 = 300
}

/// A logout message whose signature verified (core §3.7).
public enum LogoutMessage: Sendable, Hashable {
    /// The identity provider ends these sessions; no indexes: all of this person.
    case request(id: String, nameID: String, sessionIndexes: [String])
    /// The identity provider's answer to a request of ours.
    case response(inResponseTo: String?, outcome: LogoutOutcome)
}

/// How a logout ended that we asked for (core §3.7.3.2).
public enum LogoutOutcome: Sendable, Hashable {
    case complete
    /// Some session at another application could not be ended.
    case partial
    case failed
}
