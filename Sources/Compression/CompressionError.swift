/// Why bytes could not be compressed or made whole again.
public struct CompressionError: Error, Sendable, Hashable {
    /// What kind of trouble it is.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes are no compressed data, or are cut off.
        case malformed
        /// The content is larger than the limit that was given.
        case tooLarge
        /// The library answered something else.
        case failed
    }

    /// What kind of trouble it is.
    public let code: Code
    /// A sentence, with the expected before the found.
    public let message: String
    /// What to do.
    public let remedy: String?

    init(_ code: Code, _ message: String, remedy: String? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }
}
