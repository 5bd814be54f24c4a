import COpenSSL

/// What both directions of RSA-OAEP share. C25: there is no other padding.
enum OAEP {
    static func context(_ handle: KeyHandle) throws(CryptographyError) -> OpaquePointer {
        guard handle.isRSA else { throw CryptographyError(.algorithmMismatch, "RSA-OAEP needs an RSA key; this is another one.") }
        return try unsafe OpenSSL.check(EVP_PKEY_CTX_new(handle.pointer, nil), "EVP_PKEY_CTX_new")
    }

    static func configure(
        _ context: OpaquePointer, _ digest: DigestAlgorithm, _ mask: DigestAlgorithm
    ) throws(CryptographyError) {
        try OpenSSL.check(unsafe EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING), "EVP_PKEY_CTX_set_rsa_padding")
        try OpenSSL.check(unsafe EVP_PKEY_CTX_set_rsa_oaep_md(context, digest.function), "EVP_PKEY_CTX_set_rsa_oaep_md")
        try OpenSSL.check(unsafe EVP_PKEY_CTX_set_rsa_mgf1_md(context, mask.function), "EVP_PKEY_CTX_set_rsa_mgf1_md")
    }
}
