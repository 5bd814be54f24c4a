import Foundation
import Testing

@Suite struct `A ledger's care` {
    @Test func `counts events by type, bytes by database, and readers`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example")
        let stats = try program("stats", "--json").document()
        let types = try #require(stats["eventsByType"] as? [String: Int])
        #expect(types["OrganizationCreated"] == 1)
        #expect(types.values.reduce(0, +) == stats["events"] as? Int)
        let databases = try #require(stats["databases"] as? [String: [String: Int]])
        #expect(databases["events"]?["rows"] == stats["events"] as? Int)
        #expect((databases["events"]?["bytes"] ?? 0) > 0)
        let bytes = try #require(stats["bytes"] as? [String: Int])
        #expect((bytes["used"] ?? 0) > (bytes["free"] ?? 0))
        #expect(stats["readers"] is [Any])
    }

    @Test func `can change its master key, and the former one opens nothing any more`() throws {
        let program = try Program()
        defer { program.clear() }
        let made = try program("organization", "create", "Example", "--json").document()
        let id = try #require(made["id"] as? String)
        let users = try program.write("email,name,signInMethod\nann@a.example,Ann,password\n", to: "users.csv")
        #expect(try program("user", "import", id, users).status == 0)
        #expect(try program("rotate-master-key", "--to", "new.key").status == 0)
        let attributes = try FileManager.default.attributesOfItem(atPath: program.path("new.key"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let former = try program("user", "list", id, "--json")
        #expect(former.status == 69)
        #expect(former.notes.contains("master key"))
        let list = try program("user", "list", id, "--json", "--master-key-file", "new.key").objects()
        #expect(list.first?["email"] as? String == "ann@a.example")
        #expect(try program("verify", "--master-key-file", "new.key").status == 0)
        // A key that is there already is taken, and one that is none changes nothing.
        let third = try program.write(String(repeating: "0f", count: 32) + "\n", to: "third.key")
        #expect(chmod(third, 0o600) == 0)
        #expect(try program("rotate-master-key", "--to", third, "--master-key-file", "new.key").status == 0)
        let wrong = try program.write("nonsense", to: "wrong.key")
        #expect(chmod(wrong, 0o600) == 0)
        #expect(try program("rotate-master-key", "--to", wrong, "--master-key-file", third).status == 69)
        #expect(try program("user", "list", id, "--json", "--master-key-file", third).objects().count == 1)
    }
}
