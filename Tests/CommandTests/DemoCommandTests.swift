import Foundation
import Testing

@Suite struct `The demo's check` {
    @Test func `logs in at either side, and its ledger answers the auditors' questions`() throws {
        let program = try Program()
        defer { program.clear() }
        let port = String(Int.random(in: 20_000..<40_000))
        let demo = try program("demo", "--check", "--data", "data", "--port", port)
        #expect(demo.status == 0, "\(demo.facts) \(demo.notes)")
        #expect(demo.facts.contains("AssertionReceived"))
        let id = try #require(try program("organization", "list", "--json").objects().first?["id"] as? String)

        let logins = try program("logins", id, "--json").objects()
        #expect(logins.count == 2)
        #expect(logins.allSatisfy { $0["outcome"] as? String == "accepted" })

        let reproof = try program("replay", "reprove", "--json").document()
        #expect(reproof["checked"] as? Int == 2)
        #expect(reproof["same"] as? Int == 2)
        #expect(reproof["different"] as? Int == 0)

        let stricter = try program("replay", "what-if", id, "--policy", "requireEncryptedAssertion=true", "--json").document()
        #expect(stricter["lockedOut"] as? Int == 2)
        let changes = try #require(stricter["changes"] as? [[String: Any]])
        #expect(changes.allSatisfy { $0["before"] as? String == "accepted" && $0["after"] as? String == "encryption_required" })
        #expect(changes.first?["email"] as? String == logins.first?["email"] as? String)
        let wider = try program("replay", "what-if", id, "--policy", "clockSkewSeconds=120", "--json").document()
        #expect(wider["unchanged"] as? Int == 2)
        #expect(try program("replay", "what-if", id, "--policy", "weather=good").status == 1)

        // Nothing of all that was recorded.
        #expect(try program("verify", "--json").document()["events"] as? Int == program("events", "--json").objects().count)
        let rebuilt = try program("replay", "rebuild", "--json").document()
        #expect(rebuilt["equal"] as? Bool == true)
        #expect(rebuilt["swapped"] as? Bool == false)
    }

    @Test func `touches no ledger that is there already, wherever it is named`() throws {
        let program = try Program(environment: ["IDENTITY_LEDGER_DATA": "./mine"])
        defer { program.clear() }
        _ = try program("organization", "create", "Mine", "--public-url", "http://127.0.0.1:9000")
        let before = try program("events", "--json").facts
        let refused = try program("demo", "--check")
        #expect(refused.status == 1)
        #expect(refused.notes.contains("./mine"))
        #expect(try program("events", "--json").facts == before)
    }

    @Test func `proves one organization's logins again after moving to another ledger`() throws {
        let program = try Program()
        defer { program.clear() }
        let port = String(Int.random(in: 40_000..<60_000))
        #expect(try program("demo", "--check", "--data", "data", "--port", port).status == 0)
        _ = try program("organization", "create", "Other")
        let organizations = try program("organization", "list", "--json").objects()
        let id = try #require(organizations.first { $0["name"] as? String != "Other" }?["id"] as? String)
        _ = try program("export", "file", "--keys", "keys", "--organization", id)
        _ = try program("import", "file", "--keys", "keys", "--data", "copy", "--master-key-file", "data/master.key")
        let reproof = try program("replay", "reprove", "--data", "copy", "--master-key-file", "data/master.key", "--json").document()
        #expect(reproof["same"] as? Int == 2)
        #expect(try program("verify", "--data", "copy", "--master-key-file", "data/master.key").status == 0)
    }
}
