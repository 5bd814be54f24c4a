import Events
import Identity
import IdentityLedger
import Ledger
import TestSupport
import Testing

@Suite struct `An access report` {
    @Test func `says who gained and lost access within its period, who signed in, what changed and by whom`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.importUsers(["ann@example.com", "old@example.com"], method: .sso)
        vendor.clock.advance(seconds: 86400)
        let from = vendor.clock.now
        _ = try await vendor.signIn("new@example.com")
        _ = try await vendor.signIn("ann@example.com")
        _ = try await vendor.signIn("ann@example.com")
        let (ann, old) = (try vendor.user("ann@example.com"), try vendor.user("old@example.com"))
        _ = try await vendor.ledger.setRole(
            vendor.organization, ann.id, account: vendor.account, role: .administrator, by: vendor.operate)
        let annCaller = Caller(
            actor: .user(ann.id),
            authority: .user(organization: vendor.organization, user: ann.id, roles: try vendor.user("ann@example.com").roles))
        _ = try await vendor.ledger.setActive(vendor.organization, old.id, false, by: annCaller)
        _ = try await vendor.signIn("old@example.com")
        vendor.clock.advance(seconds: 10)
        let to = vendor.clock.now
        _ = try await vendor.ledger.setActive(vendor.organization, old.id, true, by: vendor.operate)

