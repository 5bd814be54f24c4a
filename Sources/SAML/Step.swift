/// One check of a judgment, as the test page and the auditor see it.
public struct Step: Sendable, Hashable {
    /// What was checked: "Response signature".
    public let name: String
    /// Where it is written: a section of the specification.
    public let section: String
    /// Whether it held.
    public let ok: Bool
    /// What was found; where it did not hold, expected before found.
    public let detail: String
    /// What was held against what; empty where nothing was compared, or the facts did not ask for it.
    public let compared: [Comparison]

    /// The name of the check that something is signed by a configured key, after which all that is read is signed.
    public static let signed = "Signed"

    /// A check and how it ended.
    public init(name: String, section: String, ok: Bool, detail: String, compared: [Comparison] = []) {
        self.name = name
        self.section = section
        self.ok = ok
        self.detail = detail
        self.compared = compared
    }

    /// The checks that every response goes through, in their order: which of them were not reached. Signatures and encryption have steps where
    /// a response has them.
    public static let usual = [
        "Document", "Message", "Status", "Structure", "Identity provider", "Signed", "Assertion", "Certificate", "Issuer", "Destination",
        "Subject confirmation", "Audience", "Lifetime", "Request", "E-mail address",
    ]
}

/// A value that was expected, and the one that came.
public struct Comparison: Sendable, Hashable {
    /// What they are: "Audience".
    public let name: String
    /// What it should be; where it may be one of several, the first of them.
    public let expected: String
    /// What it is, as received and cut where it is long; nil: there is none.
    public let received: String?

    /// Two values and their name.
    public init(_ name: String, expected: String, received: String?) {
        self.name = name
        self.expected = expected
        self.received = received
    }
}
