import Foundation
import TestSupport
import Testing

@Suite struct `A migration from the command line` {
    @Test func `of metadata and users shows first, writes with --apply, and a second time nothing`() throws {
        let program = try Program()
        defer { program.clear() }
        try folder(program)
        _ = try program("token", "create", "--role", "operator", "--public-url", "http://127.0.0.1:8080")
        let root = try program("verify", "--json").document()["root"] as? String

        let shown = try program("migrate", "metadata", "folder", "--names", "names.csv", "--json")
        #expect(shown.status == 0, "\(shown.notes)")
        #expect(shown.notes.contains("1 other things") && shown.notes.contains("--apply"))
        let items = try shown.objects()
        #expect(items.dropLast().map { $0["outcome"] as? String } == ["created", "created"])
        #expect(items.last?["applied"] as? Bool == false && items.last?["created"] as? Int == 2)
        #expect(try program("verify", "--json").document()["root"] as? String == root)

        let made = try program("migrate", "metadata", "folder", "--names", "names.csv", "--apply")
        #expect(made.status == 0, "\(made.notes)")
        #expect(made.facts.hasSuffix("2 created.\n"))
        let organizations = try program("organization", "list", "--json").objects()
        #expect(Set(organizations.map { $0["name"] as? String }) == ["Acme", "Brown & Co"])
        let again = try program("migrate", "metadata", "folder", "--names", "names.csv", "--apply")
        #expect(again.status == 0 && again.facts.hasSuffix("2 unchanged.\n"))

        let users = try program.write(
            "\u{FEFF}organization,email,name,signInMethod\r\nAcme,ann@a.example,\"Ann \"\"A\"\"\",sso\r\n\"Brown & Co\",bob@b.example,Bob,password\r\n",
            to: "users.csv")
        #expect(try program("migrate", "users", users).facts.hasSuffix("2 to bring in.\n"))
        #expect(try program("migrate", "users", users, "--apply").status == 0)
        let after = try program("verify", "--json").document()
        #expect(after["ok"] as? Bool == true)
        let same = try program("migrate", "users", users, "--apply")
        #expect(same.status == 0 && same.facts.hasSuffix("2 unchanged.\n"))
        #expect(try program("verify", "--json").document()["root"] as? String == after["root"] as? String)
        let imported = try program("events", "--json").objects().filter { $0["type"] as? String == "UserImported" }
        #expect(imported.count == 2 && imported.allSatisfy { ($0["origin"] as? [String: Any])?["kind"] as? String == "file" })
    }

    @Test func `names what it refuses, writes nothing then, and the rest if that is asked for`() throws {
        let program = try Program()
        defer { program.clear() }
        try folder(program)
        let elsewhere = try program.write("<a/>", to: "elsewhere")
        try FileManager.default.createSymbolicLink(atPath: program.path("folder/link.xml"), withDestinationPath: elsewhere)
        try FileManager.default.createDirectory(atPath: program.path("folder/sub.xml"), withIntermediateDirectories: false)
        try Data(count: 3 << 20).write(to: URL(fileURLWithPath: program.path("folder/large.xml")))
        _ = try program("organization", "create", "Example")
        let refused = try program("migrate", "metadata", "folder", "--apply")
        #expect(refused.status == 1)
        #expect(refused.facts.contains("symbolic link") && refused.facts.contains("no regular file") && refused.facts.contains("2 MiB"))
        #expect(refused.notes.contains("Nothing was changed, since 3 are refused."))
        #expect(try program("organization", "list", "--json").objects().count == 1)
        let rest = try program("migrate", "metadata", "folder", "--apply", "--skip-refused", "--json")
        #expect(rest.status == 1)
        #expect(try rest.objects().last?["created"] as? Int == 2)
        #expect(try program("migrate", "metadata", "nowhere").status == 1)
        #expect(try program("migrate", "users", "nowhere.csv").status == 1)
        #expect(try program("migrate", "users", "names.csv", "--skip-refused").status == 64)
        #expect(try program("migrate", "users", "names.csv", "--data", "none").status == 69)
    }

    @Test func `of another ledger takes its organizations and people, under their IDs`() throws {
        let program = try Program()
        defer { program.clear() }
        let made = try program("organization", "create", "Example", "--data", "other", "--json").document()
        let id = try #require(made["id"] as? String)
        let file = try program.write("email,name,signInMethod\nann@a.example,Ann,password\n", to: "users.csv")
        #expect(try program("user", "import", id, file, "--data", "other").status == 0)
        #expect(try program("export", "export", "--keys", "keys", "--data", "other").status == 0)
        _ = try program("organization", "create", "Here")

        let withoutKeys = try program("migrate", "ledger", "export")
        #expect(withoutKeys.status == 1)
        #expect(withoutKeys.facts.contains("--keys"))
        let arguments = ["migrate", "ledger", "export", "--keys", "keys", "--keys-master-key-file", "other/master.key"]
        let shown = try program(arguments: arguments)
        #expect(shown.status == 0, "\(shown.facts) \(shown.notes)")
        #expect(try program("organization", "list", "--json").objects().count == 1)
        let done = try program(arguments: arguments + ["--apply"])
        #expect(done.status == 0 && done.facts.hasSuffix("1 created, 1 brought in.\n"), "\(done.facts) \(done.notes)")
        let users = try program("user", "list", id, "--json").objects()
        #expect(users.map { $0["email"] as? String } == ["ann@a.example"])
        #expect(try program("verify").status == 0)
        #expect(try program("replay", "rebuild", "--json").document()["equal"] as? Bool == true)
        #expect(try program(arguments: arguments + ["--apply"]).facts.hasSuffix("2 unchanged.\n"))
        // One organization's export names the whole ledger's root.
        #expect(try program("export", "one", "--organization", id, "--data", "other").status == 0)
        #expect(try program("migrate", "ledger", "one", "--apply").facts.hasSuffix("1 unchanged.\n"))
        #expect(try program("migrate", "ledger", "export", "--keys", "keys").status == 64)
        #expect(try program("migrate", "ledger", "users.csv").status == 1)
    }

    private func folder(_ program: Program) throws {
        try FileManager.default.createDirectory(atPath: program.path("folder"), withIntermediateDirectories: false)
        let metadata = String(decoding: TestIdentityProvider.shared.metadata, as: UTF8.self)
        for name in ["Acme.xml", "tenant-17.xml"] { try program.write(metadata, to: "folder/\(name)") }
        try program.write("notes", to: "folder/README.txt")
        try program.write("file,name\ntenant-17.xml,Brown & Co\n", to: "names.csv")
    }
}
