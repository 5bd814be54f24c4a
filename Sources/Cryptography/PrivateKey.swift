import COpenSSL

/// A key that signs or decrypts: RSA, or a curve of ``EllipticCurve``.
public struct PrivateKey: Sendable {
    /// The kinds of keys that are made.
    public enum Kind: Sendable, Hashable {
        /// RSA of so many bits.
        case rsa(bits: Int)
        /// A key on a curve.
        case ec(EllipticCurve)
    }

    let handle: KeyHandle

    /// A new key.
    public static func generate(_ kind: Kind) throws(CryptographyError) -> PrivateKey {
        switch kind {
        case .rsa(let bits):
            PrivateKey(handle: try unsafe KeyHandle(OpenSSL.check(ledger_ssl_generate_rsa(bits), "EVP_RSA_gen")))
        case .ec(let curve):
            PrivateKey(handle: try unsafe KeyHandle(OpenSSL.check(ledger_ssl_generate_ec(curve.rawValue), "EVP_EC_gen")))
        }
    }

    init(handle: KeyHandle) { self.handle = handle }

    /// Reads PKCS#8, or the older form of RSA and EC keys.
    public init(der: [UInt8]) throws(CryptographyError) {
        let pointer = unsafe OpenSSL.decoded(der, free: { unsafe EVP_PKEY_free($0) }) { unsafe d2i_AutoPrivateKey(nil, $0, $1) }
        guard let pointer = unsafe pointer else {
            throw CryptographyError(.unreadableKey, "A private key must be PKCS#8 in DER; these \(der.count) bytes are not.")
        }
        handle = unsafe KeyHandle(pointer)
        guard handle.isRSA || handle.curve != nil else {
            throw CryptographyError(.unreadableKey, "A private key must be RSA, P-256, P-384 or P-521; this is another one.")
        }
    }

    /// PKCS#8.
    public var der: [UInt8] {
        get throws(CryptographyError) {
            let info = try unsafe OpenSSL.check(EVP_PKEY2PKCS8(handle.pointer), "EVP_PKEY2PKCS8")
            defer { unsafe PKCS8_PRIV_KEY_INFO_free(info) }
            return try unsafe OpenSSL.encoded("i2d_PKCS8_PRIV_KEY_INFO") { unsafe i2d_PKCS8_PRIV_KEY_INFO(info, $0) }
        }
    }

    /// PKCS#8 between PEM's lines.
    public var pem: String {
        get throws(CryptographyError) { PEM.text(try der, label: "PRIVATE KEY") }
    }

    /// Its other half.
    public var publicKey: PublicKey { PublicKey(handle: handle) }

    /// Whether it is an RSA key.
    public var isRSA: Bool { handle.isRSA }

    /// A signature in the form of XML Signature.
    public func sign(_ bytes: [UInt8], algorithm: SignatureAlgorithm) throws(CryptographyError) -> [UInt8] {
        guard handle.fits(algorithm) else {
            throw CryptographyError(.algorithmMismatch, "A signature algorithm must fit its key; \(algorithm) does not.")
        }
        let context = try unsafe OpenSSL.check(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
        defer { unsafe EVP_MD_CTX_free(context) }
        var settings: OpaquePointer?
        try OpenSSL.check(
            unsafe EVP_DigestSignInit(context, &settings, algorithm.digest.function, nil, handle.pointer),
            "EVP_DigestSignInit")
        try unsafe algorithm.configure(settings)
        var length = 0
        try OpenSSL.check(unsafe EVP_DigestSign(context, nil, &length, bytes, bytes.count), "EVP_DigestSign")
        var signature = [UInt8](repeating: 0, count: length)
        try OpenSSL.check(unsafe EVP_DigestSign(context, &signature, &length, bytes, bytes.count), "EVP_DigestSign")
        signature.removeLast(signature.count - length)
        guard let curve = handle.curve else { return signature }
        return try ECDSASignature.raw(signature, curve)
    }

    /// The key that was wrapped for this one with RSA-OAEP; nil for every failure alike (C26).
    public func decryptOAEP(_ bytes: [UInt8], digest: DigestAlgorithm, maskDigest: DigestAlgorithm) -> [UInt8]? {
        guard let context = unsafe try? OAEP.context(handle) else { return nil }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        guard OpenSSL.succeeded(unsafe EVP_PKEY_decrypt_init(context)) else { return nil }
        do { try unsafe OAEP.configure(context, digest, maskDigest) } catch { return nil }
        var length = 0
        guard OpenSSL.succeeded(unsafe EVP_PKEY_decrypt(context, nil, &length, bytes, bytes.count)) else { return nil }
        var output = [UInt8](repeating: 0, count: length)
        guard OpenSSL.succeeded(unsafe EVP_PKEY_decrypt(context, &output, &length, bytes, bytes.count)) else { return nil }
        return Array(output.prefix(length))
    }
}
