public import Events
public import SAML

/// A judgment's every check: `outcome`, `code`, `detail`, `remedy`, `reference`, `steps`, `email`, `attributes` (contract: `inspect`).
public struct JudgmentReport: JSONView {
    /// Whether it was let in.
    public var isAccepted: Bool
    /// nil: accepted.
    public var refusal: Refusal?
    /// The checks in their order.
    public var steps: [Step]
    /// The e-mail address, as received; nil: it can't be read.
    public var email: String?
    /// As received with the newest login.
    public var attributes: [Attribute]?
    /// The event's sequence; nil: nothing was appended.
    public var reference: UInt64?
    /// false: the response is not to be had any more, and this is what was recorded.
    public var isProved = true
    /// Of a test of the connection alone.
    public var test: TestReport?

    /// `accepted`, or the refusal's code.
    public var verdict: String { refusal.map(\.code.rawValue) ?? (isAccepted ? "accepted" : "refused") }

    /// A report of these.
    public init(
        refusal: Refusal?, steps: [Step], email: String? = nil, attributes: [Attribute]? = nil,
        reference: UInt64? = nil
    ) {
        isAccepted = refusal == nil
        self.refusal = refusal
        self.steps = steps
        self.email = email
        self.attributes = attributes
        self.reference = reference
    }

    /// A judgment alone, before anything is known about users.
    public init(_ judgment: Judgment) {
        switch judgment.outcome {
        case .accepted(let claims):
            self.init(
                refusal: nil, steps: judgment.steps, email: claims.email.text, attributes: claims.attributes)
        case .refused(let refusal):
            self.init(
                refusal: refusal, steps: judgment.steps, email: judgment.verified?.email,
                attributes: judgment.verified?.attributes)
        }
    }

    /// The contract's shape.
    public var json: JSON {
        [
            "outcome": .string(isAccepted ? "accepted" : "refused"), "code": JSON(refusal?.code.rawValue),
            "detail": JSON(refusal?.detail), "remedy": JSON(refusal?.remedy),
            "reference": reference.map { JSON($0) } ?? .null, "steps": .array(steps.map(\.json)),
            "email": JSON(email), "attributes": attributes.map { JSON(attributes: $0) } ?? .null,
        ]
    }
}

extension Step {
    /// `{"name","section","ok","detail"}`.
    public var json: JSON {
        ["name": .string(name), "section": .string(section), "ok": .bool(ok), "detail": .string(detail)]
    }
}
