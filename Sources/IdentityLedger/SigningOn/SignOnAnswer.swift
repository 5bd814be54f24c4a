public import Events
public import SAML

/// How a post to the Assertion Consumer Service is answered.
public enum SignOnAnswer: Sendable {
    case signedIn(SignedIn)
    /// `reference` is the event's sequence, where one was appended; `steps` are the checks, as far as they went.
    case refused(Refusal, reference: UInt64?, steps: [Step])
    /// The request's cookie is missing: our page posts the same again. Nothing was recorded.
    case postAgain
    /// Someone else is signed in: our page asks first (C42). Nothing was recorded.
    case confirm(Confirmation)
    /// It was a test of the connection: no session. ``IdentityLedger/testReport(_:login:by:)`` tells more.
    case tested(JudgmentReport)
}

/// A login that was recorded.
public struct SignedIn: Sendable {
    /// The session cookie's value; stored as a digest only (C40).
    public let token: String
    /// When it ends.
    public let expiresAt: Instant
    /// Where the browser goes: an absolute address, with `code=` where it is another origin. nil: no public URL is recorded.
    public let location: String?
    /// The request that was answered; nil: unsolicited.
    public let requestID: String?
    /// The organization.
    public let organization: Identifier
    /// The user's ID.
    public let user: Identifier
    /// The event's sequence.
    public let reference: UInt64
    /// Whether this login made its user.
    public let isProvisioned: Bool
}

/// The question whether to change who is signed in.
public struct Confirmation: Sendable {
    /// Who is signed in now.
    public let current: String?
    /// Who would be.
    public let next: String
    /// What our page posts back as the answer.
    public let token: String
}

/// A login's start: where the browser goes.
public struct StartedLogin: Sendable {
    /// How.
    public enum Way: Sendable {
        case redirect(String)
        case post(action: String, fields: [(name: String, value: String)])
    }

    /// The AuthnRequest's ID.
    public let requestID: String
    /// How the browser goes to the identity provider.
    public let way: Way
    /// When it started.
    public let instant: Instant
}
