import COpenSSL

/// A key that verifies signatures or encrypts keys: RSA, or a curve of ``EllipticCurve``.
public struct PublicKey: Sendable {
    let handle: KeyHandle

    /// Whether it is an RSA key.
    public var isRSA: Bool { handle.isRSA }

    /// Whether it is an RSA key of fewer than 2048 bits (C19).
    public var isTooWeak: Bool { handle.isRSA && handle.bits < 2048 }

    /// Whether an accepted algorithm fits: RSA, or ECDSA on P-256, P-384 or P-521 (C19). DSA and others sign nothing here.
    public var isSupported: Bool { handle.isRSA || handle.curve != nil }

    /// SubjectPublicKeyInfo.
    public var der: [UInt8] {
        get throws(CryptographyError) {
            try unsafe OpenSSL.encoded("i2d_PUBKEY") { unsafe i2d_PUBKEY(handle.pointer, $0) }
        }
    }

    /// Whether the signature is this key's over these bytes. C21: false for an algorithm of another kind of key.
    public func verify(signature: [UInt8], of bytes: [UInt8], algorithm: SignatureAlgorithm) -> Bool {
        guard handle.fits(algorithm) else { return false }
        var signature = signature
        if let curve = handle.curve {
            guard let der = ECDSASignature.der(signature, curve) else { return false }
            signature = der
        }
        guard let context = unsafe EVP_MD_CTX_new() else { return false }
        defer { unsafe EVP_MD_CTX_free(context) }
        var settings: OpaquePointer?
        guard
            OpenSSL.succeeded(
                unsafe EVP_DigestVerifyInit(context, &settings, algorithm.digest.function, nil, handle.pointer))
        else { return false }
        do { try unsafe algorithm.configure(settings) } catch { return false }
        // C22: 1 and nothing else; 0 is another signature, negative a malformed one.
        return OpenSSL.succeeded(unsafe EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count))
    }

    /// A key wrapped with RSA-OAEP (XML Encryption §5.5.2).
    public func encryptOAEP(
        _ bytes: [UInt8], digest: DigestAlgorithm = .sha1, maskDigest: DigestAlgorithm = .sha1
    ) throws(CryptographyError) -> [UInt8] {
        let context = try unsafe OAEP.context(handle)
        defer { unsafe EVP_PKEY_CTX_free(context) }
        try OpenSSL.check(unsafe EVP_PKEY_encrypt_init(context), "EVP_PKEY_encrypt_init")
        try unsafe OAEP.configure(context, digest, maskDigest)
        var length = 0
        try OpenSSL.check(unsafe EVP_PKEY_encrypt(context, nil, &length, bytes, bytes.count), "EVP_PKEY_encrypt")
        var output = [UInt8](repeating: 0, count: length)
        try OpenSSL.check(unsafe EVP_PKEY_encrypt(context, &output, &length, bytes, bytes.count), "EVP_PKEY_encrypt")
        return Array(output.prefix(length))
    }
}
