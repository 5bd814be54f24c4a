import Events
import IdentityLedger
import TestSupport
import Testing

@Suite struct `What a save would do to people` {
    private static let stranger = TestIdentityProvider(signer: TestIdentityProvider.stranger)

    private func consequence(_ vendor: Vendor, _ provider: TestIdentityProvider) throws -> Consequence {
        try vendor.ledger.previewIdentityProvider(vendor.organization, metadata: provider.metadata, by: vendor.operate).consequence
    }

    private func names(_ groups: [Consequence.Group]) -> [String: [String?]] {
        Dictionary(uniqueKeysWithValues: groups.map { ($0.code, $0.people.map(\.email)) })
    }

    @Test func `is told by the newest login of each, and not by one that was refused already`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.signIn("ann@example.com")
        _ = try await vendor.signIn("ben@example.com")
        // The identity provider signs with another key by now: Ben could sign in, and can't until it is saved.
        let refused = await vendor.post(try vendor.response("ben@example.com", by: Self.stranger))
        #expect(refused.name == "certificate_untrusted")
        let found = try consequence(vendor, Self.stranger)
        #expect(names(found.lockedOut) == ["certificate_untrusted": ["ann@example.com"]])
        #expect(names(found.letIn) == ["certificate_untrusted": ["ben@example.com"]])
        let same = try consequence(vendor, vendor.provider)
        #expect(!same.locksOut && same.letIn.isEmpty)
    }

    @Test func `is told of people, however many refusals anyone made since`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.signIn("ann@example.com")
        for number in 0..<600 {
            if number.isMultiple(of: 50) { vendor.clock.advance(seconds: 60) }
            _ = await vendor.post(Array("*\(number)".utf8))
        }
        #expect(try names(consequence(vendor, Self.stranger).lockedOut) == ["certificate_untrusted": ["ann@example.com"]])
    }

    @Test func `compares with what is in force now, so that nobody is locked out twice`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.signIn("ann@example.com")
        _ = try await vendor.ledger.configureIdentityProvider(
            vendor.organization, metadata: Self.stranger.metadata, by: vendor.operate)
        var moved = Self.stranger
        moved.singleSignOnURL = "https://idp.example/elsewhere"
        #expect(try consequence(vendor, moved).lockedOut.isEmpty, "Ann's key is refused as it is")
        #expect(try names(consequence(vendor, vendor.provider).letIn) == ["certificate_untrusted": ["ann@example.com"]])
    }

    @Test func `knows a person by what is in force now, also where the login was refused then`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.signIn("ann@example.com")
        _ = await vendor.post(try vendor.response("ann@example.com", by: Self.stranger))
        _ = await vendor.post(try vendor.response("zoe@example.com", by: Self.stranger))
        _ = try await vendor.ledger.configureIdentityProvider(
            vendor.organization, metadata: Self.stranger.metadata, by: vendor.operate)
        let found = try vendor.ledger.previewPolicy(
            vendor.organization, patch: ["requireEncryptedAssertion": true], by: vendor.operate
        ).consequence
        #expect(names(found.lockedOut) == ["encryption_required": ["ann@example.com", "zoe@example.com"]])
        var moved = Self.stranger
        moved.singleSignOnURL = "https://idp.example/elsewhere"
        #expect(try consequence(vendor, moved).lockedOut.isEmpty)
    }

    @Test func `names whom to ask to try again: who was refused of late, may sign in, and hasn't since`() async throws {
        let vendor = try await Vendor()
        let (ledger, organization) = (vendor.ledger, vendor.organization)
        _ = try await ledger.changePolicy(organization, patch: ["allowedEmailDomains": ["other.example"]], by: vendor.operate)
        for name in ["ann", "ben", "eve"] { _ = try await vendor.signIn("\(name)@example.com") }
        #expect(try ledger.refusalsThatWouldPass(organization, by: vendor.operate).isEmpty, "nothing was corrected yet")
        _ = try await ledger.changePolicy(organization, patch: ["allowedEmailDomains": []], by: vendor.operate)
        let all = ["ann@example.com", "ben@example.com", "eve@example.com"]
        #expect(try names(ledger.refusalsThatWouldPass(organization, by: vendor.operate)) == ["email_domain_not_allowed": all])
        #expect(try await vendor.signIn("ben@example.com").signedIn != nil)
        _ = try await vendor.importUsers(["eve@example.com"])
        _ = try await ledger.setActive(organization, try vendor.user("eve@example.com").id, false, by: vendor.operate)
        let some = try ledger.refusalsThatWouldPass(organization, by: vendor.operate)
        #expect(names(some) == ["email_domain_not_allowed": ["ann@example.com"]])
        vendor.clock.advance(seconds: 8 * 86_400)
        #expect(try ledger.refusalsThatWouldPass(organization, by: vendor.operate).isEmpty)
    }

    @Test func `is told of a policy too, by reason`() async throws {
        let vendor = try await Vendor()
        for name in ["ann", "ben"] { _ = try await vendor.signIn("\(name)@example.com") }
        let count = try vendor.ledger.eventCount()
        let preview = try vendor.ledger.previewPolicy(
            vendor.organization, patch: ["requireEncryptedAssertion": true, "clockSkewSeconds": 60], by: vendor.operate)
        #expect(preview.changes == ["requireEncryptedAssertion"])
        #expect(names(preview.consequence.lockedOut) == ["encryption_required": ["ann@example.com", "ben@example.com"]])
        #expect(try vendor.ledger.eventCount() == count)
    }
}
