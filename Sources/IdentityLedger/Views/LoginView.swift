public import Events

/// A login of the history (contract, shapes).
public struct LoginView: JSONView, Hashable {
    /// The event's sequence.
    public var sequence: UInt64
    /// When it was recorded.
    public var recordedAt: Instant
    /// Whether it was let in.
    public var isAccepted: Bool
    /// The contract's code; nil: accepted.
    public var code: String?
    /// A sentence; nil: accepted.
    public var detail: String?
    /// The e-mail address, as received; nil: it can't be read.
    public var email: String?
    /// The user's ID.
    public var user: Identifier?
    /// The verified issuer.
    public var identityProvider: String?
    /// Lowercase hexadecimal.
    public var certificateSHA256: String?
    /// Whether it answered no request.
    public var isUnsolicited: Bool
    /// Of verified bytes.
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

extension LoginView {
    /// The columns of ``csv``.
    public static let columns = [
        "reference", "recordedAt", "outcome", "code", "detail", "email", "user", "identityProvider", "certificateSHA256", "test",
    ]

    /// One row, in the order of ``columns``.
    public var csv: String {
        CSV.row([
            String(sequence), recordedAt.rfc3339, isAccepted ? "accepted" : "refused", code ?? "", detail ?? "", email ?? "",
            user?.description ?? "", identityProvider ?? "", certificateSHA256 ?? "", isTest ? "yes" : "no",
        ])
    }
}
