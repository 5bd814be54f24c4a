import Foundation
import Testing

@Suite struct `Administration from the command line` {
    @Test func `makes an organization whose addresses come from the recorded public URL`() throws {
        let program = try Program()
        defer { program.clear() }
        let made = try program("organization", "create", "Example", "--public-url", "http://127.0.0.1:8080", "--json")
        #expect(made.status == 0)
        let organization = try made.document()
        let id = try #require(organization["id"] as? String)
        #expect(id.count == 32)
        #expect(organization["name"] as? String == "Example")
        #expect(organization["acsURL"] as? String == "http://127.0.0.1:8080/saml/acs?org=\(id)")
        #expect(organization["audienceURI"] as? String == "http://127.0.0.1:8080/saml/login?org=\(id)")
        #expect(organization["setupURL"] as? String != nil)
        let shown = try program("organization", "show", id, "--json").document()
        #expect(shown["name"] as? String == "Example")
        #expect(shown["loginURL"] as? String == organization["loginURL"] as? String)
        let again = try program("organization", "show", id, "--at", "2", "--json")
        #expect(again.status == 0)
    }

    @Test func `warns of the master key that it makes, and says nothing else on standard error`() throws {
        let program = try Program()
        defer { program.clear() }
        let made = try program("organization", "create", "Example", "--public-url", "http://127.0.0.1:8080")
        #expect(made.notes.contains("master.key"))
        let mode = try FileManager.default.attributesOfItem(atPath: program.path("data/master.key"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try program("organization", "list").notes.isEmpty)
    }

    @Test func `prints lists as one object a line`() throws {
        let program = try Program()
        defer { program.clear() }
        for name in ["One", "Two", "Three"] { _ = try program("organization", "create", name) }
        let names = try program("organization", "list", "--json").objects().map { $0["name"] as? String }
        #expect(Set(names) == ["One", "Two", "Three"])
        #expect(names.count == 3)
        let events = try program("events", "--from", "3", "--json").objects()
        #expect(events.first?["sequence"] as? Int == 3)
        #expect(events.allSatisfy { $0["type"] is String && ($0["leafHash"] as? String)?.count == 64 })
    }

    @Test func `shows a token once, and never again`() throws {
        let program = try Program()
        defer { program.clear() }
        let issued = try program("token", "create", "--role", "auditor", "--expires-in", "30d", "--json").document()
        let token = try #require(issued["token"] as? String)
        let id = try #require(issued["id"] as? String)
        #expect(issued["role"] as? String == "auditor")
        #expect(issued["expiresAt"] is String)
        #expect(!(try program("token", "list", "--json").facts.contains(token)))
        #expect(!(try program("events", "--json").facts.contains(token)))
        #expect(try program("token", "revoke", id).status == 0)
    }

    @Test func `brings in users from a file, all of it or nothing`() throws {
        let program = try Program()
        defer { program.clear() }
        let id = try organization(program)
        let good = try program.write("email,name,signInMethod\nann@a.example,Ann,password\nbob@a.example,Bob,password\n", to: "good.csv")
        let bad = try program.write("email,name,signInMethod\ncat@a.example,Cat,password\nno address,Dan,password\n", to: "bad.csv")
        let refused = try program("user", "import", id, bad)
        #expect(refused.status == 1)
        #expect(refused.notes.contains("error:"))
        #expect(try program("user", "list", id, "--json").objects().isEmpty)
        #expect(try program("user", "import", id, good).status == 0)
        let users = try program("user", "list", id, "--json").objects()
        #expect(users.map { $0["email"] as? String } == ["ann@a.example", "bob@a.example"])
        let ann = try program("user", "show", id, "ANN@A.example", "--json").document()
        #expect(ann["signInMethod"] as? String == "password")
        #expect(ann["active"] as? Bool == true)
    }

    @Test func `converts one user at first, and everybody only when forced or tested`() throws {
        let program = try Program()
        defer { program.clear() }
        let id = try organization(program)
        let file = try program.write("email,name,signInMethod\nann@a.example,Ann,password\nbob@a.example,Bob,password\n", to: "u.csv")
        _ = try program("user", "import", id, file)
        #expect(try program("user", "convert", id, "--all").status == 1)
        #expect(try program("user", "convert", id).status == 64)
        #expect(try program("user", "convert", id, "--all", "ann@a.example").status == 64)
    }

    @Test func `erases a person: the events stay, who it was can't be read`() throws {
        let program = try Program()
        defer { program.clear() }
        let id = try organization(program)
        let file = try program.write("email,name,signInMethod\nann@a.example,Ann,password\n", to: "u.csv")
        _ = try program("user", "import", id, file)
        #expect(try program("user", "erase", id, "ann@a.example", "--json").document()["erased"] as? Bool == true)
        #expect(!(try program("events", "--json").facts.contains("ann@a.example")))
        #expect(try program("user", "show", id, "ann@a.example").status == 1)
        #expect(try program("verify").status == 0)
        #expect(try program("replay", "rebuild", "--json").document()["equal"] as? Bool == true)
    }

    @Test func `shows how an organization differs from a moment, also where it can't be brought back`() throws {
        let program = try Program()
        defer { program.clear() }
        let id = try organization(program)
        let file = try program.write("email,name,signInMethod\nann@a.example,Ann,password\n", to: "u.csv")
        _ = try program("user", "import", id, file)
        let then = try #require(try program("events", "--json").objects().last?["sequence"] as? Int)
        let account = try #require(try program("account", "list", id, "--json").objects().first?["id"] as? String)
        #expect(try program("user", "role", id, "ann@a.example", account, "owner").status == 0)
        let shown = try program("organization", "restore", id, "--at", "\(then)")
        #expect(shown.status == 1)
        #expect(shown.facts.contains("ann@a.example is owner of “Example” and becomes member of it."))
        #expect(shown.facts.contains("(last_owner)"))
        let json = try program("organization", "restore", id, "--at", "\(then)", "--json")
        #expect(json.status == 1)
        #expect((try json.document()["refusal"] as? [String: Any])?["code"] as? String == "last_owner")
        let applied = try program("organization", "restore", id, "--at", "\(then)", "--apply")
        #expect(applied.status == 1 && applied.facts.isEmpty)
        #expect(try program("organization", "restore", id, "--at", "\(then)", "--only", "policy").status == 0)
    }

    @Test func `takes a user out of an account, and back in`() throws {
        let program = try Program()
        defer { program.clear() }
        let id = try organization(program)
        let file = try program.write("email,name,signInMethod\nann@a.example,Ann,password\n", to: "u.csv")
        _ = try program("user", "import", id, file)
        let account = try #require(try program("account", "list", id, "--json").objects().first?["id"] as? String)
        #expect(try program("user", "role", id, "ann@a.example", account, "administrator").status == 0)
        let out = try program("user", "role", id, "ann@a.example", account, "none", "--json").document()
        #expect((out["roles"] as? [String: Any])?.isEmpty == true)
        #expect(try program("user", "role", id, "ann@a.example", account, "emperor").status == 64)
    }

    @Test func `records a public URL that a reading command is given`() throws {
        let program = try Program()
        defer { program.clear() }
        let id = try organization(program)
        let shown = try program("organization", "show", id, "--public-url", "https://sso.example.com", "--json").document()
        #expect(shown["loginURL"] as? String == "https://sso.example.com/saml/login?org=\(id)")
    }

    @Test func `adds the next key of a use, and retires the former`() throws {
        let program = try Program()
        defer { program.clear() }
        let id = try organization(program)
        let before = try program("organization", "keys", id, "--json").objects()
        #expect(Set(before.map { $0["use"] as? String }) == ["encryption", "signing"])
        let both = try program("organization", "keys", id, "--add", "encryption", "--json").objects()
        #expect(both.count { $0["use"] as? String == "encryption" } == 2)
        #expect(try program("organization", "keys", id, "--add", "encryption").status == 1)
        let first = try #require(before.first { $0["use"] as? String == "encryption" }?["id"] as? String)
        let after = try program("organization", "keys", id, "--retire", first, "--json").objects()
        let last = try #require(after.first { $0["use"] as? String == "encryption" && $0["retired"] as? Bool == false }?["id"] as? String)
        #expect(last != first)
        // Never none at all.
        #expect(try program("organization", "keys", id, "--retire", last).status == 1)
    }

    @Test func `shows what is in a response before anything is configured, and says that nothing proves it`() throws {
        let program = try Program()
        defer { program.clear() }
        let file = try program.write("<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>", to: "r.xml")
        let inspected = try program("inspect", file, "--json")
        #expect(inspected.status == 1)
        let steps = try #require(try inspected.document()["steps"] as? [[String: Any]])
        #expect(steps.first?["name"] as? String == "Document")
    }

    private func organization(_ program: Program) throws -> String {
        let made = try program("organization", "create", "Example", "--public-url", "http://127.0.0.1:8080", "--json").document()
        return try #require(made["id"] as? String)
    }
}
