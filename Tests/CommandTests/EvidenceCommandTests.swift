import Foundation
import Testing

@Suite struct `Evidence from the command line` {
    @Test func `is bundled, searched, and made into what may be shown`() throws {
        let program = try Program()
        defer { program.clear() }
        let demo = try program("demo", "--check", "--data", "data", "--port", String(Int.random(in: 20_000..<40_000)))
        #expect(demo.status == 0, "\(demo.facts) \(demo.notes)")

        // A search: as grep, by its status.
        let found = try program("replay", "search", "--structure", "Response/Assertion//NameID", "--text", "bob@", "--json")
        let facts = try found.document()
        #expect(found.status == 0 && facts["searched"] as? Int == 2 && facts["matched"] as? Int == 1)
        let match = try #require((facts["matches"] as? [[String: Any]])?.first)
        let sequence = String(try #require(match["sequence"] as? Int))
        #expect(match["email"] as? String == "bob@example.com")
        #expect(try program("replay", "search", "--algorithm", "#rsa-sha256").facts.hasSuffix("2 of 2 responses, 2 of them accepted\n"))
        #expect(try program("replay", "search", "--verified", "--element", "Status").status == 1)
        for wrong in [
            [], ["--structure", "a///b"], ["--bytes", "0xzz"], ["--element", "a b"], ["--count", "2"], ["--outcome", "what"],
        ] {
            #expect(try program(arguments: ["replay", "search"] + wrong).status == 64, "\(wrong)")
        }

        // A bundle: for its owner alone, and never over another file.
        let bundle = try program("explain", sequence, "--bundle", "login.tar", "--json")
        #expect(bundle.status == 0 && bundle.notes.contains("personal data"))
        #expect(try bundle.document()["response"] as? Bool == true)
        let mode = try FileManager.default.attributesOfItem(atPath: program.path("login.tar"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try program("explain", sequence, "--bundle", "login.tar").status == 1, "it is there already")
        #expect(try program("explain", "999", "--bundle", "none.tar").status == 1)
        let key = try #require(try program("verify", "--json").document()["logKey"] as? String)
        let checked = try program("check-bundle", "login.tar", "--log-key", key, "--json")
        #expect(checked.status == 0)
        #expect(try checked.document()["ok"] as? Bool == true && checked.document()["outcome"] as? String == "accepted")
        #expect(try program("check-bundle", "login.tar").notes.contains("--log-key"), "the bundle's own key is no proof")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: program.path("login.tar")))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: program.path("altered.tar")))
        let altered = try program("check-bundle", "altered.tar", "--log-key", key, "--json")
        #expect(try altered.status == 1 && altered.document()["ok"] as? Bool == false)

        // A reproducer: judged by what the files say.
        let made = try program("explain", sequence, "--reproducer", ".", "--json").document()
        let (response, metadata) = (try #require(made["response"] as? String), try #require(made["metadata"] as? String))
        let judged = try program("inspect", response, "--metadata", metadata, "--json")
        #expect(try judged.status == 0 && judged.document()["outcome"] as? String == "accepted")
        let untrusting = try program("inspect", response, "--json")
        #expect(try untrusting.document()["code"] as? String == "organization_not_configured")
        #expect(untrusting.status == 1 && untrusting.notes.contains("“accepted” was expected"))
        #expect(try program("inspect", response, "--metadata", metadata, "--at", "2026-11-25T05:00:00Z").status == 64)
        #expect(try !String(contentsOfFile: program.path(response), encoding: .utf8).contains("bob"))
        #expect(try program("explain", sequence, "--reproducer", ".", "--bundle", "b.tar").status == 64)
    }
}
