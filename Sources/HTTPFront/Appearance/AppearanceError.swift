/// What of an operator's branding, templates or texts can't be used: a sentence with its file, and what to do.
public struct AppearanceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What can't be used, and where it stands.
    public let detail: String
    /// What to do about it.
    public let remedy: String

    init(_ detail: String, remedy: String) {
        self.detail = detail
        self.remedy = remedy
    }

    /// The sentence and what to do.
    public var description: String { "\(detail) \(remedy)" }
}
