import COpenSSL

/// OpenSSL's answers, compared with the one success value in one place (C22). 0, negative and NULL are failures, and the
/// queue of errors is empty afterwards.
enum OpenSSL {
    static func succeeded(_ result: Int32) -> Bool {
        if result == 1 { return true }
        ERR_clear_error()
        return false
    }

    static func check(_ result: Int32, _ operation: StaticString) throws(CryptographyError) {
        guard result == 1 else { throw failure(operation) }
    }

    static func check(_ pointer: OpaquePointer?, _ operation: StaticString) throws(CryptographyError) -> OpaquePointer {
        guard let pointer = unsafe pointer else { throw failure(operation) }
        return unsafe pointer
    }

    static func failure(_ operation: StaticString) -> CryptographyError {
        let number = ERR_get_error()
        ERR_clear_error()
        var text = [CChar](repeating: 0, count: 256)
        unsafe ERR_error_string_n(number, &text, text.count)
        let reason = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return CryptographyError(.failed, "OpenSSL's \(operation) must succeed; it says \(reason).")
    }

    /// What an `i2d` function writes: called once for the length, once for the bytes.
    static func encoded(
        _ operation: StaticString, _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) throws(CryptographyError) -> [UInt8] {
        let length = encode(nil)
        guard length > 0 else { throw failure(operation) }
        var bytes = [UInt8](repeating: 0, count: Int(length))
        let written = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            var place = buffer.baseAddress
            return unsafe encode(&place)
        }
        guard written == length else { throw failure(operation) }
        return bytes
    }

    /// What a `d2i` function reads; nil unless every byte belongs to it. The caller frees it.
    static func decoded(
        _ bytes: [UInt8], free: (OpaquePointer) -> Void,
        _ decode: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?
    ) -> OpaquePointer? {
        let (pointer, consumed) = unsafe bytes.withUnsafeBufferPointer { buffer in
            var place = buffer.baseAddress
            let pointer = unsafe decode(&place, buffer.count)
            guard let start = buffer.baseAddress, let end = unsafe place else { return unsafe (pointer, 0) }
            return unsafe (pointer, start.distance(to: end))
        }
        guard let pointer = unsafe pointer else {
            ERR_clear_error()
            return nil
        }
        guard consumed == bytes.count else {
            unsafe free(pointer)
            return nil
        }
        return unsafe pointer
    }
}

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

/// The elliptic curves that are accepted (C19); raw values are OpenSSL's names.
public enum EllipticCurve: String, Sendable, CaseIterable {
    case p256 = "prime256v1"
    case p384 = "secp384r1"
    case p521 = "secp521r1"

    /// Bytes of a coordinate, and of each half of a signature.
    var byteCount: Int {
        switch self {
        case .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }
}
