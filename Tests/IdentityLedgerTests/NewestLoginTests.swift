import Events
import Identity
import IdentityLedger
import TestSupport
import Testing

@Suite struct `The newest logins` {
    private static func filter(_ change: (inout LoginFilter) -> Void) -> LoginFilter {
        var filter = LoginFilter()
        change(&filter)
        return filter
    }

    @Test func `are found by person, time, outcome and code, the newest first`() async throws {
        let vendor = try await Vendor(policy: ["allowedEmailDomains": ["acme.example"]])
        for email in ["ann@acme.example", "eve@other.example", "bob@acme.example", "ann@acme.example"] {
            _ = try await vendor.signIn(email)
            vendor.clock.advance(seconds: 3600)
        }
        func find(before: UInt64? = nil, limit: Int = 50, _ change: (inout LoginFilter) -> Void) throws -> LoginPage {
            try vendor.ledger.logins(vendor.organization, Self.filter(change), before: before, limit: limit, by: vendor.operate)
        }
        let all = try find { _ in }
        #expect(all.logins.map(\.email) == ["ann@acme.example", "bob@acme.example", "eve@other.example", "ann@acme.example"])
        #expect(all.next == nil && all.lookedThroughUntil == nil)
        #expect(try find { $0.person = "ANN@acme.example" }.logins.count == 2)
        #expect(try find { $0.person = "eve@other.example" }.logins.map(\.code) == ["email_domain_not_allowed"])
        let ann = try vendor.user("ann@acme.example").id
        #expect(try find { $0.person = ann.description }.logins.count == 2)
        #expect(try find { $0.person = "nobody@acme.example" }.logins.isEmpty)
        #expect(try find { $0.isAccepted = false }.logins.map(\.email) == ["eve@other.example"])
        #expect(try find { $0.code = "expired" }.logins.isEmpty)
        let second = all.logins[2].recordedAt
        #expect(try find { $0.since = second }.logins.count == 3)
        #expect(try find { $0.until = second }.logins.count == 1)
        let page = try find(limit: 3) { _ in }
        #expect(page.logins == Array(all.logins.prefix(3)))
        #expect(try find(before: page.next, limit: 3) { _ in }.logins == Array(all.logins.suffix(1)))
    }

    @Test func `are counted by day and outcome, the same whether read anew or followed`() async throws {
        let vendor = try await Vendor(policy: ["allowedEmailDomains": ["acme.example"]])
        for _ in 0..<2 {
            _ = try await vendor.signIn("ann@acme.example")
            _ = try await vendor.signIn("eve@other.example")
            let tally = try vendor.ledger.loginTally(vendor.organization, by: vendor.operate)
            let table = tally.table(now: vendor.clock.now)
            #expect(table.count == 30 && tally.since == nil)
            let today = try #require(table.last)
            #expect(today.counts.accepted == 1 && today.counts.refused == 1 && today.counts.all == 2)
            vendor.clock.advance(seconds: 86400)
        }
        let table = try vendor.ledger.loginTally(vendor.organization, by: vendor.operate).table(now: vendor.clock.now)
        #expect(table.map(\.counts.all).suffix(3) == [2, 2, 0])
        vendor.clock.advance(seconds: 86400 * 28)
        let later = try vendor.ledger.loginTally(vendor.organization, by: vendor.operate)
        #expect(later.table(now: vendor.clock.now).map(\.counts.all).reduce(0, +) == 2, "the first day is over for 30 days")
    }
}

@Suite struct `The newest events` {
    @Test func `are told in sentences, and found by type, person and time`() async throws {
        let vendor = try await Vendor()
        let ann = try #require(try await vendor.importUsers(["ann@acme.example"]).first)
        _ = try await vendor.ledger.setRole(vendor.organization, ann.id, account: vendor.account, role: .member, by: vendor.operate)
        _ = try await vendor.ledger.convert(vendor.organization, emails: ["ann@acme.example"], by: vendor.operate)
        _ = try await vendor.signIn("ann@acme.example")
        func find(before: UInt64? = nil, limit: Int = 50, _ change: (inout HistoryFilter) -> Void) throws -> HistoryPage {
            var filter = HistoryFilter()
            change(&filter)
            return try vendor.ledger.history(vendor.organization, filter, before: before, limit: limit, by: vendor.operate)
        }
        let all = try find { _ in }.entries
        #expect(all.map(\.sequence) == all.map(\.sequence).sorted(by: >))
        #expect(
            Set(all.map(\.type)).isSuperset(of: ["AssertionReceived", "SessionStarted", "UserImported", "RoleChanged", "UserConverted"]))
        #expect(all.allSatisfy { [".", "…"].contains($0.what.suffix(1)) })
        #expect(
            all.contains { $0.what == "From none to member in “Example”." && $0.email == "ann@acme.example" && $0.by == "the command line" }
        )
        #expect(all.contains { $0.what == "A login was accepted." })
        #expect(try find { $0.onlyChanges = true }.entries.allSatisfy { !["AssertionReceived", "SessionStarted"].contains($0.type) })
        #expect(try find { $0.type = "UserConverted" }.entries.map(\.what) == ["Converted to single sign-on."])
        #expect(try find { $0.person = "ann@acme.example" }.entries.allSatisfy { $0.user == ann.id })
        #expect(throws: ServiceError.self) { try find { $0.person = "nobody@acme.example" } }
        #expect(throws: ServiceError.self) { try find { $0.type = "Nonsense" } }
        let first = try find(limit: 3) { _ in }
        #expect(first.entries == Array(all.prefix(3)))
        #expect(try find(before: first.next) { _ in }.entries == Array(all.dropFirst(3)))
        #expect(EventBody.examples.count == EventBody.names.count)
    }
}
