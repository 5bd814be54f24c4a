/// Why metadata cannot be used: the contract's code, and a sentence.
public struct MetadataError: Error, Sendable, Hashable {
    /// The contract's codes.
    public enum Code: String, Sendable, CaseIterable {
        case metadataInvalid = "metadata_invalid"
        case noSigningKey = "no_signing_key"
        case keyTooWeak = "key_too_weak"
        case tooLarge = "too_large"
    }

    /// The contract's code.
    public let code: Code
    /// A sentence, with the expected before the found.
    public let detail: String
    /// What to do.
    public let remedy: String?

    /// An error with its sentence.
    public init(code: Code, detail: String, remedy: String? = nil) {
        self.code = code
        self.detail = detail
        self.remedy = remedy
    }
}

extension MetadataError {
    init(_ code: Code, _ detail: String, remedy: String? = nil) { self.init(code: code, detail: detail, remedy: remedy) }

    static func invalid(_ detail: String, remedy: String? = nil) -> MetadataError {
        MetadataError(.metadataInvalid, detail, remedy: remedy)
    }
}
