import Mustache

/// A template of an operator's folder, which stands in the place of a built-in one.
///
/// C52: it may leave unescaped what the built-in one of its name does, and nothing else. What would change how the rest is read (other
/// delimiters, settings, inheritance, names of templates from values) is refused, so that this can be seen from the text.
struct OwnTemplate {
    let name: String
    let text: String

    private static let start = "Start from the file that “identity-ledger templates” writes."
    // Reading and rendering recurse by section.
    private static let mostLevels = 32

    init(_ bytes: [UInt8], file: String) throws(AppearanceError) {
        let known = Templates.all.map(\.name)
        let name = file.hasSuffix(".mustache") ? String(file.dropLast(".mustache".count)) : file
        guard file.hasSuffix(".mustache"), let builtIn = Templates.all.first(where: { $0.name == name }) else {
            throw AppearanceError(
                "There is no template for the file \(file).",
                remedy: "There are texts.json and \(known.map { $0 + ".mustache" }.joined(separator: ", ")); call others by another ending."
            )
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw AppearanceError("\(file) is no UTF-8.", remedy: "Save it as UTF-8.")
        }
        let unescaped = Set(TemplateTag.all(in: builtIn.text).filter { $0.kind == .unescaped }.map(\.name))
        var level = 0
        for tag in TemplateTag.all(in: text) {
            func wrong(_ what: String) -> AppearanceError { AppearanceError("\(file), line \(tag.line): \(what)", remedy: Self.start) }
            switch tag.kind {
            case .unescaped where !unescaped.contains(tag.name):
                throw wrong("“\(tag.name)” is not escaped, which the built-in template doesn't do; write {{\(tag.name)}}.")
            case .inclusion where !known.contains(tag.name): throw wrong("there is no template “\(tag.name)” to include.")
            case .forbidden: throw wrong("tags that begin with =, %, <, $, * or a line's end are not read here.")
            case .sectionStart: level += 1
            case .sectionEnd: level -= 1
            case .unescaped, .inclusion, .value: break
            }
            guard level <= Self.mostLevels else { throw wrong("sections stand more than \(Self.mostLevels) deep in each other.") }
        }
        do { _ = try MustacheTemplate(string: text) } catch let error as MustacheTemplate.ParserError {
            throw AppearanceError("\(file), line \(error.context.lineNumber): \(Self.words(error.error))", remedy: Self.start)
        } catch {
            throw AppearanceError("\(file) is no Mustache template: \(error)", remedy: Self.start)
        }
        self.name = name
        self.text = text
    }

    /// - Throws: Where templates would include each other without end.
    static func checkInclusions(of own: [String: String]) throws(AppearanceError) {
        var included: [String: [String]] = [:]
        for template in Templates.all {
            included[template.name] = TemplateTag.all(in: own[template.name] ?? template.text).filter { $0.kind == .inclusion }.map(\.name)
        }
        var finished: Set<String> = []
        func visit(_ name: String, _ path: [String]) throws(AppearanceError) {
            if path.contains(name) {
                throw AppearanceError(
                    "\(name).mustache includes itself, by way of \((path + [name]).joined(separator: ", ")).",
                    remedy: "Take one of the inclusions out.")
            }
            guard !finished.contains(name) else { return }
            for inner in included[name] ?? [] { try visit(inner, path + [name]) }
            finished.insert(name)
        }
        for name in own.keys.sorted() { try visit(name, []) }
    }

    private static func words(_ error: any Error) -> String {
        switch error as? MustacheTemplate.Error {
        case .sectionCloseNameIncorrect: "a section is closed that isn't the one opened last."
        case .unfinishedName: "a tag has no end, or an unusual name."
        case .expectedSectionEnd: "a section is not closed."
        default: "this can't be read as a Mustache template."
        }
    }
}
