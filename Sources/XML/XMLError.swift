/// Why bytes are no document that may be read, or an element has no canonical form.
public struct XMLError: Error, Sendable, Hashable {
    /// What was wrong.
    public enum Code: Sendable, Hashable {
        /// More bytes than the limit.
        case tooLarge
        /// Not well-formed, not UTF-8, or over a limit of structure (C2, C3).
        case malformed
        /// A document type declaration (C4).
        case doctype
        /// An entity reference other than the five predefined ones (C5).
        case entityReference
        /// A relative or empty namespace name, or a canonicalization that fails or yields nothing (C6, C18).
        case notCanonicalizable
    }

    /// What was wrong.
    public let code: Code
    /// A sentence, with the expected before the found.
    public let message: String

    /// An error with its sentence.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
