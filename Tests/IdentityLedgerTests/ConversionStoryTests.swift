import Events
import IdentityLedger
import Ledger
import SAML
import Testing

@Suite("A customer moves to single sign-on")
struct ConversionStoryTests {
    @Test("existing users are refused until converted; one is tested, then all, and all can go back")
    func story() async throws {
        let vendor = try await Vendor()
        let imported = try await vendor.importUsers(["alice@example.com", "bob@example.com", "carol@example.com"])
        #expect(imported.map(\.signInMethod) == [.password, .password, .password])
        #expect(try await vendor.signIn("alice@example.com").name == "user_not_converted")

        let early = await #expect(throws: ServiceError.self) {
            try await vendor.ledger.convert(vendor.organization, emails: nil, by: vendor.operate)
        }
        #expect(early?.code == "conversion_untested")
        #expect(early?.status == 409)

        let one = try await vendor.ledger.convert(
            vendor.organization, emails: ["Alice@example.com", "alice@example.com"], by: vendor.operate)
        #expect(one.changed == 1)
        #expect(try await vendor.signIn("alice@example.com").name == "signedIn")

        let all = try await vendor.ledger.convert(vendor.organization, emails: nil, by: vendor.operate)
        #expect(all.changed == 2)
        #expect(try await vendor.signIn("bob@example.com").name == "signedIn")

