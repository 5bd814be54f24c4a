import Events
import Foundation
import Testing

/// Events of every schema revision, each field set, as their bytes lie in a ledger, and what each says: they are read for ever
/// (fixtures/schema/generate.py).
@Suite struct `SchemaFixture: an event of an earlier program` {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "fixtures/schema")

    private static let files: [String] =
        ((try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".event") }.sorted()

    private static func text(_ event: Event) -> String { event.json(leafHash: nil) { _ in nil }.text + "\n" }

    @Test(arguments: files)
    func `says what it said then`(_ file: String) throws {
        let bytes = Array(try Data(contentsOf: Self.folder.appending(path: file)))
        let event = try Event(decoding: bytes)
        #expect(try EventEnvelope(decoding: bytes) == EventEnvelope(event))
        let said = Self.folder.appending(path: file.dropLast(6) + ".json")
        if ProcessInfo.processInfo.environment["IDENTITY_LEDGER_WRITE_FIXTURES"] != nil, !FileManager.default.fileExists(atPath: said.path)
        {
            try Self.text(event).write(to: said, atomically: true, encoding: .utf8)
        }
        #expect(Self.text(event) == (try String(contentsOf: said, encoding: .utf8)))
        // What was hashed is these bytes: written again they may be others, but must say the same.
        #expect(try Self.text(Event(decoding: event.encoded())) == Self.text(event))
    }

    @Test func `has a fixture for each type of the schema of now`() {
        let names = Self.files.filter { $0.hasPrefix("revision-\(Event.currentSchemaRevision)/") }.map {
            $0.dropLast(6).split(separator: "/").last ?? ""
        }
        #expect(Set(EventBody.names).subtracting(names.map(String.init)).isEmpty)
    }
}
