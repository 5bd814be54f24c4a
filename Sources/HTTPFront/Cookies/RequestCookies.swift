/// The cookies that a browser sent (RFC 6265 §5.4), without interpretation.
struct RequestCookies: Sendable, Hashable {
    private let pairs: [(name: String, value: String)]

    init(headers: [String]) {
        pairs = headers.flatMap { $0.split(separator: ";") }.compactMap { part in
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { return nil }
            return (Self.trimmed(pair[0]), Self.trimmed(pair[1]))
        }
    }

    /// The cookie's value; nil where there is none, or more than one (a second one may be anyone's).
    subscript(_ name: String) -> String? {
        let found = pairs.filter { $0.name == name }
        return found.count == 1 ? found[0].value : nil
    }

    /// All cookies whose names start so, by name.
    func all(prefix: String) -> [(name: String, value: String)] { pairs.filter { $0.name.hasPrefix(prefix) } }

    private static func trimmed(_ text: Substring) -> String {
        let head = text.drop { $0 == " " || $0 == "\t" }
        let tail = head.reversed().drop { $0 == " " || $0 == "\t" || $0 == "\"" }.reversed()
        return String(tail.drop { $0 == "\"" })
    }

    static func == (left: RequestCookies, right: RequestCookies) -> Bool {
        left.pairs.elementsEqual(right.pairs) { $0 == $1 }
    }

    func hash(into hasher: inout Hasher) {
        for pair in pairs { hasher.combine(pair.name) }
    }
}
