/// Why a key or a certificate could not be read, made or used.
public struct CryptographyError: Error, Sendable, Hashable {
    /// What kind of trouble it is.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes are no X.509 certificate.
        case unreadableCertificate
        /// The bytes are no private key, or none of a kind that is used here.
        case unreadableKey
        /// The algorithm does not fit the key (C21).
        case algorithmMismatch
        /// OpenSSL answered something else than success.
        case failed
    }

    /// What kind of trouble it is.
    public let code: Code
    /// A sentence, with the expected before the found.
    public let message: String
    /// What to do.
    public let remedy: String?

    /// An error with its sentence.
    public init(_ code: Code, _ message: String, remedy: String? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }
}
