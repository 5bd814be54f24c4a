import COpenSSL

/// Unpredictable bytes.
public func randomBytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    // Nothing may go on with bytes that are not random (C22).
    precondition(unsafe RAND_bytes(&bytes, Int32(count)) == 1, "OpenSSL must have randomness.")
    return bytes
}

/// Whether both are the same bytes, in a time that depends on their length alone.
public func constantTimeEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    unsafe one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
}