        let back = try await vendor.ledger.revertConversion(vendor.organization, emails: nil, by: vendor.operate)
        #expect(back.changed == 3)
        #expect(try await vendor.signIn("carol@example.com").name == "user_not_converted")
        let repeated = try await vendor.ledger.revertConversion(vendor.organization, emails: nil, by: vendor.operate)
        #expect(repeated.changed == 0)
    }

    @Test("an import is whole or not at all")
    func wholeImport() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.importUsers(["alice@example.com"])
        let conflict = await #expect(throws: ServiceError.self) {
            try await vendor.importUsers(["dave@example.com", "ALICE@example.com"])
        }
        #expect(conflict?.code == "conflict")
        #expect(try vendor.ledger.users(vendor.organization, by: vendor.operate).items.count == 1)
        await #expect(throws: ServiceError.self) {
            try await vendor.importUsers(["eve@example.com", "Eve@example.com"])
        }
    }

    @Test("a test of the connection shows every check, makes no session and no user")
    func testLogin() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.importUsers(["alice@example.com"])
        let login = try vendor.ledger.startLogin(vendor.organization, isTest: true)
        let answer = await vendor.post(
            try vendor.response("alice@example.com", inResponseTo: login.requestID),
            requests: [.init(id: login.requestID, isTest: true)])
        guard case .tested(let report) = answer else { throw Unexpected() }
        #expect(report.isAccepted)
        #expect(report.email == "alice@example.com")
        #expect(report.steps.count > 8)
        #expect(try vendor.types().contains("SessionStarted") == false)
        #expect(try vendor.user("alice@example.com").lastLoginAt == nil)
        #expect(try vendor.ledger.organization(vendor.organization, by: vendor.operate).isTested == false)

        let second = try vendor.ledger.startLogin(vendor.organization, isTest: true)
        vendor.clock.advance(seconds: 1000)
        let failed = await vendor.post(
            try vendor.response("alice@example.com", inResponseTo: second.requestID),
            requests: [.init(id: second.requestID, isTest: true)])
        guard case .tested(let refused) = failed else { throw Unexpected() }
        #expect(refused.refusal?.code == .requestUnknown)
        #expect(refused.steps.last?.ok == false)
    }

    @Test("deactivating ends sessions and refuses; reactivating lets in again")
    func deactivation() async throws {
        let vendor = try await Vendor()
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        _ = try await vendor.ledger.setActive(vendor.organization, alice.user, false, by: vendor.operate)
        #expect(try vendor.ledger.session(token: alice.token) == nil)
        #expect(try await vendor.signIn("alice@example.com").name == "user_deactivated")
        _ = try await vendor.ledger.setActive(vendor.organization, alice.user, true, by: vendor.operate)
        #expect(try await vendor.signIn("alice@example.com").name == "signedIn")
    }

    @Test("of an owner among many is found wherever it is, in memory or not", arguments: [false, true])
    func ownerAmongMany(isInMemory: Bool) async throws {
        let vendor = try await Vendor()
        let people = try await vendor.importUsers((0..<1001).map { "p\($0)@example.com" })
        let ends = try #require([people.map(\.id).min(), people.map(\.id).max()].compactMap { $0 } as [Identifier]?)
        for id in ends {
            _ = try await vendor.ledger.setRole(vendor.organization, id, account: vendor.account, role: .owner, by: vendor.operate)
        }
        if isInMemory { _ = try vendor.ledger.readDirectoryAhead(after: nil) }
        #expect(try vendor.ledger.hasDirectory(vendor.organization) == isInMemory)
        _ = try await vendor.ledger.setRole(vendor.organization, ends[0], account: vendor.account, role: .member, by: vendor.operate)
        let last = await #expect(throws: ServiceError.self) {
            _ = try await vendor.ledger.setRole(vendor.organization, ends[1], account: vendor.account, role: .member, by: vendor.operate)
        }
        #expect(last?.code == "last_owner")
        #expect(try vendor.ledger.user(vendor.organization, ends[1], by: vendor.operate).role(in: vendor.account) == .owner)
    }

    @Test("of owners who are all lowered or deactivated at once, one stays")
    func ownersAtOnce() async throws {
        let vendor = try await Vendor()
        let people = try await vendor.importUsers((0..<6).map { "owner\($0)@example.com" }, method: .sso)
        for person in people {
            _ = try await vendor.ledger.setRole(vendor.organization, person.id, account: vendor.account, role: .owner, by: vendor.operate)
        }
        let signedIn = try #require(try await vendor.signIn(people[0].email ?? "").signedIn)
        let owner = try #require(try vendor.ledger.authenticate(session: signedIn.token))
        let lower = { @Sendable (index: Int) async throws(ServiceError) in
            let id = people[index].id
            _ =
                index.isMultiple(of: 2)
                ? try await vendor.ledger.setRole(vendor.organization, id, account: vendor.account, role: .member, by: owner)
                : try await vendor.ledger.setActive(vendor.organization, id, false, by: owner)
        }
        let refused = await withTaskGroup(of: [String].self) { group in
            for index in 1..<people.count {
                group.addTask {
                    do throws(ServiceError) { try await lower(index) } catch { return [error.code] }
                    return []
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        // The one who does it is an owner all the while, so that each of the others may go.
        #expect(refused.isEmpty, "\(refused)")
        let last = await #expect(throws: ServiceError.self) { try await lower(0) }
        #expect(last?.code == "last_owner")
        _ = try await vendor.ledger.setRole(vendor.organization, people[2].id, account: vendor.account, role: .owner, by: owner)
        let all = await withTaskGroup(of: Int.self) { group in
            for index in [0, 2] { group.addTask { (try? await lower(index)) == nil ? 1 : 0 } }
            return await group.reduce(0, +)
        }
        #expect(all == 1)
        let left = try people.filter {
            try vendor.user($0.email ?? "").role(in: vendor.account) == .owner && vendor.user($0.email ?? "").isActive
        }
        #expect(left.count == 1)
    }

    @Test("roles are given and taken, and the last owner stays")
    func roles() async throws {
        let vendor = try await Vendor()
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        let bob = try #require(try await vendor.signIn("bob@example.com").signedIn)
        let owner = try await vendor.ledger.setRole(
            vendor.organization, alice.user, account: vendor.account, role: .owner, by: vendor.operate)
        #expect(owner.roles.map(\.role) == [.owner])
        let signedIn = try #require(try vendor.ledger.authenticate(session: alice.token))
        let lastOwner = await #expect(throws: ServiceError.self) {
            try await vendor.ledger.setRole(
                vendor.organization, alice.user, account: vendor.account, role: .member, by: signedIn)
        }
        #expect(lastOwner?.code == "last_owner")
        _ = try await vendor.ledger.setRole(
            vendor.organization, bob.user, account: vendor.account, role: .administrator, by: signedIn)
        let member = try #require(try vendor.ledger.authenticate(session: bob.token))
        let forbidden = await #expect(throws: ServiceError.self) {
            try await vendor.ledger.setRole(
                vendor.organization, bob.user, account: vendor.account, role: .owner, by: member)
        }
        #expect(forbidden?.code == "forbidden")
    }

    @Test("C56: erasing a person leaves nothing to read, and every event in its place")
    func erasure() async throws {
        let vendor = try await Vendor()
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        let before = try vendor.ledger.eventCount()
        try await vendor.ledger.eraseUser(vendor.organization, alice.user, by: vendor.operate)
        let after = try vendor.ledger.eventCount()
        try await vendor.ledger.eraseUser(vendor.organization, alice.user, by: vendor.operate)
        #expect(try vendor.ledger.eventCount() == after)
        #expect(try vendor.ledger.eventCount() > before)
        #expect(try vendor.ledger.session(token: alice.token) == nil)
        #expect(throws: ServiceError.self) { try vendor.user("alice@example.com") }
        let events = try vendor.ledger.events(.init(organization: vendor.organization), page: .all, by: vendor.operate)
        #expect(!events.items.contains { $0.text.contains("alice@example.com") })
        let snapshot = try vendor.ledger.ledger.snapshot()
        #expect(try vendor.ledger.evidence(of: alice.reference, in: snapshot) == nil)
        #expect(try await vendor.signIn("alice@example.com").signedIn?.isProvisioned == true)
    }
}
