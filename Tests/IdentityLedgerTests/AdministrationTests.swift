import SAML
import Cryptography
import Events
import Identity
import IdentityLedger
import TestSupport
import Testing

@Suite("Administration")
struct AdministrationTests {
    @Test("a new organization has its addresses, an account, a key and a setup link that works once")
    func creation() async throws {
        let vendor = try await Vendor(isConfigured: false)
        let created = try await vendor.ledger.createOrganization(name: "Second", by: vendor.operate)
        let addresses = try #require(created.addresses)
        #expect(addresses.acsURL == "\(Vendor.base)/saml/acs?org=\(created.id)")
        #expect(addresses.audienceURI == "\(Vendor.base)/saml/login?org=\(created.id)")
        let url = try #require(created.setupURL)
        #expect(url.hasPrefix("\(Vendor.base)/setup/ilsetup_"))
        let token = String(url.dropFirst("\(Vendor.base)/setup/".count))
        let session = try #require(try await vendor.ledger.useSetupLink(token))
        #expect(session.organization == created.id)
        #expect(try await vendor.ledger.useSetupLink(token) == nil)
        let setup = try #require(try vendor.ledger.authenticate(setupSession: session.token))
        _ = try await vendor.ledger.configureIdentityProvider(
            created.id, metadata: vendor.provider.metadata, by: setup.caller)
        let foreign = await #expect(throws: ServiceError.self) {
            try await vendor.ledger.configureIdentityProvider(
                vendor.organization, metadata: vendor.provider.metadata, by: setup.caller)
        }
        #expect(foreign?.code == "organization_unknown")
        vendor.clock.advance(seconds: 8 * 3600)
        #expect(try vendor.ledger.authenticate(setupSession: session.token) == nil)
        let metadata = String(decoding: try vendor.ledger.serviceProviderMetadata(created.id), as: UTF8.self)
        #expect(metadata.contains("use=\"encryption\""))
        #expect(metadata.contains(addresses.acsURL.replacing("&", with: "&amp;")))
    }

    @Test("C47: a setup link ends after seven days")
    func setupLinkExpiry() async throws {
        let vendor = try await Vendor()
        let link = try await vendor.ledger.issueSetupLink(vendor.organization, by: vendor.operate)
        vendor.clock.advance(seconds: 7 * 86400)
        #expect(try await vendor.ledger.useSetupLink(link.token) == nil)
    }

    @Test("C47, C48: tokens open what they are for, until they end or are revoked")
    func tokens() async throws {
        let vendor = try await Vendor()
        let auditor = try await vendor.ledger.issueToken(
            role: "auditor", expiresAt: vendor.clock.now.adding(seconds: 60), by: vendor.operate)
        #expect(auditor.token.hasPrefix("iltok_"))
        let caller = try #require(try vendor.ledger.authenticate(bearer: auditor.token))
        #expect(try vendor.ledger.organizations(by: caller).items.count == 1)
        await #expect(throws: ServiceError.self) { try await vendor.ledger.createOrganization(name: "X", by: caller) }
        vendor.clock.advance(seconds: 60)
        #expect(try vendor.ledger.authenticate(bearer: auditor.token) == nil)

        let other = try await vendor.ledger.createOrganization(name: "Other", by: vendor.operate)
        let limited = try await vendor.ledger.issueToken(
            role: "operator", organization: other.id, by: vendor.operate)
        let limitedCaller = try #require(try vendor.ledger.authenticate(bearer: limited.token))
        _ = try await vendor.ledger.addAccount(other.id, name: "Workspace", by: limitedCaller)
        let foreign = await #expect(throws: ServiceError.self) {
            try await vendor.ledger.addAccount(vendor.organization, name: "Workspace", by: limitedCaller)
        }
        #expect(foreign?.status == 404)
        try await vendor.ledger.revokeToken(limited.id, by: vendor.operate)
        #expect(try vendor.ledger.authenticate(bearer: limited.token) == nil)
        #expect(try vendor.ledger.tokens(by: vendor.operate).map(\.isRevoked) == [false, true])
        #expect(try vendor.ledger.authenticate(bearer: "iltok_nothing") == nil)
    }

    @Test("the state as of then is what it was")
    func asOf() async throws {
        let vendor = try await Vendor(isConfigured: false)
        let sequence = try vendor.ledger.eventCount()
        let instant = vendor.clock.now
        vendor.clock.advance(seconds: 60)
        _ = try await vendor.ledger.configureIdentityProvider(
            vendor.organization, metadata: vendor.provider.metadata, by: vendor.operate)
        _ = try await vendor.ledger.renameOrganization(vendor.organization, to: "Renamed", by: vendor.operate)
        let now = try vendor.ledger.organization(vendor.organization, by: vendor.operate)
        #expect(now.name == "Renamed")
        #expect(now.identityProvider?.entityID == vendor.provider.entityID)
        for moment in [Moment.sequence(sequence), .instant(instant)] {
            let then = try vendor.ledger.organization(vendor.organization, at: moment, by: vendor.operate)
            #expect(then.name == "Example")
            #expect(then.identityProvider == nil)
        }
        #expect(throws: ServiceError.self) {
            try vendor.ledger.organization(vendor.organization, at: .sequence(10_000), by: vendor.operate)
        }
        let early = #expect(throws: ServiceError.self) {
            try vendor.ledger.organization(vendor.organization, at: .sequence(1), by: vendor.operate)
        }
        #expect(early?.code == "organization_unknown")
    }

    @Test("what is the same already is no event")
    func idempotence() async throws {
        let vendor = try await Vendor(policy: ["sessionSeconds": 600])
        let before = try vendor.ledger.eventCount()
        try await vendor.ledger.setPublicURL(Vendor.base, by: vendor.operate)
        _ = try await vendor.ledger.configureIdentityProvider(
            vendor.organization, metadata: vendor.provider.metadata, by: vendor.operate)
        _ = try await vendor.ledger.changePolicy(
            vendor.organization, patch: ["sessionSeconds": 600], by: vendor.operate)
        _ = try await vendor.ledger.renameOrganization(vendor.organization, to: "Example", by: vendor.operate)
        #expect(try vendor.ledger.eventCount() == before)
    }

    @Test("metadata that can't be used is refused by its code, and changes nothing")
    func badMetadata() async throws {
        let vendor = try await Vendor(isConfigured: false)
        let error = await #expect(throws: ServiceError.self) {
            try await vendor.ledger.configureIdentityProvider(
                vendor.organization, metadata: Array("<nothing/>".utf8), by: vendor.operate)
        }
        #expect(error?.code == "metadata_invalid")
        #expect(error?.status == 422)
    }

    @Test("a preview tells who would be locked out, and saves nothing")
    func preview() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.signIn("alice@example.com")
        let before = try vendor.ledger.eventCount()
        let other = TestIdentityProvider(
            entityID: vendor.provider.entityID, signer: TestIdentityProvider.stranger)
        let preview = try vendor.ledger.previewIdentityProvider(
            vendor.organization, metadata: other.metadata, by: vendor.operate)
        #expect(preview.changes == ["signingCertificates"])
        #expect(preview.verdicts.checked == 1)
        #expect(preview.verdicts.lockedOut == 1)
        #expect(preview.verdicts.changes.first?.email == "alice@example.com")
        let same = try vendor.ledger.previewIdentityProvider(
            vendor.organization, metadata: vendor.provider.metadata, by: vendor.operate)
        #expect(same.verdicts.unchanged == 1)
        #expect(try vendor.ledger.eventCount() == before)
    }

    @Test("C39: a refresh adds keys by itself; another identity provider waits for a person")
    func refresh() async throws {
        let vendor = try await Vendor()
        let other = TestIdentityProvider(
            entityID: "https://elsewhere.example/metadata", signer: TestIdentityProvider.stranger)
        let held = try await vendor.ledger.refreshIdentityProvider(vendor.organization, metadata: other.metadata)
        #expect(held.isHeld)
        #expect(held.changes.contains { $0.contains("https://elsewhere.example/metadata") })
        let state = try vendor.ledger.organization(vendor.organization, by: vendor.operate)
        #expect(state.identityProvider?.entityID == vendor.provider.entityID)
        #expect(state.heldRefresh != nil)
        // The same waits already: that is no event.
        let before = try vendor.ledger.eventCount()
        #expect(try await vendor.ledger.refreshIdentityProvider(vendor.organization, metadata: other.metadata) == held)
        #expect(try vendor.ledger.eventCount() == before)
        #expect(try vendor.ledger.heldRefresh(vendor.organization, by: vendor.operate) == held)
        let approved = try await vendor.ledger.approveRefresh(vendor.organization, by: vendor.operate)
        #expect(approved.entityID == other.entityID)
        #expect(try vendor.ledger.heldRefresh(vendor.organization, by: vendor.operate) == nil)
        await #expect(throws: ServiceError.self) {
            try await vendor.ledger.approveRefresh(vendor.organization, by: vendor.operate)
        }
    }

    @Test("metadata that must be signed is read from what was signed, and refused with another signature or none")
    func signedMetadata() async throws {
        let vendor = try await Vendor(isConfigured: false)
        let federation = TestIdentityProvider.stranger
        let signed = try vendor.provider.signedMetadata(by: federation)
        let configured = try await vendor.ledger.configureIdentityProvider(
            vendor.organization, metadata: signed, signer: federation.certificate.der, by: vendor.operate)
        #expect(configured.entityID == vendor.provider.entityID)
        #expect(configured.metadataCertificate?.sha256 == federation.certificate.sha256.hexadecimal)
        let altered = Array(String(decoding: signed, as: UTF8.self).replacing("/sso", with: "/ssx").utf8)
        for (document, signer) in [
            (altered, federation.certificate), (vendor.provider.metadata, federation.certificate),
            (signed, vendor.provider.signer.certificate),
        ] {
            let refused = await #expect(throws: ServiceError.self) {
                try await vendor.ledger.configureIdentityProvider(
                    vendor.organization, metadata: document, signer: signer.der, by: vendor.operate)
            }
            #expect(refused?.code == "metadata_invalid")
        }
        // What is fetched again must be signed as well.
        await #expect(throws: ServiceError.self) {
            try await vendor.ledger.refreshIdentityProvider(vendor.organization, metadata: vendor.provider.metadata)
        }
        let once = try vendor.ledger.eventCount()
        #expect(try await vendor.ledger.refreshIdentityProvider(vendor.organization, metadata: signed).changes.isEmpty)
        #expect(try vendor.ledger.eventCount() == once)
    }

    @Test("a domain is proved by its record, holds for one organization, and then limits who is provisioned")
    func domains() async throws {
        let vendor = try await Vendor()
        let wanted = try vendor.ledger.domain("Example.com", vendor.organization, by: vendor.operate)
        #expect(wanted.recordName == "_identity-ledger.example.com")
        let refused = await #expect(throws: ServiceError.self) {
            try await vendor.ledger.verifyDomain("example.com", vendor.organization, records: ["other"], by: vendor.operate)
        }
        #expect(refused?.code == "domain_not_proved")
        let verified = try await vendor.ledger.verifyDomain(
            "example.com", vendor.organization, records: ["v=spf1", wanted.recordValue], by: vendor.operate)
        #expect(verified.isVerified)
        #expect(try vendor.ledger.organizationForSignIn("anyone@example.com") == vendor.organization)
        #expect(try await vendor.signIn("ann@example.com").name == "signedIn")
        #expect(try await vendor.signIn("ann@elsewhere.example").name == "email_domain_not_allowed")
        // A known user is no new one.
        _ = try await vendor.importUsers(["bob@elsewhere.example"], method: .sso)
        #expect(try await vendor.signIn("bob@elsewhere.example").name == "signedIn")
        let other = try await vendor.ledger.createOrganization(name: "Other", by: vendor.operate)
        _ = try await vendor.ledger.changePolicy(other.id, patch: ["allowedEmailDomains": ["example.com"]], by: vendor.operate)
        #expect(try vendor.ledger.organizationForSignIn("anyone@example.com") == vendor.organization)
        let taken = #expect(throws: ServiceError.self) { try vendor.ledger.domain("example.com", other.id, by: vendor.operate) }
        #expect(taken?.code == "conflict")
        try await vendor.ledger.removeDomain("example.com", vendor.organization, by: vendor.operate)
        #expect(try vendor.ledger.domains(vendor.organization, by: vendor.operate).items.isEmpty)
        #expect(try vendor.ledger.domain("example.com", other.id, by: vendor.operate).recordValue != wanted.recordValue)
    }

    @Test("C23: a certificate's end is noticed 30 days before, once")
    func certificateEnds() async throws {
        let vendor = try await Vendor()
        let end = vendor.provider.signer.certificate.notAfter
        #expect(try await vendor.ledger.noticeCertificateEnds().endingSoon == 0)
        #expect(try vendor.types().contains("CertificateEndNoticed") == false)
        let left = (Int64(end.nanoseconds) - Int64(vendor.clock.now.nanoseconds)) / 1_000_000_000
        vendor.clock.advance(seconds: left - 29 * 86400)
        for _ in 0..<2 {
            let ends = try await vendor.ledger.noticeCertificateEnds()
            #expect(ends.earliest == end)
            #expect(ends.endingSoon == 1)
        }
        #expect(try vendor.types().count { $0 == "CertificateEndNoticed" } == 1)
        vendor.clock.advance(seconds: 30 * 86400)
        #expect(try await vendor.ledger.noticeCertificateEnds().ended == 1)
    }

    @Test("C47: a setup link can be revoked, which ends the session that it opened; signing out ends it too")
    func revokedSetupLinks() async throws {
        let vendor = try await Vendor()
        let link = try await vendor.ledger.issueSetupLink(vendor.organization, by: vendor.operate)
        let session = try #require(try await vendor.ledger.useSetupLink(link.token))
        #expect(try vendor.ledger.authenticate(setupSession: session.token) != nil)
        try await vendor.ledger.revokeSetupLink(vendor.organization, link.id, by: vendor.operate)
        #expect(try vendor.ledger.authenticate(setupSession: session.token) == nil)
        let unused = try await vendor.ledger.issueSetupLink(vendor.organization, by: vendor.operate)
        try await vendor.ledger.revokeSetupLink(vendor.organization, unused.id, by: vendor.operate)
        #expect(try await vendor.ledger.useSetupLink(unused.token) == nil)
        let third = try await vendor.ledger.issueSetupLink(vendor.organization, by: vendor.operate)
        let signedOut = try #require(try await vendor.ledger.useSetupLink(third.token))
        try await vendor.ledger.endSetupSession(signedOut.token)
        #expect(try vendor.ledger.authenticate(setupSession: signedOut.token) == nil)
        let before = try vendor.ledger.eventCount()
        try await vendor.ledger.endSetupSession(signedOut.token)
        #expect(try vendor.ledger.eventCount() == before)
    }

    @Test("a refusal says what to change in the product that the metadata, or the policy, names")
    func advice() async throws {
        let vendor = try await Vendor(policy: ["attributeMapping": ["preset": "Entra ID", "email": "mail"]])
        guard case .refused(let refusal, _, _) = try await vendor.signIn("ann@example.com") else { throw Unexpected() }
        #expect(refusal.code == .emailMissing)
        #expect(refusal.remedy?.contains("“Unique User Identifier (Name ID)”") == true)
        #expect(try vendor.ledger.policy(vendor.organization, by: vendor.operate)["attributeMapping"]?["preset"] == "Microsoft Entra ID")
        await #expect(throws: ServiceError.self) {
            try await vendor.ledger.changePolicy(
                vendor.organization, patch: ["attributeMapping": ["preset": "no such product"]], by: vendor.operate)
        }
    }

    @Test("requests are signed once the policy says so, with a key that the metadata publishes")
    func signedRequests() async throws {
        let vendor = try await Vendor(policy: ["signRequests": true])
        guard case .redirect(let address) = try vendor.ledger.startLogin(vendor.organization).way else {
            throw Unexpected()
        }
        #expect(address.contains("&Signature="))
        let metadata = String(decoding: try vendor.ledger.serviceProviderMetadata(vendor.organization), as: UTF8.self)
        #expect(metadata.contains("use=\"signing\""))
    }

    @Test("a login is proved again on the spot, by the same code as live")
    func reproof() async throws {
        let vendor = try await Vendor()
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        let report = try vendor.ledger.report(vendor.organization, login: alice.reference, by: vendor.operate)
        #expect(report.isAccepted)
        #expect(report.email == "alice@example.com")
        _ = try await vendor.ledger.changePolicy(
            vendor.organization, patch: ["allowUnsolicited": false], by: vendor.operate)
        let again = try vendor.ledger.report(vendor.organization, login: alice.reference, by: vendor.operate)
        #expect(again.isAccepted, "the policy of then counts")
    }

    @Test("lists come in pages, in order")
    func pages() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.importUsers(["c@example.com", "a@example.com", "b@example.com"])
        let first = try vendor.ledger.users(vendor.organization, page: .init(limit: 2), by: vendor.operate)
        #expect(first.items.map(\.email) == ["a@example.com", "b@example.com"])
        let second = try vendor.ledger.users(
            vendor.organization, page: .init(limit: 2, cursor: first.next), by: vendor.operate)
        #expect(second.items.map(\.email) == ["c@example.com"])
        #expect(second.next == nil)
        let events = try vendor.ledger.events(.init(organization: vendor.organization), page: .init(limit: 3), by: vendor.operate)
        #expect(events.items.count == 3)
        let rest = try vendor.ledger.events(
            .init(organization: vendor.organization), page: .init(limit: 1000, cursor: events.next), by: vendor.operate)
        #expect(rest.items.first?["sequence"]?.integerValue == (events.items.last?["sequence"]?.integerValue ?? 0) + 1)
    }

    @Test("C49: how a person signs in is told to operators, by user or by domain")
    func loginMethod() async throws {
        let vendor = try await Vendor(policy: ["allowedEmailDomains": ["example.com"]])
        _ = try await vendor.importUsers(["alice@example.com"])
        #expect(try vendor.ledger.loginMethod(email: "alice@example.com", by: vendor.operate).method == .password)
        _ = try await vendor.ledger.convert(vendor.organization, emails: ["alice@example.com"], by: vendor.operate)
        let converted = try vendor.ledger.loginMethod(email: "alice@example.com", by: vendor.operate)
        #expect(converted.method == .sso)
        #expect(converted.choices.map(\.organization) == [vendor.organization])
        #expect(try vendor.ledger.loginMethod(email: "new@example.com", by: vendor.operate).method == .sso)
        #expect(try vendor.ledger.loginMethod(email: "x@elsewhere.example", by: vendor.operate).method == .unknown)
        #expect(try vendor.ledger.organizationForSignIn("new@example.com") == vendor.organization)
        #expect(try vendor.ledger.organizationForSignIn(vendor.organization.description) == vendor.organization)
        #expect(try vendor.ledger.organizationForSignIn("x@elsewhere.example") == nil)
        #expect(throws: ServiceError.self) {
            try vendor.ledger.loginMethod(email: "a@example.com", by: .anonymous())
        }
    }

    @Test("C48: who administers one account sees and changes the users of that account alone")
    func oneAccount() async throws {
        let vendor = try await Vendor()
        let other = try await vendor.ledger.addAccount(vendor.organization, name: "Other", by: vendor.operate)
        let token = try #require(try await vendor.signIn("ann@example.com").signedIn?.token)
        for email in ["bob@example.com", "cat@example.com"] { _ = try await vendor.signIn(email) }
        let (ann, bob) = (try vendor.user("ann@example.com"), try vendor.user("bob@example.com"))
        let set = { (user: UserView, account: Identifier, role: Role) in
            _ = try await vendor.ledger.setRole(vendor.organization, user.id, account: account, role: role, by: vendor.operate)
        }
        try await set(ann, vendor.account, .administrator)
        try await set(bob, vendor.account, .none)
        let caller = try #require(try vendor.ledger.authenticate(session: token))
        #expect(try vendor.ledger.users(vendor.organization, by: caller).items.map(\.email) == ["ann@example.com", "cat@example.com"])
        #expect(try vendor.ledger.users(vendor.organization, email: "bob@example.com", by: caller).items.isEmpty)
        #expect(try vendor.ledger.administeredAccounts(vendor.organization, by: caller).map(\.id) == [vendor.account])
        #expect(throws: ServiceError.self) { try vendor.ledger.user(vendor.organization, bob.id, by: caller) }
        await #expect(throws: ServiceError.self) {
            try await vendor.ledger.setRole(vendor.organization, bob.id, account: other.id, role: .administrator, by: caller)
        }
        await #expect(throws: ServiceError.self) {
            try await vendor.ledger.setActive(vendor.organization, bob.id, false, by: caller)
        }
        // With a say in every account there is nobody who isn't seen.
        try await set(ann, other.id, .administrator)
        let wider = try #require(try vendor.ledger.authenticate(session: token))
        #expect(try vendor.ledger.users(vendor.organization, by: wider).items.count == 3)
    }

    @Test("a public URL is https, or http on loopback, without an underscore")
    func publicURL() async throws {
        let vendor = try await Vendor()
        for bad in ["http://sso.example.com", "https://sso_1.example.com", "sso.example.com", "https://a.example/?x=1"] {
            await #expect(throws: ServiceError.self, "\(bad)") {
                try await vendor.ledger.setPublicURL(bad, by: vendor.operate)
            }
        }
        try await vendor.ledger.setPublicURL("http://127.0.0.1:8080/sso", by: vendor.operate)
        #expect(try vendor.ledger.addresses(vendor.organization)?.loginURL.hasPrefix("http://127.0.0.1:8080/sso/saml/") == true)
    }
}
