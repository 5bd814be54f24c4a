import COpenSSL

/// One `EVP_PKEY`, freed with its last owner.
///
/// Unchecked, because openssl-threads(7) says: “Objects are thread-safe as long as the API's being invoked don't modify
/// the object”. Nothing here changes a key after it was made.
@safe final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes the key over.
    init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

    deinit { unsafe EVP_PKEY_free(pointer) }

    var isRSA: Bool { unsafe EVP_PKEY_get_base_id(pointer) == EVP_PKEY_RSA }

    /// The curves of C19 and no other.
    var curve: EllipticCurve? {
        guard unsafe EVP_PKEY_get_base_id(pointer) == EVP_PKEY_EC else { return nil }
        var name = [CChar](repeating: 0, count: 64)
        var length = 0
        guard OpenSSL.succeeded(unsafe EVP_PKEY_get_group_name(pointer, &name, name.count, &length)) else { return nil }
        return EllipticCurve(rawValue: String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    var bits: Int { Int(unsafe EVP_PKEY_get_bits(pointer)) }

    /// C21: an algorithm goes with one kind of key.
    func fits(_ algorithm: SignatureAlgorithm) -> Bool {
        switch algorithm {
        case .rsaPKCS1, .rsaPSS: isRSA
        case .ecdsa: curve != nil
        }
    }
}
