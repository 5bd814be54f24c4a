import Testing

@Suite struct `The exit status` {
    @Test func `is 64 for wrong usage`() throws {
        let program = try Program()
        defer { program.clear() }
        #expect(try program("no-such-command").status == 64)
        #expect(try program("organization", "create").status == 64)
        #expect(try program("organization", "show", "not-an-id").status == 64)
        #expect(try program("token", "create", "--role", "king").status == 64)
        #expect(try program("verify", "--only", "weather").status == 64)
        #expect(try program("replay", "what-if", String(repeating: "0", count: 32)).status == 64)
        #expect(try program("serve", "--listen", "nowhere").status == 64)
    }

    @Test func `is 69 where there is no ledger, or its master key isn't here`() throws {
        let program = try Program()
        defer { program.clear() }
        let missing = try program("verify")
        #expect(missing.status == 69)
        #expect(missing.notes.contains("error:") && missing.notes.contains("hint:"))
        #expect(missing.facts.isEmpty)
        _ = try program("organization", "create", "Example")
        let other = try program.write(String(repeating: "ab", count: 32), to: "other.key")
        #expect(try program("organization", "create", "Two", "--master-key-file", other).status == 69)
    }

    @Test func `is 1 for what isn't there, and for what may not be`() throws {
        let program = try Program()
        defer { program.clear() }
        _ = try program("organization", "create", "Example")
        let unknown = try program("organization", "show", String(repeating: "0", count: 32))
        #expect(unknown.status == 1)
        #expect(unknown.notes.contains("error:"))
        let refused = try program("organization", "create", "Two", "--public-url", "http://login.example.com")
        #expect(refused.status != 0)
        #expect(try program("organization", "list", "--json").objects().count == 1)
    }

    @Test func `is 0 for help and the version, which need no ledger`() throws {
        let program = try Program()
        defer { program.clear() }
        #expect(try program("--version").facts.contains("identity-ledger"))
        #expect(try program("replay", "--help").status == 0)
    }
}
