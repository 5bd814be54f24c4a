import COpenSSL

/// The signature algorithms of XML Signature that are accepted (C19).
public enum SignatureAlgorithm: Sendable, Hashable {
    /// RSASSA-PKCS1-v1_5.
    case rsaPKCS1(DigestAlgorithm)
    /// RSASSA-PSS with MGF1 and a salt as long as the digest (RFC 9231 §2.3.10).
    case rsaPSS(DigestAlgorithm)
    /// ECDSA; the signature is r and s one after the other (RFC 4050 §3.3), not DER.
    case ecdsa(DigestAlgorithm)

    var digest: DigestAlgorithm {
        switch self {
        case .rsaPKCS1(let digest), .rsaPSS(let digest), .ecdsa(let digest): digest
        }
    }

    /// Sets the padding where there is one.
    func configure(_ context: OpaquePointer?) throws(CryptographyError) {
        switch self {
        case .rsaPKCS1:
            try OpenSSL.check(unsafe EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING), "EVP_PKEY_CTX_set_rsa_padding")
        case .rsaPSS:
            try OpenSSL.check(unsafe EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING), "EVP_PKEY_CTX_set_rsa_padding")
            try OpenSSL.check(
                unsafe EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST), "EVP_PKEY_CTX_set_rsa_pss_saltlen")
        case .ecdsa: break
        }
    }
}

/// ECDSA signatures between the form of XML Signature and the form of OpenSSL.
enum ECDSASignature {
    /// DER of r‖s; nil where the length is not the curve's.
    static func der(_ raw: [UInt8], _ curve: EllipticCurve) -> [UInt8]? {
        let half = curve.byteCount
        guard raw.count == 2 * half, let signature = unsafe ECDSA_SIG_new() else { return nil }
        defer { unsafe ECDSA_SIG_free(signature) }
        let r = unsafe BN_bin2bn(Array(raw[..<half]), Int32(half), nil)
        let s = unsafe BN_bin2bn(Array(raw[half...]), Int32(half), nil)
        // ECDSA_SIG_set0 takes both over when it succeeds.
        guard unsafe r != nil, unsafe s != nil, OpenSSL.succeeded(unsafe ECDSA_SIG_set0(signature, r, s)) else {
            unsafe BN_free(r)
            unsafe BN_free(s)
            return nil
        }
        return try? unsafe OpenSSL.encoded("i2d_ECDSA_SIG") { unsafe i2d_ECDSA_SIG(signature, $0) }
    }

    /// r‖s of DER.
    static func raw(_ der: [UInt8], _ curve: EllipticCurve) throws(CryptographyError) -> [UInt8] {
        let decoded = unsafe OpenSSL.decoded(der, free: { unsafe ECDSA_SIG_free($0) }) { unsafe d2i_ECDSA_SIG(nil, $0, $1) }
        let signature = try unsafe OpenSSL.check(decoded, "d2i_ECDSA_SIG")
        defer { unsafe ECDSA_SIG_free(signature) }
        let half = curve.byteCount
        var r = [UInt8](repeating: 0, count: half)
        var s = r
        guard unsafe BN_bn2binpad(ECDSA_SIG_get0_r(signature), &r, Int32(half)) == Int32(half),
            unsafe BN_bn2binpad(ECDSA_SIG_get0_s(signature), &s, Int32(half)) == Int32(half)
        else { throw OpenSSL.failure("BN_bn2binpad") }
        return r + s
    }
}
