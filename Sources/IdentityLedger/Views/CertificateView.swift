public import Events

/// A certificate as people compare it: `{"pem","sha256","subject","notBefore","notAfter"}`.
public struct CertificateView: JSONView, Hashable {
    /// Between PEM's lines.
    public var pem: String
    /// Lowercase hexadecimal.
    public var sha256: String
    /// The subject's name.
    public var subject: String
    /// From when it is valid.
    public var notBefore: Instant
    /// Until when it is valid.
    public var notAfter: Instant

    /// The contract's shape.
    public var json: JSON {
        [
            "pem": .string(pem), "sha256": .string(sha256), "subject": .string(subject), "notBefore": JSON(notBefore),
            "notAfter": JSON(notAfter),
        ]
    }
}
