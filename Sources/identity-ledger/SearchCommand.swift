import ArgumentParser
import Events
import IdentityLedger
import Replay

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Which recorded responses have a given pattern: was this used against us?",
        discussion: """
            Examples: identity-ledger replay search --structure Response/Extensions//Assertion
                      identity-ledger replay search --element Assertion --count 2 --outcome accepted
                      identity-ledger replay search --algorithm '#rsa-sha1' --since 2026-01-01T00:00:00Z
                      identity-ledger replay search --comment --element NameID
                      identity-ledger replay search --verified --element AttributeValue --text admin

            All that is asked for must hold. --element, --under, --attribute, --text and --count speak of the same element. An element is
            a local name, {namespace}name, or *. A structure is a way from the root, a name a step; // before a step lets others
            stand between. A response that is no XML that may be read is searched as bytes, for all that is asked for.
            Evidence that is erased, expired or was never kept can't be searched: it is counted as unsearchable, never as searched.
            Exit status, as grep has it: 0 something was found, 1 nothing was.
            """)
    @OptionGroup var common: CommonOptions
    @OptionGroup var logins: LoginOptions
    @Flag(help: "Look through the element that was verified only; else through all that arrived.") var verified = false
    @Option(help: "An element's name.") var element: String?
    @Option(help: "An element that it stands in, at any depth.") var under: String?
    @Option(help: "An attribute that it has: NAME, or NAME=VALUE.") var attribute: String?
    @Option(help: "What its own text or an attribute's value holds.") var text: String?
    @Option(help: "At least so many such elements.") var count = 1
    @Option(help: "An Algorithm, or how it ends: of a signature, digest, transform, canonicalization or encryption.") var algorithm:
        [String] = []
    @Option(help: "The Algorithm of a Transform, or how it ends.") var transform: [String] = []
    @Option(help: "The Algorithm of a CanonicalizationMethod, or how it ends.") var canonicalization: [String] = []
    @Flag(help: "A comment.") var comment = false
    @Flag(help: "A processing instruction.") var processingInstruction = false
    @Flag(help: "A CDATA section.") var cdata = false
    @Flag(help: "A document type declaration.") var doctype = false
    @Flag(help: "A declared entity, or a reference to one that is not predefined.") var entity = false
    @Option(help: "A way from the root to an element.") var structure: [String] = []
    @Option(help: "Bytes as they arrived: text, or hexadecimal digits after 0x.") var bytes: String?
    @Option(help: "How many matches --json lists; all are counted.") var limit = 10_000

    func validate() throws {
        let pattern = try pattern()
        if pattern.isEmpty { throw ValidationError("Say what is searched for, such as --structure or --algorithm.") }
        if count < 1 || limit < 0 { throw ValidationError("--count is 1 or more, --limit 0 or more.") }
        if count > 1, element == nil, attribute == nil, text == nil {
            throw ValidationError("--count needs --element, --attribute or --text.")
        }
    }

    func run() async throws {
        let service = try await common.openReadOnly()
        let progress = Progress(of: try service.eventCount())
        let search = try LoginSearch(
            service, logins.selection, for: try pattern(), verified: verified, limit: common.json ? limit : 0,
            found: { if !common.json { Output.line(Self.line($0)) } }, progress: { progress($0) })
        progress.end()
        if common.json {
            Output.facts(search.json, asJSON: true)
        } else {
            var words = "\(search.matched) of \(search.searched) responses, \(search.accepted) of them accepted"
            if search.unparsed > 0 { words += "; \(search.unparsed) are no XML and were searched as bytes" }
            if search.encrypted > 0 { words += "; of \(search.encrypted) encrypted ones only the envelope" }
            if search.unverified > 0 { words += "; \(search.unverified) had nothing verified" }
            Output.line(words)
        }
        if search.unsearchable > 0 {
            Output.note("note: \(search.unsearchable) logins can't be searched: their responses are erased, expired or were never kept")
        }
        if search.matched == 0 { throw ExitStatus.doesNotHold }
    }

    private static func line(_ match: LoginSearch.Match) -> String {
        let login = match.login
        let columns = [
            "\(login.sequence)", login.recordedAt.rfc3339, match.organization?.description ?? "-", login.code ?? "accepted",
            login.email ?? "-",
            match.isParsed ? match.places.isEmpty ? "document" : match.places.joined(separator: " ") : "unparsed",
        ]
        return columns.map(Output.clean).joined(separator: "\t")
    }

    private func pattern() throws -> SearchPattern {
        var pattern = SearchPattern()
        func name(_ text: String?, _ option: String) throws -> ElementName? {
            guard let text else { return nil }
            guard let name = ElementName(text) else { throw ValidationError("\(option) takes a local name, {namespace}name, or *.") }
            return name
        }
        pattern.element = try name(element, "--element")
        pattern.under = try name(under, "--under")
        if let attribute {
            pattern.attribute = .init(attribute)
            if pattern.attribute == nil { throw ValidationError("--attribute takes NAME, or NAME=VALUE.") }
        }
        (pattern.text, pattern.count) = (text, count)
        (pattern.algorithms, pattern.transforms, pattern.canonicalizations) = (algorithm, transform, canonicalization)
        let marks: [(Bool, SearchPattern.Mark)] = [
            (comment, .comment), (processingInstruction, .processingInstruction), (cdata, .cdata), (doctype, .doctype), (entity, .entity),
        ]
        pattern.marks = Set(marks.filter(\.0).map(\.1))
        pattern.structures = try structure.map {
            guard let path = StructurePath($0) else {
                throw ValidationError("--structure takes a way such as Response/Extensions//Assertion.")
            }
            return path
        }
        if let bytes {
            pattern.bytes = bytes.hasPrefix("0x") ? [UInt8](hexadecimal: bytes.dropFirst(2)) : Array(bytes.utf8)
            if pattern.bytes == nil { throw ValidationError("After 0x --bytes takes hexadecimal digits, two a byte, in lower case.") }
        }
        return pattern
    }
}
