public import Events

/// Something that an identity provider's responses do otherwise than before.
public struct ResponseDrift: JSONView, Hashable {
    /// What is otherwise.
    public enum What: String, Sendable, CaseIterable {
        /// Another certificate signs.
        case certificate
        /// A certificate signs that isn't configured: those logins are refused.
        case untrustedCertificate
        /// Another algorithm signs.
        case signatureAlgorithm
        /// Another algorithm digests what is signed.
        case digestAlgorithm
        /// The signature stands elsewhere: over the response, the assertion, or both.
        case signaturePlace
        /// The assertion is encrypted otherwise, or not any more, or now it is.
        case encryption
        /// The name of the identity provider is another one.
        case issuer
        /// The NameID is of another format.
        case nameIDFormat
        /// An attribute comes that didn't.
        case attributeAppeared
        /// An attribute doesn't come any more.
        case attributeVanished
        /// Assertions last longer, or shorter.
        case lifetime
        /// The end of the session is said, or isn't any more.
        case sessionEnd
        /// The identity provider's clock goes away from ours.
        case clock
    }

    /// What is otherwise.
    public let what: What
    /// The value or the attribute that it is about: by this it is known as the same one at the next look. Empty: what is measured.
    public let subject: String
    /// How it was.
    public let before: String
    /// How it is.
    public let since: String
    /// The first login with it, of those that were looked at.
    public let first: UInt64
    /// When that one was recorded.
    public let firstAt: Instant
    /// How many there are with it.
    public let count: UInt64
    /// What to do, a sentence or two.
    public let remedy: String

    /// `what`, `before`, `since`, `first`, `firstAt`, `count`, `remedy`.
    public var json: JSON {
        [
            "what": .string(what.rawValue), "before": .string(before), "since": .string(since), "first": JSON(first),
            "firstAt": JSON(firstAt), "count": JSON(count), "remedy": .string(remedy),
        ]
    }
}

/// What an identity provider's responses look like since an instant, against those before it.
public struct DriftView: JSONView, Hashable {
    /// From then on a response is one of now.
    public let since: Instant
    /// Responses before it that were looked at: the newest 200.
    public let before: UInt64
    /// Responses since then that were looked at: the newest 200.
    public let after: UInt64
    /// What is otherwise.
    public let drifts: [ResponseDrift]

    /// `since`, `before`, `after`, `drifts`.
    public var json: JSON {
        ["since": JSON(since), "before": JSON(before), "after": JSON(after), "drifts": .array(drifts.map(\.json))]
    }
}
