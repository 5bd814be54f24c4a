import COpenSSL

/// The digests that signatures and RSA-OAEP use. SHA-1 is a caller's decision (C19).
public enum DigestAlgorithm: String, Sendable, Hashable, CaseIterable {
    case sha1, sha256, sha384, sha512

    /// Bytes of a digest.
    public var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// The digest of bytes.
    public func digest(_ bytes: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: byteCount)
        var length: UInt32 = 0
        let result = unsafe EVP_Digest(bytes, bytes.count, &output, &length, function, nil)
        // An input of any length has a digest: only a lack of memory, or a build without the function, gets here.
        precondition(result == 1 && Int(length) == byteCount, "OpenSSL must have \(rawValue).")
        return output
    }

    var function: OpaquePointer? {
        switch self {
        case .sha1: unsafe EVP_sha1()
        case .sha256: unsafe EVP_sha256()
        case .sha384: unsafe EVP_sha384()
        case .sha512: unsafe EVP_sha512()
        }
    }
}
