/// A tag of a Mustache template, as far as one must know it without rendering.
struct TemplateTag: Sendable, Hashable {
    enum Kind: Sendable { case value, unescaped, inclusion, sectionStart, sectionEnd, forbidden }

    let kind: Kind
    let name: String
    /// 1-based.
    let line: Int

    /// In order; what has no end is left to the parser to refuse.
    static func all(in text: String) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            for part in parts(of: line) { tags.append(TemplateTag(part, line: index + 1)) }
        }
        return tags
    }

    // What follows each “{{”, up to its end or the next one: a tag may go on in the next line, but it begins in this one.
    private static func parts(of line: Substring) -> [Substring] {
        var parts: [Substring] = []
        var rest = line
        while let open = rest.firstRange(of: "{{") {
            rest = rest[open.upperBound...]
            let end = rest.firstRange(of: "}}")?.lowerBound ?? rest.endIndex
            parts.append(rest[..<end])
            rest = rest[end...]
        }
        return parts
    }

    private init(_ inner: Substring, line: Int) {
        self.line = line
        let inner = inner.drop(while: \.isWhitespace)
        kind =
            switch inner.first {
            case "{", "&": .unescaped
            case ">": .inclusion
            case "#", "^": .sectionStart
            case "/": .sectionEnd
            // One whose name stands in another line could be of any kind.
            case "=", "%", "<", "$", "*", nil: .forbidden
            default: .value
            }
        let named = kind == .value ? inner : inner.dropFirst()
        name = String(named.filter { !$0.isWhitespace && $0 != "}" })
    }
}
