import Cryptography
import Events
import Identity
import IdentityLedger
import TestSupport
import Testing

@Suite struct `An event that was taken from a file` {
    @Test func `says so by a keyed hash, and nothing that outlives the erasure of whom the file names`() async throws {
        let vendor = try await Vendor()
        let file = Array("email,name,signInMethod\nzoe@example.com,Zoe,password\n".utf8)
        let zoe = NewUser(email: try #require(EmailAddress("zoe@example.com")), name: "Zoe", signInMethod: .password, roles: [])
        _ = try await vendor.ledger.importUsers(vendor.organization, [zoe], fromFile: file, by: vendor.operate)
        let event = try #require(try vendor.ledger.event(try vendor.ledger.eventCount(), by: vendor.operate))
        #expect(event["origin"]?["kind"] == "file")
        let digest = try #require(event["origin"]?["digest"]?.stringValue)
        #expect(
            digest.count == 64 && digest != DigestAlgorithm.sha256.digest(file).hexadecimal, "whoever guesses the file can't try the guess")
        let other = try await vendor.ledger.createOrganization(name: "Other", by: vendor.operate)
        _ = try await vendor.ledger.importUsers(other.id, [zoe], fromFile: file, by: vendor.operate)
        let again = try #require(try vendor.ledger.event(try vendor.ledger.eventCount(), by: vendor.operate))
        #expect(again["origin"]?["digest"]?.stringValue != digest)
    }
}

extension IdentityLedger {
    fileprivate func restore(
        _ organization: Identifier, to moment: Moment, parts: Set<RestorablePart> = Set(RestorablePart.allCases), applies: Bool,
        by caller: Caller
    ) async throws -> RestorationView {
        let plan = try restorationPlan(organization, to: moment, parts: parts, by: caller)
        return applies ? try await restore(plan, by: caller) : plan.view
    }
}

@Suite struct `An organization brought back to what it was` {
    @Test func `gets policy and roles again by events that name the moment, and a second time none`() async throws {
        let vendor = try await Vendor()
        let (ledger, organization) = (vendor.ledger, vendor.organization)
        let ann = try #require(try await vendor.importUsers(["ann@example.com"]).first)
        _ = try await ledger.setRole(organization, ann.id, account: vendor.account, role: .administrator, by: vendor.operate)
        let then = try ledger.eventCount()
        _ = try await ledger.changePolicy(organization, patch: ["clockSkewSeconds": 5, "forceAuthn": true], by: vendor.operate)
        _ = try await ledger.setRole(organization, ann.id, account: vendor.account, role: .member, by: vendor.operate)
        let count = try ledger.eventCount()

        let shown = try await ledger.restore(organization, to: .sequence(then), applies: false, by: vendor.operate)
        #expect(Set(shown.differences.map(\.what)) == ["policy.clockSkewSeconds", "policy.forceAuthn", "role"])
        #expect(shown.differences.contains { $0.detail.contains("ann@example.com is member of “Example” and becomes administrator") })
        #expect(shown.events.isEmpty)
        #expect(try ledger.eventCount() == count)

        let policy = try await ledger.restore(
            organization, to: .sequence(then), parts: [.policy], applies: true, by: vendor.operate)
        #expect(policy.events == [count + 1])
        let done = try await ledger.restore(organization, to: .sequence(then), applies: true, by: vendor.operate)
        #expect(done.events == [count + 2])
        #expect(try vendor.user("ann@example.com").roles.first?.role == .administrator)
        #expect(try ledger.policy(organization, by: vendor.operate)["clockSkewSeconds"] == 60)
        let event = try #require(try ledger.event(count + 1, by: vendor.operate))
        #expect(event["origin"]?["kind"] == "history")
        #expect(event["origin"]?["place"] == JSON(then))
        let again = try await ledger.restore(organization, to: .sequence(then), applies: true, by: vendor.operate)
        #expect(again.differences.isEmpty && again.events.isEmpty)
        #expect(try ledger.eventCount() == count + 2)
    }

