/// An expected answer: what was wrong, in a sentence with expected before found, and what to do about it.
public struct Refusal: Error, Sendable, Hashable {
    /// The contract's code.
    public let code: RefusalCode
    /// A sentence for people; it names what was expected before what was found.
    public let detail: String
    /// What to do, or to change at the identity provider.
    public internal(set) var remedy: String?

    /// A refusal with its reason.
    public init(code: RefusalCode, detail: String, remedy: String? = nil) {
        self.code = code
        // It is kept in an event and shown on a page, so what came from outside has an end, whoever wrote the sentence.
        let shown = detail.unicodeScalars.prefix(Limits.detailScalars)
        self.detail = shown.endIndex == detail.endIndex ? detail : String(shown) + "…"
        self.remedy = remedy
    }
}

extension Refusal {
    // Short enough to read beside the check that it belongs to.
    init(_ code: RefusalCode, _ detail: String, remedy: String? = nil) {
        self.init(code: code, detail: detail, remedy: remedy)
    }
}
