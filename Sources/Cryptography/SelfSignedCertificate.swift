import COpenSSL

extension PrivateKey {
    /// A certificate of this key, signed with it: what metadata carries (metadata §2.4.1.1).
    ///
    /// - Parameters:
    ///   - commonName: At most 64 characters (RFC 5280, ub-common-name); cut there.
    ///   - notBefore: Seconds since the Unix epoch.
    ///   - notAfter: Seconds since the Unix epoch.
    public func selfSignedCertificate(
        commonName: String, notBefore: Int64, notAfter: Int64
    ) throws(CryptographyError) -> Certificate {
        let certificate = try unsafe OpenSSL.check(X509_new(), "X509_new")
        defer { unsafe X509_free(certificate) }
        try OpenSSL.check(unsafe X509_set_version(certificate, 2), "X509_set_version")  // 2 means v3
        try unsafe Self.setSerial(certificate)
        guard let start = unsafe ASN1_TIME_set(nil, Int(notBefore)) else { throw OpenSSL.failure("ASN1_TIME_set") }
        defer { unsafe ASN1_TIME_free(start) }
        guard let end = unsafe ASN1_TIME_set(nil, Int(notAfter)) else { throw OpenSSL.failure("ASN1_TIME_set") }
        defer { unsafe ASN1_TIME_free(end) }
        try OpenSSL.check(unsafe X509_set1_notBefore(certificate, start), "X509_set1_notBefore")
        try OpenSSL.check(unsafe X509_set1_notAfter(certificate, end), "X509_set1_notAfter")
        let name = unsafe X509_get_subject_name(certificate)
        let bytes = Array(String(commonName.prefix(64)).utf8)
        try OpenSSL.check(
            unsafe X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, bytes, Int32(bytes.count), -1, 0),
            "X509_NAME_add_entry_by_txt")
        try OpenSSL.check(unsafe X509_set_issuer_name(certificate, name), "X509_set_issuer_name")
        try OpenSSL.check(unsafe X509_set_pubkey(certificate, handle.pointer), "X509_set_pubkey")
        // X509_sign answers the signature's size.
        guard unsafe X509_sign(certificate, handle.pointer, DigestAlgorithm.sha256.function) > 0 else {
            throw OpenSSL.failure("X509_sign")
        }
        return try unsafe Certificate(der: OpenSSL.encoded("i2d_X509") { unsafe i2d_X509(certificate, $0) })
    }

    // RFC 5280 §4.1.2.2: positive, at most 20 bytes.
    private static func setSerial(_ certificate: OpaquePointer) throws(CryptographyError) {
        var bytes = randomBytes(16)
        bytes[0] = bytes[0] & 0x7F | 0x40
        let number = try unsafe OpenSSL.check(BN_bin2bn(bytes, Int32(bytes.count), nil), "BN_bin2bn")
        defer { unsafe BN_free(number) }
        guard unsafe BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil else {
            throw OpenSSL.failure("BN_to_ASN1_INTEGER")
        }
    }
}
