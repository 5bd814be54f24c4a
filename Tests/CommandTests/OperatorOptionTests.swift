import Testing

@Suite struct `The option of the operator's organization` {
    @Test func `is an Organization ID`() throws {
        let program = try Program()
        defer { program.clear() }
        let refused = try program("serve", "--listen", "127.0.0.1:0", "--operator-organization", "Vendor")
        #expect(refused.status == 64)
        #expect(refused.notes.contains("--operator-organization"))
    }

    @Test func `names an organization of the ledger, wherever it is given`() throws {
        let program = try Program(environment: ["IDENTITY_LEDGER_OPERATOR_ORGANIZATION": "00112233445566778899aabbccddeeff"])
        defer { program.clear() }
        let refused = try program("serve", "--listen", "127.0.0.1:0", "--public-url", "http://127.0.0.1:8080")
        #expect(refused.status != 0)
        #expect(refused.notes.contains("--operator-organization names no organization"))
    }
}
