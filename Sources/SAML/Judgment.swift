public import Events
import XML

/// A verdict, with every check that led to it.
public struct Judgment: Sendable {
    /// How it ended.
    public enum Outcome: Sendable, Hashable {
        case accepted(Claims)
        case refused(Refusal)
    }

    /// The checks in their order; the last one of a refusal did not hold.
    public let steps: [Step]
    /// How it ended.
    public let outcome: Outcome
    /// What verified bytes said; there as soon as a signature verified, also if the response was refused later.
    public let verified: VerifiedFacts?
    /// The identity provider's kind, as the facts had it.
    public let preset: IdentityProviderPreset?
    /// The verified assertion for people; nil: nothing verified, or the facts did not ask for it.
    public let assertion: AssertionText?

    /// Only this module judges.
    init(
        outcome: Outcome, steps: [Step] = [], verified: VerifiedFacts? = nil, preset: IdentityProviderPreset? = nil,
        assertion: AssertionText? = nil
    ) {
        self.assertion = assertion
        self.steps = steps
        self.outcome = outcome
        self.verified = verified
        self.preset = preset
    }
}

/// A verified assertion as people read it: decrypted, an element a line, without its Signature where that covers the assertion alone.
public struct AssertionText: Sendable, Hashable {
    /// XML, to be escaped like any text; at most 16 KiB.
    public let xml: String
    /// The lines that were left out at the end.
    public let linesLeftOut: Int

    /// nil: it has no canonical form.
    init?(_ element: XMLElement) {
        guard let canonical = try? element.canonicalized() else { return nil }
        let indented = IndentedXML(canonical, limit: 16 << 10)
        xml = indented.text
        linesLeftOut = indented.linesLeftOut
    }
}

/// What verified bytes said, whatever became of the response: for the record and for the person who mends a refusal.
public struct VerifiedFacts: Sendable, Hashable {
    /// The identity provider's entity ID.
    public var issuer: String
    /// nil where no verified assertion could be read.
    public var assertionID: String?
    /// The request answered.
    public var inResponseTo: String?
    /// The certificate whose key verified; 32 bytes.
    public var certificateSHA256: [UInt8]
    /// Whether a signature or digest rested on SHA-1.
    public var usedSHA1: Bool
    /// The e-mail address as received, which may be none.
    public var email: String?
    /// The NameID as received.
    public var nameID: String?
    /// The attributes in the assertion's order, as received.
    public var attributes: [Attribute]
    /// The session's name at the identity provider.
    public var sessionIndex: String?
}