        let report = try vendor.ledger.accessReport(vendor.organization, .init(from: from, to: to), by: vendor.operate)
        #expect(report.users.map(\.user.email) == ["ann@example.com", "new@example.com", "old@example.com"])
        #expect(report.users.map(\.access) == ["kept", "gained", "lost"])
        #expect(report.users.map(\.accepted) == [2, 1, 0] && report.users.map(\.refused) == [0, 0, 1])
        #expect(report.accepted == 3 && report.refused == 1 && report.signInCount == 2)
        #expect(report.gained.map(\.user.email) == ["new@example.com"] && report.lost.map(\.user.email) == ["old@example.com"])
        let types = report.changes.map(\.type)
        #expect(types == ["UserProvisioned", "RoleChanged", "RoleChanged", "UserDeactivated"])
        #expect(report.changes.map(\.by).suffix(2) == ["the command line", "ann@example.com"])
        #expect(report.changes.suffix(2).map(\.what) == ["From member to administrator in “Example”.", "Deactivated."])
        #expect(report.users.first?.changes == Array(report.changes.map(\.sequence)[1...2]))
        #expect(report.changes.allSatisfy { ($0.sequence >= report.first) && ($0.sequence <= report.last) })
    }

    @Test func `rests on a checkpoint that verifies, and tells configuration and credentials too`() async throws {
        let vendor = try await Vendor(policy: ["sessionSeconds": 600])
        let link = try await vendor.ledger.issueSetupLink(vendor.organization, by: vendor.operate)
        _ = try await vendor.ledger.useSetupLink(link.token)
        _ = try await vendor.ledger.issueToken(role: "auditor", organization: vendor.organization, by: vendor.operate)
        let report = try vendor.ledger.accessReport(vendor.organization, by: vendor.operate)
        let areas = Dictionary(grouping: report.changes, by: \.area).mapValues(\.count)
        // The first setup link and the two keys come with the organization.
        #expect(areas[.credentials] == report.changes.count { $0.type.hasPrefix("SetupLink") || $0.type == "TokenIssued" })
        #expect(report.changes.contains { $0.what == "The policy was changed: sessionSeconds." })
        #expect(report.changes.contains { $0.type == "SetupLinkUsed" && $0.by.hasPrefix("setup link \(link.id.description.prefix(8))") })
        #expect(report.changes.contains { $0.what == "A token “auditor” was issued, good without end." })
        let note = try #require(report.basis.checkpoint)
        let snapshot = try vendor.ledger.ledger.snapshot()
        #expect(try vendor.ledger.fault(ofOwn: note, in: snapshot) == nil)
        let root = try snapshot.root().hexadecimal
        #expect(report.basis.size == snapshot.head && report.basis.root == root)
    }

    @Test func `names a person who was erased by ID only, whoever caused what`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.signIn("ann@example.com")
        let ann = try vendor.user("ann@example.com")
        try await vendor.ledger.eraseUser(vendor.organization, ann.id, by: vendor.operate)
        let report = try vendor.ledger.accessReport(vendor.organization, by: vendor.operate)
        #expect(!report.json.text.contains("ann@example.com") && !report.lines.joined().joined().contains("ann@example.com"))
        #expect(report.users.first?.isErased == true && report.users.first?.canSignIn == false)
        #expect(report.changes.last?.what == "Erased." && report.changes.last?.user == ann.id)
    }

    @Test func `is as of then: what happened later changes nothing of it but the names of now`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.signIn("ann@example.com")
        vendor.clock.advance(seconds: 100)
        let period = ReportPeriod(to: vendor.clock.now)
        let before = try vendor.ledger.accessReport(vendor.organization, period, by: vendor.operate)
        vendor.clock.advance(seconds: 100)
        _ = try await vendor.signIn("bob@example.com")
        _ = try await vendor.signIn("ann@example.com")
        let after = try vendor.ledger.accessReport(vendor.organization, period, by: vendor.operate)
        #expect(after.users == before.users && after.changes == before.changes && after.last == before.last)
    }

    @Test func `is read piece by piece with the same changes, of one organization alone`() async throws {
        let vendor = try await Vendor()
        for number in 0..<5 { _ = try await vendor.signIn("user\(number)@example.com") }
        let other = try await vendor.ledger.createOrganization(name: "Other", by: vendor.operate)
        let whole = try vendor.ledger.accessReport(vendor.organization, by: vendor.operate).changes
        var pieces: [AccessChange] = []
        var after: UInt64? = 0
        while let last = after {
            let piece = try vendor.ledger.accessChanges(vendor.organization, .init(), after: last, limit: 3, by: vendor.operate)
            pieces += piece.changes
            after = piece.next
        }
        #expect(pieces == whole)
        let bounded = try vendor.ledger.accessReport(vendor.organization, mostChanges: 2, by: vendor.operate)
        #expect(bounded.changes == Array(whole.prefix(2)) && bounded.changesLeftOut == UInt64(whole.count - 2))
        let service = try vendor.ledger.accessChanges(nil, .init(), by: vendor.operate).changes
        #expect(service.map(\.type) == ["ServiceConfigured"])
        let limited = Caller(actor: .anonymous, authority: .auditor(other.id))
        #expect(throws: ServiceError.self) { try vendor.ledger.accessReport(vendor.organization, by: limited) }
        #expect(throws: ServiceError.self) { try vendor.ledger.accessChanges(nil, .init(), by: limited) }
        #expect(throws: ServiceError.self) {
            try vendor.ledger.accessReport(
                vendor.organization, .init(from: Instant(seconds: 2), to: Instant(seconds: 1)), by: vendor.operate)
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `of two periods that meet is what the report of both together says`(_ seed: UInt64) async throws {
        let vendor = try await Vendor()
        var state = seed
        func random(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        let names = (0..<4).map { "user\($0)@example.com" }
        var instants = [vendor.clock.now]
        for _ in 0..<30 {
            let name = names[Int(random(4))]
            let user = try? vendor.user(name)
            switch (random(4), user) {
            case (0, let user?):
                _ = try await vendor.ledger.setActive(vendor.organization, user.id, !user.isActive, by: vendor.operate)
            case (1, let user?):
                let role: Role = random(2) == 0 ? .administrator : .member
                _ = try await vendor.ledger.setRole(
                    vendor.organization, user.id, account: vendor.account, role: role, by: vendor.operate)
            default: _ = try await vendor.signIn(name)
            }
            vendor.clock.advance(seconds: 60)
            instants.append(vendor.clock.now)
        }
        let (from, middle) = (instants[Int(random(10))], instants[10 + Int(random(15))])
        func report(_ from: Instant?, _ to: Instant?) throws -> AccessReport {
            try vendor.ledger.accessReport(vendor.organization, .init(from: from, to: to), by: vendor.operate)
        }
        let (first, second, both) = (try report(from, middle), try report(middle, nil), try report(from, nil))
        #expect(first.changes + second.changes == both.changes, "seed \(seed)")
        #expect(first.accepted + second.accepted == both.accepted && first.refused + second.refused == both.refused)
        #expect(first.last + 1 == second.first)
        let atEnd = Set(first.users.filter(\.canSignIn).map(\.user.id))
        #expect(atEnd == Set(second.users.filter(\.couldSignIn).map(\.user.id)))
        #expect(second.users.map(\.user) == both.users.map(\.user), "a last login counts also from before the period")
        for access in both.users {
            #expect(try vendor.ledger.user(vendor.organization, access.user.id, by: vendor.operate) == access.user)
        }
    }

    @Test func `keeps a spreadsheet from computing, and its fields apart`() {
        #expect(CSV.row(["=1+1", "+a", "-b", "@c", "\tx", "plain"]) == "'=1+1,'+a,'-b,'@c,'\tx,plain\r\n")
        for (text, inert) in [
            ("a;=1", "a;'=1"), ("a; \t=1", "a; \t'=1"), ("a\tb;c\t@x", "a\tb;c\t'@x"), (" =1", " '=1"), ("a=1;b+2", "a=1;b+2"),
            ("a\n+1", "\"a\n'+1\""), ("a\r\n \u{A0}-1", "\"a\r\n \u{A0}'-1\""), ("a;\"=1\"", "\"a;\"\"'=1\"\"\""),
        ] { #expect(CSV.row([text]) == inert + "\r\n") }
        #expect(CSV.row(["\u{1B}[2J"]) == "\u{FFFD}[2J\r\n")
        #expect(CSV.row(["a\"\u{301}b"]) == "\"a\"\"\u{301}b\"\r\n")
        #expect(CSV.row(["a,b", "say \"hi\"", "two\nlines", "", "\rz"]) == "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",,\"'\rz\"\r\n")
    }
}
