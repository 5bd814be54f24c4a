import Foundation
import Testing

@Suite struct `A proof from the command line` {
    @Test func `verifies offline, and not for another leaf, another key or a changed tree`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example", "--public-url", "http://127.0.0.1:9000")
        let events = try program("events", "--json").objects()
        let leaf = try #require(events[2]["leafHash"] as? String)
        let proof = try program("proof", "3")
        #expect(proof.status == 0)
        #expect(proof.facts.hasPrefix("c2sp.org/tlog-proof@v1\nindex 2\n"))
        let facts = try program("proof", "3", "--json").document()
        #expect(facts["leafHash"] as? String == leaf)
        let file = try program.write(proof.facts, to: "proof")
        let key = try key(program)
        #expect(try program("check-proof", file, "--leaf-hash", leaf, "--log-key", key).status == 0)
        let other = try #require(events[3]["leafHash"] as? String)
        #expect(try program("check-proof", file, "--leaf-hash", other, "--log-key", key).status == 1)
        let moved = try program.write(proof.facts.replacingOccurrences(of: "index 2\n", with: "index 1\n"), to: "moved")
        #expect(try program("check-proof", moved, "--leaf-hash", leaf, "--log-key", key).status == 1)
        _ = try program("organization", "create", "Other", "--public-url", "http://127.0.0.1:9000", "--data", "other")
        #expect(try program("check-proof", file, "--leaf-hash", leaf, "--log-key", self.key(program, "other")).status == 1)
        #expect(try program("check-proof", file, "--leaf-hash", "00", "--log-key", key).status == 64)
        #expect(try program("proof", "99").status == 1)
    }

    @Test func `of consistency verifies offline between two checkpoints, and not with a changed hash`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example", "--public-url", "http://127.0.0.1:9000")
        let old = try program("checkpoint")
        _ = try program("organization", "create", "Later")
        let new = try program("checkpoint")
        #expect(try program("checkpoint").facts == new.facts, "nothing new, nothing to sign")
        #expect(try program("checkpoint", "--list").objects().count == 2)
        let size = try #require(old.facts.split(separator: "\n").dropFirst().first.map(String.init))
        let proof = try program("consistency", size, "--json")
        let files = try [old.facts, new.facts, proof.facts].enumerated().map { try program.write($1, to: "f\($0)") }
        let key = try key(program)
        #expect(try program("check-consistency", files[0], files[1], files[2], "--log-key", key).status == 0)
        #expect(try program("check-consistency", files[1], files[0], files[2], "--log-key", key).status == 1)
        let hash = try #require((try proof.document()["hashes"] as? [String])?.first)
        let other = String(repeating: "0", count: 64)
        let changed = try program.write(proof.facts.replacingOccurrences(of: hash, with: other), to: "changed")
        #expect(try program("check-consistency", files[0], files[1], changed, "--log-key", key).status == 1)
        #expect(try program("consistency", "99").status == 1)
        #expect(FileManager.default.fileExists(atPath: program.path("data/checkpoints/\(size)")), "each is kept outside too")
    }

    // What a server would publish at /log/key: its newest checkpoint and key come from the same ledger.
    private func key(_ program: Program, _ data: String = "data") throws -> String {
        try #require(try program("verify", "--data", data, "--json").document()["logKey"] as? String)
    }
}

@Suite struct `A consumer of the events` {
    @Test func `is given each event once, across runs`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example")
        let first = try program("events", "--consumer", "billing", "--json").objects().compactMap { $0["sequence"] as? Int }
        #expect(first.first == 1)
        #expect(try program("events", "--consumer", "billing", "--json").objects().isEmpty)
        _ = try program("organization", "create", "Later")
        let second = try program("events", "--consumer", "billing", "--json").objects().compactMap { $0["sequence"] as? Int }
        #expect(second.first == (first.last ?? 0) + 1)
        #expect(try program("events", "--consumer", "no name").status == 1)
    }
}

@Suite struct `A ledger that was put back to an old copy` {
    @Test func `isn't served, and is found by verify`() async throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example", "--public-url", "http://127.0.0.1:9000")
        try FileManager.default.copyItem(atPath: program.path("data/ledger"), toPath: program.path("old"))
        _ = try program("organization", "create", "Later")
        let server = try program.start(["serve", "--listen", "127.0.0.1:0"], output: "server")
        for _ in 0..<200 where !(try String(contentsOfFile: program.path("server"), encoding: .utf8).contains("listening")) {
            try await Task.sleep(for: .milliseconds(50))
        }
        // C53: no core dump.
        let limits = try String(contentsOfFile: "/proc/\(server.processIdentifier)/limits", encoding: .utf8)
        let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
        #expect(core?.split(separator: " ").filter { $0 == "0" }.count == 2)
        server.terminate()
        server.waitUntilExit()
        #expect(FileManager.default.fileExists(atPath: program.path("data/checkpoints/latest")))
        #expect(try program("verify").status == 0)
        try FileManager.default.removeItem(atPath: program.path("data/ledger"))
        try FileManager.default.moveItem(atPath: program.path("old"), toPath: program.path("data/ledger"))
        let refused = try program("serve", "--listen", "127.0.0.1:0")
        #expect(refused.status == 69)
        #expect(refused.notes.contains("checkpoint"))
        let verified = try program("verify", "--json")
        #expect(verified.status == 1)
        let findings = try #require(try verified.document()["findings"] as? [[String: Any]])
        #expect(findings.contains { $0["kind"] as? String == "checkpoint" })
    }
}
