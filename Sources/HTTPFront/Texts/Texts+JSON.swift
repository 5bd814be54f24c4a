import Events

extension Texts {
    /// As `texts.json` has them: every one, so that the file is a starting point.
    var json: JSON {
        [
            "lang": .string(language),
            "titles": .object(Self.titles.map { .init($0, .string(title($0))) }),
            "sentences": .object(Self.phrases.map { .init($0.name, .string(words(of: $0))) }),
            "refusals": .object(RefusalTexts.names.compactMap { name in refusal(name).map { .init(name, $0.json) } }),
        ]
    }

    /// Reads a `texts.json`: what it leaves out stays as it is.
    ///
    /// - Throws: With the member that can't be used, and why.
    init(reading bytes: [UInt8], file: String) throws(AppearanceError) {
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: bytes) } catch {
            throw AppearanceError(
                "\(file) is no JSON: \(error.detail)", remedy: "Compare it with the file that “identity-ledger templates” writes.")
        }
        let reader = TextReader(file: file)
        for member in try reader.members(json, "") {
            switch member.name {
            case "lang": language = try reader.language(member.value)
            case "titles":
                for title in try reader.members(member.value, "titles") {
                    try reader.check(title.name, in: "titles", known: Self.titles)
                    titles[title.name] = try reader.text(title.value, "titles.\(title.name)")
                }
            case "sentences":
                let phrases = Dictionary(Self.phrases.map { ($0.name, $0) }) { one, _ in one }
                for sentence in try reader.members(member.value, "sentences") {
                    guard let phrase = phrases[sentence.name] else { throw reader.unknownSentence(sentence.name) }
                    sentences[sentence.name] = try reader.sentence(sentence.value, phrase)
                }
            case "refusals":
                for refusal in try reader.members(member.value, "refusals") {
                    try reader.check(refusal.name, in: "refusals", known: RefusalTexts.names)
                    try refusals[refusal.name]?.read(refusal.value, "refusals.\(refusal.name)", reader)
                    ownRefusals.insert(refusal.name)
                }
            default: try reader.check(member.name, in: "the file", known: ["lang", "titles", "sentences", "refusals"])
            }
        }
    }
}

extension RefusalText {
    var json: JSON {
        var members: [JSON.Member] = [.init("title", .string(title))]
        if let happened { members.append(.init("happened", .string(happened))) }
        members += [
            .init("again", .string(again.rawValue)), .init("ask", .string(ask.rawValue)), .init("person", .string(person)),
            .init("causes", .array(causes.map(JSON.string))), .init("changes", .array(changes.map(JSON.string))),
        ]
        return .object(members)
    }

    fileprivate mutating func read(_ json: JSON, _ place: String, _ reader: TextReader) throws(AppearanceError) {
        for member in try reader.members(json, place) {
            let inner = "\(place).\(member.name)"
            switch member.name {
            case "title": title = try reader.text(member.value, inner)
            case "happened": happened = try reader.text(member.value, inner)
            case "person": person = try reader.text(member.value, inner)
            case "causes": causes = try reader.texts(member.value, inner)
            case "changes": changes = try reader.texts(member.value, inner)
            case "again": again = try reader.choice(member.value, inner)
            case "ask": ask = try reader.choice(member.value, inner)
            default: try reader.check(member.name, in: place, known: ["title", "happened", "again", "ask", "person", "causes", "changes"])
            }
        }
    }
}

/// Reads members of the operator's file, and says where one can't be used.
private struct TextReader {
    let file: String

    // A page has 50 KB, and the longest sentence of ours some hundred bytes.
    private static let textBytes = 2000
    private static let mostTexts = 20

    func members(_ json: JSON, _ place: String) throws(AppearanceError) -> [JSON.Member] {
        guard let members = json.members else { throw wrong(place.isEmpty ? "The file" : place, "an object") }
        return members
    }

    func text(_ json: JSON, _ place: String) throws(AppearanceError) -> String {
        guard let text = json.stringValue, !text.isEmpty, text.utf8.count <= Self.textBytes else {
            throw wrong(place, "a text of at most \(Self.textBytes) bytes")
        }
        return text
    }

    func texts(_ json: JSON, _ place: String) throws(AppearanceError) -> [String] {
        guard let values = json.arrayValue, values.count <= Self.mostTexts else {
            throw wrong(place, "a list of at most \(Self.mostTexts) texts")
        }
        var texts: [String] = []
        for value in values { texts.append(try text(value, place)) }
        return texts
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ json: JSON, _ place: String) throws(AppearanceError) -> Choice
    where Choice.RawValue == String {
        guard let choice = json.stringValue.flatMap({ Choice(rawValue: $0) }) else {
            throw wrong(place, "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    func language(_ json: JSON) throws(AppearanceError) -> String {
        let text = try text(json, "lang")
        guard text.utf8.count <= 35, text.utf8.allSatisfy({ isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }) else {
            throw wrong("lang", "a language such as de or pt-BR")
        }
        return text
    }

    func sentence(_ json: JSON, _ phrase: any Phrase) throws(AppearanceError) -> String {
        let text = try text(json, "sentences.\(phrase.name)")
        let places = Sentence.places(in: text)
        if let unknown = places.first(where: { !phrase.places.contains($0) }) {
            throw wrong("sentences.\(phrase.name)", "a sentence without {\(unknown)}: it has room for \(named(phrase.places))")
        }
        // A host that is left out is one that nobody is told before going there.
        if let missing = phrase.places.first(where: { !places.contains($0) }) {
            throw wrong("sentences.\(phrase.name)", "a sentence with {\(missing)} in it")
        }
        return text
    }

    func unknownSentence(_ name: String) -> AppearanceError {
        // There are hundreds: the file that has them all names them.
        AppearanceError(
            "\(file): there is no “\(name)” in sentences.", remedy: "Compare it with the file that “identity-ledger templates” writes.")
    }

    func check(_ name: String, in place: String, known: [String]) throws(AppearanceError) {
        guard known.contains(name) else {
            throw AppearanceError("\(file): there is no “\(name)” in \(place).", remedy: "There are \(known.joined(separator: ", ")).")
        }
    }

    private func named(_ places: [String]) -> String { places.isEmpty ? "nothing" : places.map { "{\($0)}" }.joined(separator: ", ") }
    private func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    private func wrong(_ place: String, _ expected: String) -> AppearanceError {
        AppearanceError(
            "\(file): “\(place)” must be \(expected).", remedy: "Compare it with the file that “identity-ledger templates” writes.")
    }
}
