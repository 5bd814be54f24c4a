import Foundation
import Testing

@Suite struct `An exported ledger` {
    @Test func `imports to the same root and the same state, byte for byte`() throws {
        let program = try Program()
        defer { program.clear() }
        let id = try sample(program)
        let exported = try program("export", "file", "--keys", "keys", "--json").document()
        let imported = try program("import", "file", "--keys", "keys", "--data", "copy", "--master-key-file", "data/master.key", "--json")
        #expect(imported.status == 0)
        #expect(try imported.document()["root"] as? String == exported["root"] as? String)
        let state = try program("replay", "state", "--data", "copy", "--master-key-file", "data/master.key").facts
        #expect(try program("replay", "state").facts == state)
        let users = try program("user", "list", id, "--data", "copy", "--master-key-file", "data/master.key", "--json").objects()
        #expect(users.first?["email"] as? String == "ann@a.example")
        #expect(try program("verify", "--data", "copy", "--master-key-file", "data/master.key").status == 0)
    }

    @Test func `opens without its keys, with personal members null`() throws {
        let program = try Program()
        defer { program.clear() }
        let id = try sample(program)
        _ = try program("export", "file")
        #expect(try program("import", "file", "--data", "copy").status == 0)
        let user = try #require(try program("user", "list", id, "--data", "copy", "--json").objects().first)
        #expect(user["email"] is NSNull)
        #expect(user["id"] is String)
        #expect(try program("verify", "--data", "copy").status == 0)
    }

