import Testing

@Suite struct `Options from elsewhere` {
    @Test func `come from a file of lines, or of JSON`() throws {
        let program = try Program()
        defer { program.clear() }
        let lines = try program.write("# a comment\ndata = ./elsewhere\npublic-url = http://127.0.0.1:9000\njson = true\n", to: "lines")
        let made = try program("organization", "create", "Example", "--config", lines).document()
        #expect((made["acsURL"] as? String)?.hasPrefix("http://127.0.0.1:9000/") == true)
        let json = try program.write(#"{"data": "./elsewhere"}"#, to: "json")
        #expect(try program("organization", "list", "--config=\(json)").facts.contains("Example"))
        #expect(try program("organization", "list").status == 69)
    }

    @Test func `come from the environment, which goes before the file and after the command line`() throws {
        let program = try Program(environment: ["IDENTITY_LEDGER_DATA": "./from-environment"])
        defer { program.clear() }
        let file = try program.write("data = ./from-file\n", to: "file")
        _ = try program("organization", "create", "Environment", "--config", file)
        _ = try program("organization", "create", "Line", "--data", "./from-line", "--config", file)
        #expect(try program("organization", "list").facts.contains("Environment"))
        #expect(try program("organization", "list", "--data", "./from-line").facts.contains("Line"))
        #expect(try program("organization", "list", "--data", "./from-file").status == 69)
    }

    @Test func `can be any option of any command`() throws {
        let program = try Program(environment: ["IDENTITY_LEDGER_ROLE": "auditor"])
        defer { program.clear() }
        let file = try program.write(
            "expires-in = 30d\nrole = operator\nset = allowUnsolicited=false\nset = clockSkewSeconds=30\n", to: "file")
        let token = try program("token", "create", "--config", file, "--json").document()
        #expect(token["role"] as? String == "auditor")
        #expect(token["expiresAt"] as? String != nil)
        let made = try program("organization", "create", "Example", "--json").document()
        let id = try #require(made["id"] as? String)
        let policy = try program("organization", "policy", id, "--config", file, "--json").document()
        #expect(policy["allowUnsolicited"] as? Bool == false)
        #expect(policy["clockSkewSeconds"] as? Int == 30)
    }

    @Test func `are refused where there is no such setting`() throws {
        let program = try Program()
        defer { program.clear() }
        let file = try program.write("daat = ./elsewhere\n", to: "file")
        let refused = try program("organization", "list", "--config", file)
        #expect(refused.status == 64)
        #expect(refused.notes.contains("daat"))
        #expect(try program("organization", "list", "--config", "no-such-file").status == 64)
    }
}
