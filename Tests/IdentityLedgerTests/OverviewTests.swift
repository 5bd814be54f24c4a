import Cryptography
import DevelopmentIdP
import Events
import Identity
import IdentityLedger
import TestSupport
import Testing

@Suite struct `An operator's overview` {
    private func health(_ vendor: Vendor) throws -> OrganizationHealth {
        try vendor.ledger.health(vendor.organization, by: vendor.operate)
    }

    @Test func `says what isn't set up, and that all is well afterwards`() async throws {
        let vendor = try await Vendor(isConfigured: false)
        #expect(try health(vendor).concerns == [.notConfigured])
        _ = try await vendor.ledger.configureIdentityProvider(vendor.organization, metadata: vendor.provider.metadata, by: vendor.operate)
        #expect(try health(vendor).concerns == [])
        #expect(try health(vendor).lastLogin == nil)
    }

    @Test func `says that logins fail, as long as it was in the last day`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.signIn("ada@example.com")
        #expect(try health(vendor).needsAttention == false)
        let stranger = TestIdentityProvider(signer: TestIdentityProvider.stranger)
        for _ in 0..<2 { _ = await vendor.post(try vendor.response("ada@example.com", by: stranger)) }
        let failing = try health(vendor)
        #expect(failing.concerns == [.failing])
        #expect((failing.accepted, failing.refused) == (1, 2))
        #expect(failing.lastLogin?.code != nil)
        vendor.clock.advance(seconds: 86400 + 1)
        let later = try health(vendor)
        #expect(later.concerns == [])
        #expect((later.accepted, later.refused) == (0, 0))
        #expect(later.lastLogin == failing.lastLogin)
    }

    @Test func `raises no concern over what anyone can post`() async throws {
        let vendor = try await Vendor()
        for _ in 0..<3 { _ = await vendor.post(Array("bm9uZQ==".utf8)) }
        let health = try health(vendor)
        #expect(health.concerns == [] && health.refused == 3)
    }

    @Test func `reads no more than fifty logins of an organization`() async throws {
        let vendor = try await Vendor()
        for _ in 0..<55 { _ = await vendor.post(Array("bm9uZQ==".utf8)) }
        let health = try health(vendor)
        #expect(health.refused == 50)
        #expect(health.hasMoreLogins)
    }

    @Test func `says when the next certificate ends, also where another lasts longer`() async throws {
        let vendor = try await Vendor()
        let now = Int64(vendor.clock.now.nanoseconds / 1_000_000_000)
        let key = TestIdentityProvider.pair.key
        let ends = [now + 9 * 86400, now + 299 * 86400]
        let certificates = try ends.map {
            try key.selfSignedCertificate(commonName: "ends \($0)", notBefore: now - 86400, notAfter: $0)
        }
        let metadata = IdentityProviderDescriptor(
            entityID: "https://idp.example/metadata", singleSignOnURL: "https://idp.example/sso", certificates: certificates
        ).metadata
        _ = try await vendor.ledger.configureIdentityProvider(vendor.organization, metadata: metadata, by: vendor.operate)
        #expect(try health(vendor).concerns == [.certificateEnding])
        #expect(try health(vendor).certificatesEnd == Instant(seconds: UInt64(ends[0])))
        // One that nothing was signed with, and has ended, is nobody's concern.
        vendor.clock.advance(seconds: 10 * 86400)
        #expect(try health(vendor).concerns == [])
        #expect(try health(vendor).certificatesEnd == Instant(seconds: UInt64(ends[1])))
    }

    @Test func `says when the last certificate ends`() async throws {
        let vendor = try await Vendor()
        let end = try #require(try health(vendor).certificatesEnd)
        let seconds = Int64((end.nanoseconds - vendor.clock.now.nanoseconds) / 1_000_000_000)
        vendor.clock.advance(seconds: seconds - 29 * 86400)
        #expect(try health(vendor).concerns == [.certificateEnding])
        vendor.clock.advance(seconds: 30 * 86400)
        #expect(try health(vendor).concerns == [.certificateEnded])
    }

    @Test func `is for operators of every organization alone`() async throws {
        let vendor = try await Vendor()
        for authority: Authority in [.nobody, .auditor(nil), .limitedOperator(vendor.organization), .setupSession(vendor.organization)] {
            let caller = Caller(actor: .anonymous, authority: authority)
            #expect(throws: ServiceError.self) { try vendor.ledger.overview(by: caller) }
            #expect(throws: ServiceError.self) { try vendor.ledger.memberships(email: "ada@example.com", by: caller) }
        }
        #expect(throws: ServiceError.self) {
            try vendor.ledger.openSetupLinks(
                vendor.organization, by: Caller(actor: .anonymous, authority: .setupSession(vendor.organization)))
        }
    }

    @Test func `shows each organization once, whatever the size of its pages`() async throws {
        let vendor = try await Vendor()
        for name in ["Zebra", "aardvark", "Example", "Marmot"] {
            _ = try await vendor.ledger.createOrganization(name: name, by: vendor.operate)
        }
        for limit in 1...6 {
            var names: [String] = []
            var cursor: Identifier?
            repeat {
                let page = try vendor.ledger.overview(OverviewRequest(cursor: cursor, limit: limit), by: vendor.operate)
                #expect(page.count == 5)
                names += page.items.map(\.name)
                cursor = page.next
            } while cursor != nil
            #expect(names == ["aardvark", "Example", "Example", "Marmot", "Zebra"], "\(limit)")
        }
    }

    @Test func `knows each organization by the name that it has now`() async throws {
        let vendor = try await Vendor()
        func names(_ search: String? = nil) throws -> [String] {
            try vendor.ledger.overview(OverviewRequest(search: search), by: vendor.operate).items.map(\.name)
        }
        /// In the order of the API's lists.
        func listed() throws -> [String] { try vendor.ledger.organizations(by: vendor.operate).items.map(\.name) }
        #expect(try names() == ["Example"])
        let other = try await vendor.ledger.createOrganization(name: "aardvark", by: vendor.operate)
        #expect(try names() == ["aardvark", "Example"])
        #expect(try listed() == ["Example", "aardvark"])
        _ = try await vendor.ledger.renameOrganization(other.id, to: "Überall", by: vendor.operate)
        #expect(try names("ÜBER") == ["Überall"])
        #expect(try names("aardvark").isEmpty)
        #expect(try names(String(other.id.description.prefix(8))) == ["Überall"])
        #expect(try listed() == ["Example", "Überall"])
    }

    @Test func `tells where a person belongs, and where the first login would make them`() async throws {
        let vendor = try await Vendor(policy: ["allowedEmailDomains": ["example.com"]])
        _ = try await vendor.importUsers(["ada@example.com"])
        let known = try vendor.ledger.memberships(email: "Ada@Example.com", by: vendor.operate)
        #expect(known.map(\.organization) == [vendor.organization])
        #expect(known.first?.signInMethod == .password)
        let unknown = try vendor.ledger.memberships(email: "new@example.com", by: vendor.operate)
        #expect(unknown.map(\.user) == [nil])
        #expect(try vendor.ledger.memberships(email: "new@example.org", by: vendor.operate).isEmpty)
        try await vendor.ledger.eraseUser(vendor.organization, try vendor.user("ada@example.com").id, by: vendor.operate)
        #expect(try vendor.ledger.memberships(email: "ada@example.com", by: vendor.operate).map(\.user) == [nil])
    }

    @Test func `lists setup links until they end, and the sessions that they opened`() async throws {
        let vendor = try await Vendor()
        let link = try await vendor.ledger.issueSetupLink(vendor.organization, by: vendor.operate)
        func open() throws -> [SetupAccess] { try vendor.ledger.openSetupLinks(vendor.organization, by: vendor.operate) }
        #expect(try open().map(\.isUsed) == [false, false])
        _ = try await vendor.ledger.useSetupLink(link.token)
        #expect(try open().first { $0.link == link.id }?.isUsed == true)
        try await vendor.ledger.revokeSetupLink(vendor.organization, link.id, by: vendor.operate)
        #expect(try open().count == 1)
        vendor.clock.advance(seconds: 8 * 86400)
        #expect(try open().isEmpty)
    }
}
