import Events
import Identity
import IdentityLedger
import Replay
import Testing

@Suite struct `The state as of a moment` {
    /// A story in which users come in every way, and an organization's row changes in many.
    private static func story() async throws -> Vendor {
        let vendor = try await Vendor()
        _ = try await vendor.importUsers(["ann@example.com", "bob@example.com"])
        _ = try await vendor.ledger.convert(vendor.organization, emails: ["ann@example.com"], by: vendor.operate)
        for name in ["cleo", "ann", "ann"] {
            vendor.clock.advance(seconds: 60)
            _ = try await vendor.signIn("\(name)@example.com")
        }
        _ = try await vendor.ledger.changePolicy(vendor.organization, patch: ["allowedEmailDomains": ["example.com"]], by: vendor.operate)
        let cleo = try vendor.user("cleo@example.com").id
        _ = try await vendor.ledger.setRole(vendor.organization, cleo, account: vendor.account, role: .administrator, by: vendor.operate)
        _ = try await vendor.ledger.setActive(vendor.organization, cleo, false, by: vendor.operate)
        _ = try await vendor.signIn("cleo@example.com")
        try await vendor.ledger.eraseUser(vendor.organization, try vendor.user("bob@example.com").id, by: vendor.operate)
        _ = try await vendor.ledger.renameOrganization(vendor.organization, to: "Renamed", by: vendor.operate)
        return vendor
    }

    @Test func `is at every event what a fold of all events up to it gives`() async throws {
        let vendor = try await Self.story()
        let people = try ["ann", "cleo"].map { try vendor.user("\($0)@example.com").id }
        for sequence in 1...(try vendor.ledger.eventCount()) {
            let rows = try StateAsOf.text(vendor.ledger, at: .sequence(sequence), organization: vendor.organization)
                .split(separator: "\n").map { try JSON(parsing: String($0)) }
            let row = rows.first { $0["table"]?.stringValue == "organizations" }?["value"]
            let view = try? vendor.ledger.organization(vendor.organization, at: .sequence(sequence), by: vendor.operate)
            #expect((row == nil) == (view == nil))
            #expect(view?.name == row?["name"]?.stringValue)
            #expect(view?.isTested ?? false == row?["testedSinceConfiguration"]?.boolValue ?? false, "at event \(sequence)")
            #expect((view?.identityProvider == nil) == (row?["identityProvider"] == nil))
            for id in people {
                let row = rows.first { $0["table"]?.stringValue == "users" && $0["key"]?.stringValue?.hasSuffix(id.description) == true }
                let user = try? vendor.ledger.user(vendor.organization, id, at: .sequence(sequence), by: vendor.operate)
                #expect((row == nil) == (user == nil), "at event \(sequence)")
                #expect(user?.isActive ?? false == row?["value"]?["active"]?.boolValue ?? false, "at event \(sequence)")
                #expect(user?.roles.count ?? 0 == row?["value"]?["roles"]?.arrayValue?.count ?? 0, "at event \(sequence)")
                let login = row?["value"]?["lastLoginAt"]?.stringValue
                #expect(user?.lastLoginAt?.nanoseconds ?? 0 == login.flatMap { UInt64($0) } ?? 0, "at event \(sequence)")
            }
        }
    }

    @Test func `differs from another one in sentences that a person reads`() async throws {
        let vendor = try await Self.story()
        func sentences(_ from: Moment, _ to: Moment? = nil, user: String? = nil) throws -> [String] {
            try vendor.ledger.differences(vendor.organization, from: from, to: to, user: user, by: vendor.operate).differences.map(\.detail)
        }
        let all = try sentences(.sequence(0))
        for sentence in [
            "The organization “Renamed” was made.", "ann@example.com was brought in.", "cleo@example.com was provisioned by a login.",
            "The policy's allowedEmailDomains was [] and is [\"example.com\"].", "The account “Example” was added.",
            "cleo@example.com was not in “Example” and is administrator of it.",
        ] { #expect(all.contains(sentence), "\(sentence) is not among \(all)") }
        #expect(all.contains { $0.hasPrefix("The identity provider") } && all.contains { $0.hasSuffix("was erased.") })
        #expect(all.allSatisfy { !$0.contains("bob@") }, "what was erased is not told")
        let head = try vendor.ledger.eventCount()
        #expect(try sentences(.sequence(head)).isEmpty)
        #expect(try sentences(.sequence(head - 1)) == ["The organization was named “Example” and is named “Renamed”."])
        let cleo = try sentences(.sequence(1), user: "cleo@example.com")
        #expect(cleo.allSatisfy { $0.hasPrefix("cleo@example.com") } && cleo.count == 2, "\(cleo)")
        #expect(throws: ServiceError.self) { try sentences(.sequence(head), .sequence(1)) }
        #expect(throws: ServiceError.self) { try sentences(.sequence(head + 1)) }
        #expect(throws: ServiceError.self) {
            try vendor.ledger.differences(vendor.organization, from: .sequence(0), by: Caller(actor: .anonymous, authority: .nobody))
        }
    }
}
