import Foundation
import Testing

@Suite struct `Verifying from the command line` {
    @Test func `holds for what was written, and for a checkpoint that was kept`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example", "--public-url", "http://127.0.0.1:9000")
        let first = try program("verify", "--json").document()
        #expect(first["ok"] as? Bool == true)
        #expect((first["findings"] as? [Any])?.isEmpty == true)
        let kept = try program.write(try #require(first["checkpoint"] as? String), to: "kept")
        _ = try program("organization", "create", "Later")
        let second = try program("verify", "--checkpoint", kept, "--json")
        #expect(second.status == 0)
        #expect(try second.document()["events"] as? Int ?? 0 > first["events"] as? Int ?? 0)
        #expect(try program("verify", "--checkpoint", "-", input: try #require(first["checkpoint"] as? String)).status == 0)
    }

    @Test func `finds a ledger that is another one than that of a kept checkpoint`() throws {
        let program = try Program()
        defer { program.clear() }
        let url = "http://127.0.0.1:9000"
        _ = try program("organization", "create", "Example", "--public-url", url)
        let note = try #require(try program("verify", "--json").document()["checkpoint"] as? String)
        let kept = try program.write(note, to: "kept")
        let altered = try program.write(note.replacing(/\n\d+\n/, with: "\n1\n"), to: "altered")
        // The same key, another history.
        try FileManager.default.copyItem(atPath: program.path("data"), toPath: program.path("two"))
        try FileManager.default.removeItem(atPath: program.path("two/ledger"))
        _ = try program("organization", "create", "Example", "--data", "two", "--public-url", url)
        // Another key.
        _ = try program("organization", "create", "Example", "--data", "three", "--public-url", url)
        for (data, file) in [("two", kept), ("three", kept), ("data", altered)] {
            let compared = try program("verify", "--data", data, "--checkpoint", file, "--json")
            #expect(compared.status == 1)
            let findings = try #require(try compared.document()["findings"] as? [[String: Any]])
            #expect(findings.contains { $0["kind"] as? String == "checkpoint" }, "\(data)")
        }
    }

    @Test func `is refused where it would check nothing`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example")
        for only in ["", ",", "nothing"] { #expect(try program("verify", "--only", only).status == 64) }
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

    @Test func `repairs nothing where nothing is wrong, and gives an altered event no new hash`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "A rather unmistakable name", "--public-url", "http://127.0.0.1:9000")
        let whole = try program("repair", "--json")
        #expect(whole.status == 0, "\(whole.facts) \(whole.notes)")
        #expect(try whole.document()["treeHashesMended"] as? Int == 0)
        let file = program.path("data/ledger/data.mdb")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        var start = bytes.startIndex
        while let found = bytes.range(of: Data("unmistakable".utf8), in: start..<bytes.endIndex) {
            bytes[found.lowerBound] ^= 1
            start = found.upperBound
        }
        try bytes.write(to: URL(fileURLWithPath: file))
        let repaired = try program("repair", "--json")
        #expect(repaired.status == 1)
        #expect((try repaired.document()["doubtfulEvents"] as? [Int])?.isEmpty == false)
        #expect(try repaired.document()["treeHashesMended"] as? Int == 0)
        #expect(try program("verify").status == 1)
    }

    @Test func `finds a database that has another name`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example")
        let file = program.path("data/ledger/data.mdb")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        var start = bytes.startIndex
        // It has no rows, so that nothing else tells.
        while let found = bytes.range(of: Data("untrusted".utf8), in: start..<bytes.endIndex) {
            bytes[found.lowerBound] = UInt8(ascii: "w")
            start = found.upperBound
        }
        try bytes.write(to: URL(fileURLWithPath: file))
        for parts in ["events", "events,tree,evidence,projections"] {
            let verified = try program("verify", "--only", parts, "--json")
            #expect(verified.status == 1)
            let findings = try #require(try verified.document()["findings"] as? [[String: Any]])
            #expect(findings.contains { $0["kind"] as? String == "damaged" && ($0["detail"] as? String)?.contains("wntrusted") == true })
        }
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
}
