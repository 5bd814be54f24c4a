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
