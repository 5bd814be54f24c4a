public import Cryptography
public import Events

/// Whom an organization believes: its identity provider, with the keys decoded once (C20, C21).
public struct TrustedIdentityProvider: Sendable {
    /// The configured entity ID, compared byte for byte (C29).
    public let entityID: String
    /// The configured signing certificates; each one's key is tried.
    public let certificates: [Certificate]

    /// An identity provider and its keys.
    public init(entityID: String, certificates: [Certificate]) {
        self.entityID = entityID
        self.certificates = certificates
    }
}

/// Everything beside the bytes that a judgment rests on. No clock is read and nothing is looked up.
public struct JudgmentFacts: Sendable {
    /// The URLs that Recipient and Destination may name: both forms of this organization's (C30).
    public var acsURLs: [String]
    /// Our entity ID, which is the Audience.
    public var serviceProviderEntityID: String
    /// nil: none is configured.
    public var identityProvider: TrustedIdentityProvider?
    /// Every key that may decrypt, newest first.
    public var decryptionKeys: [PrivateKey]
    /// The clock that was read.
    public var instant: Instant
    /// When certificates' ends and SHA-1's deadline are looked at, if at another time: would the same response pass then? nil: at ``instant``.
    public var keysAt: Instant?
    /// At most 300 are applied (C31).
    public var clockSkewSeconds: UInt32
    /// Until when SHA-1 is accepted; nil: never (C19).
    public var allowSHA1Until: Instant?
    /// Whether a configured certificate's end refuses (C23).
    public var refuseExpiredCertificates: Bool
    /// Whether the assertion itself must be signed.
    public var requireSignedAssertion: Bool
    /// Whether the assertion must be encrypted.
    public var requireEncryptedAssertion: Bool
    /// Which attributes mean what.
    public var attributeMapping: AttributeMapping
    /// The identity provider's kind, for what to change there; it decides nothing. nil: not known.
    public var preset: IdentityProviderPreset?
    /// Whether the compared values and the assertion's text are wanted beside the verdict: for a test's report. They decide nothing.
    public var explains = false

    /// Facts with the policy's defaults.
    public init(
        acsURLs: [String], serviceProviderEntityID: String, identityProvider: TrustedIdentityProvider?,
        decryptionKeys: [PrivateKey] = [], instant: Instant, clockSkewSeconds: UInt32 = 60,
        allowSHA1Until: Instant? = nil, refuseExpiredCertificates: Bool = false, requireSignedAssertion: Bool = false,
        requireEncryptedAssertion: Bool = false, attributeMapping: AttributeMapping = AttributeMapping(),
        preset: IdentityProviderPreset? = nil
    ) {
        self.acsURLs = acsURLs
        self.serviceProviderEntityID = serviceProviderEntityID
        self.identityProvider = identityProvider
        self.decryptionKeys = decryptionKeys
        self.instant = instant
        self.clockSkewSeconds = clockSkewSeconds
        self.allowSHA1Until = allowSHA1Until
        self.refuseExpiredCertificates = refuseExpiredCertificates
        self.requireSignedAssertion = requireSignedAssertion
        self.requireEncryptedAssertion = requireEncryptedAssertion
        self.attributeMapping = attributeMapping
        self.preset = preset
    }

    var keysInstant: Instant { keysAt ?? instant }
}
