import COpenSSL

/// The OpenSSL that is linked.
public enum OpenSSLLibrary {
    /// Such as `3.0.17`.
    public static var version: String {
        // “OpenSSL 3.0.17 1 Jul 2025”
        let words = unsafe String(cString: OpenSSL_version(0)).split(separator: " ")
        return words.count > 1 ? String(words[1]) : "unknown"
    }
}