    @Test func `is compared once more where something came after it was looked at`() async throws {
        let vendor = try await Vendor()
        let (ledger, organization) = (vendor.ledger, vendor.organization)
        let then = try ledger.eventCount()
        _ = try await ledger.changePolicy(organization, patch: ["clockSkewSeconds": 5], by: vendor.operate)
        let plan = try ledger.restorationPlan(organization, to: .sequence(then), by: vendor.operate)
        _ = try await ledger.changePolicy(organization, patch: ["clockSkewSeconds": 60, "forceAuthn": true], by: vendor.operate)
        let done = try await ledger.restore(plan, by: vendor.operate)
        #expect(done.differences.map(\.what) == ["policy.forceAuthn"])
        #expect(try ledger.policy(organization, by: vendor.operate)["forceAuthn"] == false)
    }

    @Test func `gets the exact metadata of then, and its people sign in again`() async throws {
        let vendor = try await Vendor()
        let (ledger, organization) = (vendor.ledger, vendor.organization)
        _ = try await vendor.importUsers(["ann@example.com"], method: .sso)
        let then = try ledger.eventCount()
        let other = TestIdentityProvider(signer: TestIdentityProvider.stranger)
        _ = try await ledger.configureIdentityProvider(organization, metadata: other.metadata, by: vendor.operate)
        #expect(try await vendor.signIn("ann@example.com").signedIn == nil)
        let done = try await ledger.restore(
            organization, to: .sequence(then), parts: [.identityProvider], applies: true, by: vendor.operate)
        #expect(done.events.count == 1)
        #expect(done.differences.first?.detail.contains("signing certificate") == true)
        #expect(try await vendor.signIn("ann@example.com").signedIn != nil)
    }

    @Test func `keeps its last owner, and those who were deactivated or came later as they are`() async throws {
        let vendor = try await Vendor()
        let (ledger, organization) = (vendor.ledger, vendor.organization)
        let users = try await vendor.importUsers(["ann@example.com", "ben@example.com"])
        let (ann, ben) = (users[0].id, users[1].id)
        _ = try await ledger.setRole(organization, ben, account: vendor.account, role: .administrator, by: vendor.operate)
        let then = try ledger.eventCount()
        _ = try await ledger.setRole(organization, ann, account: vendor.account, role: .owner, by: vendor.operate)
        let shown = try await ledger.restore(organization, to: .sequence(then), applies: false, by: vendor.operate)
        #expect(shown.refusal?.code == "last_owner")
        #expect(shown.differences.map(\.what) == ["role"], "what differs is shown beside the refusal")
        await #expect(throws: ServiceError.self) {
            _ = try await ledger.restore(organization, to: .sequence(then), applies: true, by: vendor.operate)
        }
        let eve = try #require(try await vendor.importUsers(["eve@example.com"]).first)
        _ = try await ledger.setRole(organization, eve.id, account: vendor.account, role: .owner, by: vendor.operate)
        _ = try await ledger.setRole(organization, ben, account: vendor.account, role: .member, by: vendor.operate)
        _ = try await ledger.setActive(organization, ben, false, by: vendor.operate)
        let done = try await ledger.restore(organization, to: .sequence(then), applies: true, by: vendor.operate)
        #expect(done.differences.count == 1)
        #expect(done.kept.contains { $0.contains("ben@example.com is deactivated") })
        #expect(done.kept.contains { $0.contains("eve@example.com came later") })
        #expect(try vendor.user("ben@example.com").isActive == false)
    }

    @Test func `is refused for a moment before it was or had an identity provider`() async throws {
        let vendor = try await Vendor()
        let configured = try #require(
            try vendor.ledger.events(.init(organization: vendor.organization), page: .all, by: vendor.operate).items
                .first { $0["type"] == "IdentityProviderConfigured" }?["sequence"]?.integerValue)
        for (moment, code) in [(UInt64(1), "organization_unknown"), (UInt64(configured) - 1, "organization_not_configured")] {
            let error = await #expect(throws: ServiceError.self) {
                _ = try await vendor.ledger.restore(
                    vendor.organization, to: .sequence(moment), applies: true, by: vendor.operate)
            }
            #expect(error?.code == code)
        }
        let shown = try await vendor.ledger.restore(
            vendor.organization, to: .sequence(UInt64(configured) - 1), applies: false, by: vendor.operate)
        #expect(shown.refusal?.code == "organization_not_configured" && shown.events.isEmpty)
    }
}
