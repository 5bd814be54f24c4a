import Mustache

/// Something that a page says: a text as it is, or one that is told in the page's language when the page is rendered.
protocol Said: Sendable {
    func text(in texts: Texts) -> String
}

extension String: Said {
    func text(in texts: Texts) -> String { self }
}

/// What a template writes in the language that its page speaks.
protocol Translated: Said, MustacheCustomRenderable {}

extension Translated {
    var renderText: String { text(in: .spoken) }
    var isNull: Bool { false }
}

/// Sentences of one subject that the program chooses or puts together, each with its English words; `{name}` stands for what is put in.
/// What always stands in its place stands in a template.
///
/// A phrase without places is put into a page's facts as it is; with them, `phrase(["name": value])` makes a ``Sentence``.
protocol Phrase: Translated, CaseIterable, RawRepresentable<String> {
    /// Stands before its phrases' names in `texts.json`, as in `signIn.goingOn`.
    static var subject: String { get }
}

extension Phrase {
    var name: String { "\(Self.subject).\(self)" }
    /// As it is said where no `texts.json` says otherwise.
    var english: String { rawValue }
    /// What it has room for: the names between braces, in order.
    var places: [String] { Sentence.places(in: english) }

    func text(in texts: Texts) -> String { texts.words(of: self) }

    /// The phrase for one, or the one for another number, which has its place `{count}`.
    static func count(_ count: Int, one: Self, several: Self) -> any Said {
        count == 1 ? one : several(["count": Numbers.text(count.magnitude)])
    }

    func callAsFunction(_ values: [String: any Said]) -> Sentence { Sentence(phrase: self, values: values) }
}

/// A phrase with what is put into its places.
struct Sentence: Translated {
    let phrase: any Phrase
    let values: [String: any Said]

    func text(in texts: Texts) -> String {
        // One pass: what is put in has no places, whatever it holds.
        let (places, end) = Self.split(texts.words(of: phrase))
        return places.reduce("") { $0 + $1.before + shown(values[$1.name], in: texts) } + end
    }

    // What isn't ours may be written from right to left, or say that the rest is.
    private func shown(_ value: (any Said)?, in texts: Texts) -> String {
        if let name = value as? String { return name.isolated }
        return value?.text(in: texts) ?? ""
    }

    /// The names between braces, in order.
    static func places(in text: String) -> [String] { split(text).places.map(\.name) }

    private static func split(_ text: String) -> (places: [(before: Substring, name: String)], end: Substring) {
        var rest = Substring(text)
        var places: [(before: Substring, name: String)] = []
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            places.append((rest[..<open], String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        return (places, rest)
    }
}

/// Several things said after one another.
struct Passage: Translated {
    let parts: [any Said]
    var separator = " "

    func text(in texts: Texts) -> String { parts.map { $0.text(in: texts) }.filter { !$0.isEmpty }.joined(separator: separator) }
}
