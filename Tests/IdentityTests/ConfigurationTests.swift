import Events
import Identity
import Projections
import Testing

@Suite struct `Configuration` {
    @Test(arguments: ["", " ", "a\nb", "a\u{0}", "\u{7F}", String(repeating: "x", count: 201)])
    func `refuses names that are none`(_ name: String) {
        #expect(
            #expect(throws: RuleError.self) { try decideCreation(name: name, account: Given.account) }?.code
                == .invalidRequest)
    }

    @Test(arguments: [
        ("\u{202E}exe", "U+202E"), ("a\u{2066}b", "U+2066"), ("Ac\u{200B}me", "U+200B"), ("Ac\u{AD}me", "U+00AD"),
        ("\u{200B}", "seen"), (" \u{2800}", "seen"), ("\u{200D}\u{FE0F}", "seen"), ("   ", "empty"), ("a\tb", "control"),
        (String(repeating: "x", count: 201), "201"), ("a\u{2028}b", "U+2028"),
    ])
    func `says which sign a name may not have`(_ name: String, _ words: String) {
        let error = #expect(throws: RuleError.self) { try checkName(name) }
        #expect(error?.detail.contains(words) == true && error?.remedy != nil, "\(String(describing: error))")
    }

    @Test(arguments: ["שלום בע״מ", "شركة", "می‌خواهم", "👩‍💻 Lab ❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "한국", "e\u{301}", "שלום\u{200F}!"])
    func `takes names of every script`(_ name: String) throws { try checkName(name) }

    @Test(arguments: ["Größe & Söhne <GmbH>", String(repeating: "x", count: 200)])
    func `makes an organization with an account of the same name`(_ name: String) throws {
        var given = try Given()
        try given.happened(try decideCreation(name: name, account: .numbered(5)), in: .numbered(4))
        let organization = try #require(try given.state.organization(.numbered(4)))
        #expect(organization.name == name)
        #expect(organization.accounts.map(\.name) == [name])
        #expect(!organization.isConfigured)
    }

    @Test func `of the same again is no event`() throws {
        var given = try Given()
        #expect(try decideRenaming(of: given.organization, to: "Example").isEmpty)
        #expect(
            #expect(throws: RuleError.self) {
                try decideAccount(name: "Example", id: .numbered(3), in: given.organization)
            }?.code == .conflict)
        try given.configured()
        #expect(try decideConfiguration(Given.configuration("https://idp.example.com"), of: given.organization).isEmpty)
        #expect(try given.organization.configurationRevision == UInt64(given.events.count))
    }

    @Test func `C39 takes new keys of the same entity and holds everything else`() throws {
        var given = try Given()
        try given.configured()
        #expect(try held(given) { $0.signingCertificates.append([3].data) } == false)
        #expect(try held(given) { $0.entityID = "https://evil.example" } == true)
        #expect(try held(given) { $0.singleSignOnServices[0].location = "https://evil.example/sso" } == true)
        #expect(try held(given) { $0.singleSignOnServices[0].location = "https://idp.example.com/sso2" } == false)
        #expect(try held(given) { $0.signingCertificates = [[2].data, [3].data] } == true)
        #expect(try held(given, lastUsed: [2]) { $0.signingCertificates = [[2].data, [3].data] } == false)
        #expect(try held(given) { _ in } == nil)
    }

    @Test func `that is held changes nothing until a person configures anew`() throws {
        var given = try Given()
        try given.configured()
        let revision = try given.organization.configurationRevision
        var refreshed = IdentityProviderRefreshed()
        refreshed.configuration = Given.configuration("https://evil.example")
        refreshed.held = true
        let sequence = try given.happened([.identityProviderRefreshed(refreshed)])
        #expect(try given.organization.heldRefresh == sequence)
        #expect(try given.organization.configurationRevision == revision)
        try given.happened(try decideConfiguration(given.organization.identityProvider, of: given.organization))
        #expect(try given.organization.heldRefresh == 0)
    }

    private func held(
        _ given: Given, lastUsed: [UInt8] = [1], _ change: (inout IdentityProviderConfigured) -> Void
    ) throws -> Bool? {
        var configuration = Given.configuration("https://idp.example.com")
        configuration.metadataDigest = [9].data
        change(&configuration)
        let bodies = try decideRefresh(
            configuration, of: given.organization, lastUsedCertificate: lastUsed, fingerprint: { $0 }, describe: { "\($0)" })
        guard case .identityProviderRefreshed(let refreshed) = bodies.first else { return nil }
        return refreshed.held
    }
}

@Suite struct `An organization that is carried into another ledger` {
    @Test func `keeps its name, its accounts under their IDs, and what its policy sets`() throws {
        var organization = try Given().organization
        #expect(try CarriedOrganization(organization).bodies.map(\.name) == ["OrganizationCreated", "AccountAdded"])
        organization.policy = .defaults
        organization.policy.clockSkewSeconds = 5
        let carried = try CarriedOrganization(organization)
        #expect(carried.bodies.map(\.name) == ["OrganizationCreated", "AccountAdded", "PolicyChanged"])
        guard case .accountAdded(let account) = carried.bodies[1], case .policyChanged(let changed) = carried.bodies[2] else {
            Issue.record("the account or the policy is missing")
            return
        }
        #expect(account.account == organization.accounts[0].id)
        #expect(changed.policy == organization.policy && changed.members == ["clockSkewSeconds"])
    }

    @Test func `keeps a name that today's rules would refuse`() throws {
        var organization = try Given().organization
        organization.name = "\u{202E}Acme"
        organization.accounts[0].name = "Ac\u{200B}me"
        #expect(try CarriedOrganization(organization).bodies.count == 2)
        #expect(throws: RuleError.self) { try decideRenaming(of: organization, to: "\u{202D}Acme") }
    }

    @Test func `provisions nobody until its domains are proved again`() throws {
        var organization = try Given().organization
        organization.verifiedDomains = ["a.example"]
        let carried = try CarriedOrganization(organization)
        #expect(carried.domains == ["a.example"])
        guard case .policyChanged(let changed)? = carried.bodies.last else {
            Issue.record("its policy is the former one")
            return
        }
        #expect(!changed.policy.provisionUsers && changed.members == ["provisionUsers"])
    }
}
