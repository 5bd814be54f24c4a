/// One check of a judgment, as the test page and the auditor see it.
public struct Step: Sendable, Hashable {
    /// What was checked: "Response signature".
    public let name: String
    /// Where it is written: a section of the specification.
    public let section: String
    /// Whether it held.
    public let ok: Bool
    /// What was found; where it did not hold, expected before found.
    public let detail: String

    /// The name of the check that something is signed by a configured key, after which all that is read is signed.
    public static let signed = "Signed"

    /// A check and how it ended.
    public init(name: String, section: String, ok: Bool, detail: String) {
        self.name = name
        self.section = section
        self.ok = ok
        self.detail = detail
    }
}
