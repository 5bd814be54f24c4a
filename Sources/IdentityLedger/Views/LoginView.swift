public import Events

/// A login of the history (contract, shapes).
public struct LoginView: JSONView, Hashable {
    public var sequence: UInt64
    public var recordedAt: Instant
    public var isAccepted: Bool
    /// The contract's code; nil: accepted.
    public var code: String?
    public var detail: String?
    public var email: String?
    public var user: Identifier?
    /// The verified issuer.
    public var identityProvider: String?
    /// Lowercase hexadecimal.
    public var certificateSHA256: String?
    public var isUnsolicited: Bool
    public var assertionID: String?
    /// Whether it was a test of the connection.
    public var isTest: Bool

    /// The contract's shape.
    public var json: JSON {
        [
            "sequence": JSON(sequence), "recordedAt": JSON(recordedAt),
            "outcome": .string(isAccepted ? "accepted" : "refused"), "code": JSON(code), "detail": JSON(detail),
            "email": JSON(email), "user": JSON(user), "identityProvider": JSON(identityProvider),
            "certificateSHA256": JSON(certificateSHA256), "unsolicited": .bool(isUnsolicited),
            "assertionID": JSON(assertionID), "test": .bool(isTest),
        ]
    }
}