    @Test func `holds neither addresses nor names of people`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try sample(program)
        _ = try program("export", "file", "--keys", "keys")
        for name in ["file", "keys"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: program.path(name)))
            #expect(bytes.range(of: Data("ann@a.example".utf8)) == nil)
            let mode = try FileManager.default.attributesOfItem(atPath: program.path(name))[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func `is refused before anything is written, wherever a byte was altered`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try sample(program)
        _ = try program("export", "file", "--keys", "keys")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: program.path("file")))
        let start = try #require(bytes.firstIndex(of: 10)) + 1
        for place in stride(from: start, to: bytes.count, by: max(1, (bytes.count - start) / 12)) {
            var altered = bytes
            altered[place] ^= 0x41
            try altered.write(to: URL(fileURLWithPath: program.path("altered")))
            let refused = try program("import", "altered", "--data", "copy")
            #expect(refused.status == 1, "byte \(place)")
            #expect(!FileManager.default.fileExists(atPath: program.path("copy")))
        }
        try bytes.dropLast(5).write(to: URL(fileURLWithPath: program.path("altered")))
        #expect(try program("import", "altered", "--data", "copy").status == 1)
        var keys = try Data(contentsOf: URL(fileURLWithPath: program.path("keys")))
        keys[keys.count - 1] ^= 1
        try keys.write(to: URL(fileURLWithPath: program.path("altered")))
        #expect(try program("import", "file", "--keys", "altered", "--data", "copy").status == 1)
        #expect(!FileManager.default.fileExists(atPath: program.path("copy")))
    }

    @Test func `goes on where an import was cut off, and is refused by another ledger`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try sample(program)
        _ = try program("export", "early")
        _ = try program("organization", "create", "Later")
        _ = try program("export", "late")
        _ = try program("import", "early", "--data", "copy")
        let rest = try program("import", "late", "--data", "copy", "--json")
        #expect(rest.status == 0)
        #expect(try rest.document()["root"] as? String == program("verify", "--json").document()["root"] as? String)
        #expect(try program("import", "late", "--data", "copy", "--json").document()["imported"] as? Int == 0)
        _ = try program("organization", "create", "Other", "--data", "other")
        #expect(try program("import", "late", "--data", "other").status == 1)
    }

    @Test func `writes no keys where the events are refused, and asks who signed`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example", "--public-url", "http://127.0.0.1:9000")
        _ = try program("export", "file", "--keys", "keys")
        _ = try program("organization", "create", "Other", "--data", "other")
        try FileManager.default.removeItem(atPath: program.path("other/keys"))
        #expect(try program("import", "file", "--keys", "keys", "--data", "other").status == 1)
        #expect(!FileManager.default.fileExists(atPath: program.path("other/keys")))
        let stranger = "127.0.0.1:9000+00000000+AQ=="
        #expect(try program("import", "file", "--data", "copy", "--log-key", stranger).status == 64)
    }

    @Test func `can be one organization, which leaves the others behind`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Before")
        let id = try sample(program)
        _ = try program("organization", "create", "After")
        #expect(try program("export", "file", "--keys", "keys", "--organization", id).status == 0)
        let arguments = ["--data", "copy", "--master-key-file", "data/master.key"]
        #expect(try program("import", "file", "--keys", "keys", arguments[0], arguments[1], arguments[2], arguments[3]).status == 0)
        let organizations = try program("organization", "list", "--json", arguments[0], arguments[1], arguments[2], arguments[3]).objects()
        #expect(organizations.map { $0["id"] as? String } == [id])
        let users = try program("user", "list", id, "--json", arguments[0], arguments[1], arguments[2], arguments[3]).objects()
        #expect(users.first?["email"] as? String == "ann@a.example")
        #expect(try program("verify", arguments[0], arguments[1], arguments[2], arguments[3]).status == 0)
    }

    @Test func `can be one of several files, each going on where the one before ended`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try sample(program)
        let first = try program("export", "first", "--json").document()
        let size = try #require(first["size"] as? Int)
        for name in ["Two", "Three"] { _ = try program("organization", "create", name) }
        let second = try program("export", "second", "--from", "\(size + 1)", "--json").document()
        _ = try program("organization", "create", "Four")
        _ = try program("export", "third", "--from", "\((second["size"] as? Int ?? 0) + 1)")
        let early = try program("import", "second", "--data", "copy")
        #expect(early.status == 1)
        #expect(early.notes.contains("Import the earlier file first"))
        for name in ["first", "second", "second", "third"] { #expect(try program("import", name, "--data", "copy").status == 0, "\(name)") }
        let root = try program("verify", "--json").document()["root"] as? String
        #expect(try program("verify", "--data", "copy", "--json").document()["root"] as? String == root)
        #expect(try program("replay", "state", "--data", "copy").status == 0)
        // Another ledger's events are not what came before.
        _ = try program("organization", "create", "Other", "--data", "other")
        _ = try program("organization", "create", "Others", "--data", "other")
        let users = try program.write(
            (0..<9).map { "u\($0)@a.example,U,password" }.reduce("email,name,signInMethod") { $0 + "\n" + $1 }, to: "more.csv")
        let other = try #require(try program("organization", "list", "--data", "other", "--json").objects().first?["id"] as? String)
        _ = try program("user", "import", other, users, "--data", "other")
        let refused = try program("import", "second", "--data", "other")
        #expect(refused.status == 1)
        #expect(refused.notes.contains("This ledger is another one") || refused.notes.contains("has"))
        #expect(try program("export", "late", "--from", "100000").status == 1)
    }

    @Test func `brings later keys too, and a person who was erased meanwhile can't be read`() throws {
        let program = try Program()
        defer { program.clear() }
        let id = try sample(program)
        let first = try program("export", "first", "--keys", "first.keys", "--json").document()
        let next = "\(try #require(first["size"] as? Int) + 1)"
        let users = try program.write("email,name,signInMethod\nbob@a.example,Bob,password\n", to: "more.csv")
        #expect(try program("user", "import", id, users).status == 0)
        #expect(try program("export", "second", "--keys", "second.keys", "--from", next).status == 0)
        let master = "data/master.key"
        for name in ["first", "second"] {
            #expect(try program("import", name, "--keys", "\(name).keys", "--data", "copy", "--master-key-file", master).status == 0)
        }
        let list = try program("user", "list", id, "--data", "copy", "--master-key-file", master, "--json").objects()
        #expect(Set(list.compactMap { $0["email"] as? String }) == ["ann@a.example", "bob@a.example"])

        #expect(try program("user", "erase", id, "ann@a.example").status == 0)
        #expect(try program("export", "third", "--keys", "third.keys", "--from", next).status == 0)
        // The keys of another epoch are not mixed with these.
        let other = try program("import", "third", "--keys", "third.keys", "--data", "copy", "--master-key-file", master)
        #expect(other.status == 1)
        #expect(try program("import", "third", "--data", "copy", "--master-key-file", master).status == 0)
        let after = try program("user", "list", id, "--data", "copy", "--master-key-file", master, "--json").objects()
        #expect(after.compactMap { $0["email"] as? String } == ["bob@a.example"])
        let events = try program("events", "--data", "copy", "--master-key-file", master, "--json").facts
        #expect(!events.contains("ann@a.example") && events.contains("bob@a.example"))
        #expect(try program("verify", "--data", "copy", "--master-key-file", master).status == 0)
    }

    @Test func `may come through a pipe`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example")
        _ = try program("export", "file")
        // A pipe can be read once only: it is copied first.
        let pipe = program.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        let writer = Process()
        writer.executableURL = URL(fileURLWithPath: "/bin/sh")
        writer.arguments = ["-c", "cat \(program.path("file")) > \(pipe)"]
        try writer.run()
        #expect(try program("import", "pipe", "--data", "copy").status == 0)
        writer.waitUntilExit()
        #expect(try program("organization", "list", "--data", "copy", "--json").objects().count == 1)
    }

    @Test func `can become what it was at an event or at an instant`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try sample(program)
        let events = try #require(try program("verify", "--json").document()["events"] as? Int)
        let root = try #require(try program("verify", "--json").document()["root"] as? String)
        let moment = try #require(try program("events", "--json").objects().last?["recordedAt"] as? String)
        _ = try program("organization", "create", "A mistake")
        _ = try program("export", "file")
        for (name, through) in [("by-event", "\(events)"), ("by-instant", moment)] {
            #expect(try program("import", "file", "--data", name, "--through", through).status == 0)
            let restored = try program("verify", "--data", name, "--json").document()
            #expect(restored["root"] as? String == root)
            #expect(try program("organization", "list", "--data", name, "--json").objects().count == 1)
        }
        // The rest can still follow.
        #expect(try program("import", "file", "--data", "by-event").status == 0)
        #expect(try program("organization", "list", "--data", "by-event", "--json").objects().count == 2)
    }

    @Test func `is read from standard input too`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example")
        _ = try program("export", "file")
        #expect(try program("import", "-", "--data", "copy", inputFile: "file").status == 0)
        #expect(try program("organization", "list", "--data", "copy", "--json").objects().count == 1)
    }

    @Test func `can be a hot copy, complete beside the copy of its keys`() throws {
        let program = try Program()
        defer { program.clear() }
        let id = try sample(program)
        let backup = try program("backup", "copy", "--keys", "apart", "--json").document()
        #expect(backup["root"] as? String == (try program("verify", "--json").document()["root"] as? String))
        #expect(try program("verify", "--data", "copy").status == 0)
        #expect(!FileManager.default.fileExists(atPath: program.path("copy/keys")))
        try FileManager.default.moveItem(atPath: program.path("apart/keys"), toPath: program.path("copy/keys"))
        let users = try program("user", "list", id, "--data", "copy", "--master-key-file", "data/master.key", "--json").objects()
        #expect(users.first?["email"] as? String == "ann@a.example")
        #expect(try program("backup", "copy").status == 1)
    }

    private func sample(_ program: Program) throws -> String {
        let made = try program("organization", "create", "Example", "--json").document()
        let id = try #require(made["id"] as? String)
        let file = try program.write("email,name,signInMethod\nann@a.example,Ann,password\n", to: "users.csv")
        #expect(try program("user", "import", id, file).status == 0)
        return id
    }
}
