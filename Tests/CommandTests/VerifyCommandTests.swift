import Foundation
import Testing

@Suite struct `Verifying from the command line` {
    @Test func `holds for what was written, and for a checkpoint that was kept`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example")
        let first = try program("verify", "--json").document()
        #expect(first["ok"] as? Bool == true)
        #expect((first["findings"] as? [Any])?.isEmpty == true)
        let kept = try checkpoint(program, first, in: "kept")
        _ = try program("organization", "create", "Later")
        let second = try program("verify", "--checkpoint", kept, "--json")
        #expect(second.status == 0)
        #expect(try second.document()["events"] as? Int ?? 0 > first["events"] as? Int ?? 0)
    }

    @Test func `finds a ledger that is another one than that of a kept checkpoint`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example", "--data", "one")
        _ = try program("organization", "create", "Example", "--data", "two")
        let kept = try checkpoint(program, try program("verify", "--data", "one", "--json").document(), in: "kept")
        let compared = try program("verify", "--data", "two", "--checkpoint", kept, "--json")
        #expect(compared.status == 1)
        let findings = try #require(try compared.document()["findings"] as? [[String: Any]])
        #expect(findings.contains { $0["kind"] as? String == "checkpoint" })
    }

    @Test func `finds every place where a byte of an event was altered`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "A rather unmistakable name")
        let file = program.path("data/ledger/data.mdb")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        var places: [Int] = []
        var start = bytes.startIndex
        while let found = bytes.range(of: Data("unmistakable".utf8), in: start..<bytes.endIndex) {
            places.append(found.lowerBound)
            start = found.upperBound
        }
        #expect(!places.isEmpty)
        // Copies in pages that were freed hold nothing that counts; but all at once must be found.
        var altered = bytes
        for place in places { altered[place] ^= 1 }
        try altered.write(to: URL(fileURLWithPath: file))
        let verified = try program("verify", "--json")
        #expect(verified.status == 1)
        let document = try verified.document()
        #expect(document["ok"] as? Bool == false)
        let findings = try #require(document["findings"] as? [[String: Any]])
        #expect(findings.contains { $0["kind"] as? String == "tree" && $0["sequence"] as? Int ?? 0 > 0 })
    }

    @Test func `says of a file that was cut off that it is damaged`() throws {
        let program = try Program()
        defer { program.clear() }
        for name in ["One", "Two", "Three"] { _ = try program("organization", "create", name) }
        let file = program.path("data/ledger/data.mdb")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: file))
        let verified = try program("verify", "--json")
        #expect([1, 69].contains(verified.status))
        #expect(verified.notes.contains("error:"))
    }

    // Unsigned: the command compares what the note says, whoever signed it.
    private func checkpoint(_ program: Program, _ verified: [String: Any], in name: String) throws -> String {
        let events = try #require(verified["events"] as? Int)
        let root = try #require(verified["root"] as? String)
        var bytes = Data()
        var rest = root[...]
        while rest.count >= 2 {
            bytes.append(try #require(UInt8(rest.prefix(2), radix: 16)))
            rest = rest.dropFirst(2)
        }
        return try program.write("example\n\(events)\n\(bytes.base64EncodedString())\n\n— example AAAAAA==\n", to: name)
    }
}
