import COpenSSL

/// An X.509 certificate: a key with a name. Only the key is trusted, and only because it is configured (C20, C23).
public struct Certificate: Sendable {
    /// The exact bytes.
    public let der: [UInt8]
    /// SHA-256 of the bytes.
    public let sha256: [UInt8]
    /// The subject's name (RFC 2253).
    public let subject: String
    /// Seconds since the Unix epoch; negative before it.
    public let notBeforeSeconds: Int64
    /// Seconds since the Unix epoch; negative before it.
    public let notAfterSeconds: Int64
    /// The key.
    public let publicKey: PublicKey

    /// Reads one certificate and nothing after it.
    public init(der: [UInt8]) throws(CryptographyError) {
        let pointer = unsafe OpenSSL.decoded(der, free: { unsafe X509_free($0) }) { unsafe d2i_X509(nil, $0, $1) }
        guard let pointer = unsafe pointer else {
            throw CryptographyError(
                .unreadableCertificate, "A certificate must be X.509 in DER; these \(der.count) bytes are not.")
        }
        defer { unsafe X509_free(pointer) }
        try unsafe self.init(pointer, der)
    }

    /// Reads the first certificate between PEM's lines.
    public init(pem: String) throws(CryptographyError) {
        guard let der = PEM.bytes(pem, label: "CERTIFICATE") else {
            throw CryptographyError(.unreadableCertificate, "The text must be an X.509 certificate in PEM; it is not.")
        }
        try self.init(der: der)
    }

    private init(_ pointer: OpaquePointer, _ der: [UInt8]) throws(CryptographyError) {
        guard let key = unsafe X509_get_pubkey(pointer) else {
            ERR_clear_error()
            throw CryptographyError(.unreadableCertificate, "A certificate must hold a readable key; this one does not.")
        }
        publicKey = unsafe PublicKey(handle: KeyHandle(key))
        self.der = der
        sha256 = DigestAlgorithm.sha256.digest(der)
        subject = unsafe try Self.text(X509_get_subject_name(pointer))
        notBeforeSeconds = unsafe try Self.seconds(X509_get0_notBefore(pointer))
        notAfterSeconds = unsafe try Self.seconds(X509_get0_notAfter(pointer))
    }

    /// The certificate between PEM's lines.
    public var pem: String { PEM.text(der, label: "CERTIFICATE") }

    private static func text(_ name: OpaquePointer?) throws(CryptographyError) -> String {
        let buffer = try unsafe OpenSSL.check(BIO_new(BIO_s_mem()), "BIO_new")
        defer { unsafe BIO_free_all(buffer) }
        let written = unsafe X509_NAME_print_ex(buffer, name, 0, ledger_ssl_name_flags())
        guard written >= 0 else { throw OpenSSL.failure("X509_NAME_print_ex") }
        let length = unsafe BIO_ctrl_pending(buffer)
        guard length > 0 else { return "" }
        var bytes = [UInt8](repeating: 0, count: length)
        guard unsafe BIO_read(buffer, &bytes, Int32(length)) == Int32(length) else { throw OpenSSL.failure("BIO_read") }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) throws(CryptographyError) -> Int64 {
        guard let epoch = unsafe ASN1_TIME_set(nil, 0) else { throw OpenSSL.failure("ASN1_TIME_set") }
        defer { unsafe ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard unsafe time != nil, OpenSSL.succeeded(unsafe ASN1_TIME_diff(&days, &seconds, epoch, time)) else {
            throw CryptographyError(.unreadableCertificate, "A certificate must say from when to when it is valid; this one does not.")
        }
        return Int64(days) * 86400 + Int64(seconds)
    }
}

extension Certificate: Hashable {
    /// Whether the bytes are the same.
    public static func == (one: Certificate, other: Certificate) -> Bool { one.der == other.der }
    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) { hasher.combine(der) }
}
