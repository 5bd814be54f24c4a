import Foundation
import LMDB
import Testing

@Suite struct `Repairing from the command line` {
    @Test func `puts rows back that are missing, altered or surplus, names each, and keeps what it did`() throws {
        for command in [["repair"], ["replay", "rebuild"]] {
            let program = try Program()
            defer { program.clear() }
            let organization = try Self.ledger(program)
            try Self.tamper(program) { transaction in
                let rows = try Self.rows("state.organizations", &transaction)
                let row = try #require(rows.first)
                try transaction.put(Database(name: "state.organizations"), row.key, row.value + [0x12, 7] + Array("Exemple".utf8))
                try transaction.put(Database(name: "state.users"), [UInt8](repeating: 7, count: 32), [])
                let index = try #require(try Self.rows("index.events", &transaction).first)
                _ = try transaction.delete(Database(name: "index.events"), index.key)
            }
            let found = try program("verify", "--json")
            #expect(found.status == 1)
            for words in ["organization \(organization) is not what", "is there, and no event makes it", "is missing"] {
                #expect(found.facts.contains(words), "\(words): \(found.facts)")
            }
            if command.count == 2 {
                let compared = try program("replay", "rebuild", "--dry-run", "--json")
                #expect(try compared.document()["swapped"] as? Bool == false)
                let differences = try #require(try compared.document()["differences"] as? [[String: Any]])
                #expect(Set(differences.compactMap { $0["kind"] as? String }) == ["missing", "surplus", "altered"])
                let altered = differences.first { $0["kind"] as? String == "altered" }
                #expect((altered?["detail"] as? String)?.contains("The organization is “Example”.") == true, "\(compared.facts)")
                let members = try #require(altered?["members"] as? [[String: Any]])
                #expect(members.first?["name"] as? String == "name")
                #expect(members.first?["before"] as? String == "Exemple")
                #expect(members.first?["after"] as? String == "Example")
            }
            let done = command.count == 1 ? try program("repair", "--json") : try program("replay", "rebuild", "--json")
            if command.count == 1 {
                #expect(done.status == 0, "\(done.facts) \(done.notes)")
                let mended = try #require(try done.document()["projectionsMended"] as? [String])
                #expect(Set(mended) == ["state.organizations", "state.users", "index.events"])
            } else {
                #expect(try done.document()["swapped"] as? Bool == true)
            }
            let verified = try program("verify", "--json")
            #expect(verified.status == 0, "\(command): \(verified.facts)")
        }
    }

    @Test func `makes the tree's hashes right under a checkpoint, and without one only says which are in doubt`() throws {
        for hasCheckpoint in [true, false] {
            // The first leaf's hash stands first, that over the first two after theirs.
            for place in [0, 2] as [UInt8] {
                let program = try Program()
                defer { program.clear() }
                _ = try Self.ledger(program)
                if hasCheckpoint { #expect(try program("checkpoint").status == 0) }
                let key = [UInt8](repeating: 0, count: 7) + [place]
                try Self.tamper(program) { try $0.put(Database(name: "tree"), key, [UInt8](repeating: 9, count: 32)) }
                let repaired = try program("repair", "--json")
                #expect(repaired.status == (hasCheckpoint ? 0 : 1), "place \(place): \(repaired.facts)")
                #expect(try repaired.document()["treeHashesMended"] as? Int == (hasCheckpoint ? 1 : 0))
                #expect((try repaired.document()["doubtfulEvents"] as? [Int])?.isEmpty == hasCheckpoint)
                #expect(try program("verify").status == (hasCheckpoint ? 0 : 1))
            }
        }
    }

    @Test(arguments: [UInt64(2), 1 << 60]) func `writes no hash where the events have a gap, and verify says so at once`(_ place: UInt64)
        throws
    {
        let program = try Program()
        defer { program.clear() }
        _ = try Self.ledger(program)
        _ = try program("checkpoint")
        var before: [[UInt8]] = []
        try Self.tamper(program) { transaction in
            before = try Self.rows("tree", &transaction).map(\.value)
            let key = (0..<8).map { UInt8(truncatingIfNeeded: place >> (56 - 8 * UInt64($0))) }
            if place == 2 {
                _ = try transaction.delete(Database(name: "events"), key)
            } else {
                let last = try #require(try Self.rows("events", &transaction).last)
                try transaction.put(Database(name: "events"), key, last.value)
            }
        }
        let found = try program("verify", "--only", "events,tree", "--json")
        #expect(found.status == 1)
        #expect(found.facts.contains("missing"), "\(found.facts)")
        #expect(try program("repair").status != 0)
        var after: [[UInt8]] = []
        try Self.tamper(program) { after = try Self.rows("tree", &$0).map(\.value) }
        #expect(after == before)
    }

    private static func ledger(_ program: Program) throws -> String {
        let made = try program("organization", "create", "Example", "--public-url", "http://127.0.0.1:9000", "--json")
        return try #require(try made.document()["id"] as? String)
    }

    // Alters rows behind the ledger's back, as nobody should.
    private static func tamper(_ program: Program, _ body: (inout WriteTransaction) throws -> Void) throws {
        let environment = try Environment.open(
            path: program.path("data/ledger"), mapSizeBytes: 1 << 36, maxDatabases: 64, readOnly: false)
        try environment.open(
            ["events", "tree", "state.organizations", "state.users", "index.events"].map { Database(name: $0) }, create: false)
        var transaction = try environment.beginWrite()
        try body(&transaction)
        try transaction.commit()
    }

    private static func rows(_ name: String, _ transaction: inout WriteTransaction) throws -> [(key: [UInt8], value: [UInt8])] {
        var found: [(key: [UInt8], value: [UInt8])] = []
        try transaction.scan(Database(name: name), from: [], reverse: false) { key, value in
            found.append((key, value))
            return true
        }
        return found
    }
}
