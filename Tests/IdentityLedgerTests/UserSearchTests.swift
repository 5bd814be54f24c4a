import Events
import Identity
import IdentityLedger
import TestSupport
import Testing

@Suite struct `The users of an organization` {
    private static func vendor() async throws -> Vendor {
        let vendor = try await Vendor()
        let people = [
            ("ann@acme.example", "Ann Lee"), ("Anton@acme.example", ""), ("bob@acme.example", "Bob Hannes"), ("joann@acme.example", "Jo"),
        ]
        _ = try await vendor.ledger.importUsers(
            vendor.organization,
            try people.map {
                NewUser(email: try #require(EmailAddress($0.0)), name: $0.1, signInMethod: .password, roles: [])
            }, by: vendor.operate)
        return vendor
    }

    private static func find(_ vendor: Vendor, _ change: (inout UserSelection) -> Void) throws -> [String] {
        var selection = UserSelection()
        change(&selection)
        return try vendor.ledger.users(vendor.organization, selection, page: 1, by: vendor.operate).users.compactMap(\.email)
    }

    @Test func `are found by a part of the address or the name, those whose address begins so first`() async throws {
        let vendor = try await Self.vendor()
        #expect(try Self.find(vendor) { $0.text = "ANN" } == ["ann@acme.example", "bob@acme.example", "joann@acme.example"])
        #expect(try Self.find(vendor) { $0.text = "bob@acme.example" } == ["bob@acme.example"])
        #expect(try Self.find(vendor) { $0.text = "lee" } == ["ann@acme.example"])
        #expect(try Self.find(vendor) { $0.text = "nobody" } == [])
        #expect(try Self.find(vendor) { $0.text = String(repeating: "a", count: 100_000) } == [])
        #expect(try Self.find(vendor) { _ in }.count == 4)
    }

    @Test func `are found by what they may do, as it is after each change`() async throws {
        let vendor = try await Self.vendor()
        let ann = try vendor.user("ann@acme.example").id
        #expect(try Self.find(vendor) { $0.isActive = false } == [])
        _ = try await vendor.ledger.setActive(vendor.organization, ann, false, by: vendor.operate)
        #expect(try Self.find(vendor) { $0.isActive = false } == ["ann@acme.example"])
        _ = try await vendor.ledger.convert(vendor.organization, emails: ["bob@acme.example"], by: vendor.operate)
        #expect(try Self.find(vendor) { $0.signInMethod = .sso } == ["bob@acme.example"])
        #expect(try Self.find(vendor) { $0.isConverted = true } == ["bob@acme.example"])
        let bob = try vendor.user("bob@acme.example").id
        let changed = try await vendor.ledger.setRole(vendor.organization, bob, account: vendor.account, role: .owner, by: vendor.operate)
        #expect(changed.recorded.count == 1)
        #expect(try Self.find(vendor) { $0.role = .owner } == ["bob@acme.example"])
        #expect(try Self.find(vendor) { ($0.role, $0.account) = (Role.none, vendor.account) }.count == 3)
        #expect(try await vendor.signIn("carl@acme.example").name == "signedIn")
        #expect(try Self.find(vendor) { $0.account = vendor.account } == ["bob@acme.example", "carl@acme.example"])
        #expect(try Self.find(vendor) { $0.isConverted = true } == ["bob@acme.example"])
    }

    @Test func `are told to who administers one account by what they are there alone`() async throws {
        let vendor = try await Self.vendor()
        let other = try await vendor.ledger.addAccount(vendor.organization, name: "Other", by: vendor.operate).id
        let (ann, bob) = (try vendor.user("ann@acme.example").id, try vendor.user("bob@acme.example").id)
        func give(_ user: Identifier, _ role: Role, in account: Identifier, by caller: Caller? = nil) async throws -> UInt64 {
            let changed = try await vendor.ledger.setRole(
                vendor.organization, user, account: account, role: role, by: caller ?? vendor.operate)
            return changed.recorded.first ?? 0
        }
        _ = try await give(ann, .administrator, in: vendor.account)
        let foreign = try await give(bob, .owner, in: other)
        let theirs = try await give(bob, .member, in: vendor.account)
        let caller = Caller(
            actor: .user(ann),
            authority: .user(organization: vendor.organization, user: ann, roles: try vendor.user("ann@acme.example").roles))
        func find(_ change: (inout UserSelection) -> Void) throws -> [Identifier] {
            var selection = UserSelection()
            change(&selection)
            return try vendor.ledger.userIDs(vendor.organization, selection, by: caller)
        }
        #expect(try find { _ in } == [ann, bob])
        #expect(try find { $0.role = .owner } == [])
        #expect(try find { $0.account = other } == [])
        #expect(try find { ($0.role, $0.account) = (.owner, other) } == [])
        #expect(try find { $0.role = .member } == [bob])
        let accounts = try vendor.ledger.administeredAccounts(vendor.organization, by: caller)
        let row = try #require(try vendor.ledger.users(vendor.organization, [bob], by: caller).first).csv(accounts)
        #expect(row.contains(",member in Example,") && !row.contains("owner") && !row.contains(other.description))
        let done = try await give(bob, .administrator, in: vendor.account, by: caller)
        #expect(try vendor.ledger.historyEntry(done, of: vendor.organization, by: caller)?.email == "bob@acme.example")
        for event in [foreign, theirs] {
            #expect(try vendor.ledger.historyEntry(event, of: vendor.organization, by: caller) == nil)
            #expect(try vendor.ledger.historyEntry(event, of: vendor.organization, by: vendor.operate) != nil)
        }
    }

    @Test func `are forgotten where they were kept in memory when they are erased`() async throws {
        let vendor = try await Self.vendor()
        #expect(try Self.find(vendor) { $0.text = "ann@" } == ["ann@acme.example", "joann@acme.example"])
        try await vendor.ledger.eraseUser(vendor.organization, try vendor.user("ann@acme.example").id, by: vendor.operate)
        #expect(try Self.find(vendor) { $0.text = "ann@" } == ["joann@acme.example"])
        #expect(try vendor.ledger.users(vendor.organization, by: vendor.operate).items.count == 3)
    }

    @Test func `of a large organization are read ahead, those of a small one when somebody asks`() async throws {
        let vendor = try await Vendor()
        #expect(try vendor.ledger.readDirectoryAhead(after: nil) == vendor.organization)
        #expect(try !vendor.ledger.hasDirectory(vendor.organization), "too few to wait for")
        for start in [0, 600] { _ = try await vendor.importUsers((start..<start + 600).map { "user\($0)@acme.example" }) }
        #expect(try vendor.ledger.readDirectoryAhead(after: nil) == vendor.organization)
        #expect(try vendor.ledger.hasDirectory(vendor.organization))
        #expect(try vendor.ledger.readDirectoryAhead(after: vendor.organization) == nil)
        let page = try vendor.ledger.users(vendor.organization, UserSelection(), page: 48, by: vendor.operate)
        #expect(page.found == 1200 && page.users.last?.email == "user9@acme.example")
    }

    @Test func `are paged forwards and back, and beyond the end there is the last page`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.importUsers((0..<60).map { "user\($0 < 10 ? "0" : "")\($0)@acme.example" })
        func page(_ number: Int) throws -> UserPage {
            try vendor.ledger.users(vendor.organization, UserSelection(), page: number, by: vendor.operate)
        }
        let (first, second, last) = (try page(1), try page(2), try page(99))
        #expect((first.number, first.count, first.found, first.total) == (1, 3, 60, 60))
        #expect(first.users.last?.email == "user24@acme.example" && second.users.first?.email == "user25@acme.example")
        #expect(last.number == 3 && last.users.count == 10)
        #expect(try page(-5).users == first.users)
        let ids = try vendor.ledger.userIDs(vendor.organization, UserSelection(), by: vendor.operate)
        #expect(Array(ids.prefix(25)) == first.users.map(\.id) && ids.count == 60)
    }

    @Test(arguments: 0..<4) func `are the same after any changes as they are for somebody who reads them anew`(_ seed: Int) async throws {
        let vendor = try await Vendor()
        var random = Seeded(state: UInt64(seed))
        let emails = (0..<30).map { "u\($0)@acme.example" }
        var ids = try await vendor.importUsers(emails).map(\.id)
        for _ in 0..<25 {
            let id = ids[Int.random(in: ids.indices, using: &random)]
            switch Int.random(in: 0..<5, using: &random) {
            case 0: _ = try await vendor.ledger.setActive(vendor.organization, id, Bool.random(using: &random), by: vendor.operate)
            case 1:
                _ = try? await vendor.ledger.setRole(
                    vendor.organization, id, account: vendor.account,
                    role: [.none, .member, .owner].randomElement(using: &random) ?? .none,
                    by: vendor.operate)
            case 2:
                try await vendor.ledger.eraseUser(vendor.organization, id, by: vendor.operate)
                ids.removeAll { $0 == id }
            case 3: _ = try await vendor.ledger.convert(vendor.organization, emails: nil, force: true, by: vendor.operate)
            default: ids += try await vendor.importUsers(["new\(random.next())@acme.example"]).map(\.id)
            }
            let all = try vendor.ledger.users(vendor.organization, by: vendor.operate).items
            #expect(Set(all.map(\.id)) == Set(ids))
            var selection = UserSelection()
            (selection.isActive, selection.role) = (true, .owner)
            let found = try vendor.ledger.userIDs(vendor.organization, selection, by: vendor.operate)
            #expect(Set(found) == Set(all.filter { $0.isActive && $0.role(in: vendor.account) == .owner }.map(\.id)), "seed \(seed)")
            let conversion = try vendor.ledger.conversion(vendor.organization, by: vendor.operate)
            #expect(
                conversion.passwordUsers == all.count { $0.signInMethod == .password }
                    && conversion.ssoUsers == all.count - conversion.passwordUsers)
        }
    }
}

@Suite struct `A conversion of everyone` {
    @Test func `is done in pieces, counted whole, and undone`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.importUsers((0..<1201).map { "user\($0)@acme.example" })
        let changed = try await vendor.ledger.convert(vendor.organization, emails: nil, force: true, by: vendor.operate)
        #expect(changed.changed == 1201 && changed.recorded.count == 1201)
        #expect(try vendor.ledger.conversion(vendor.organization, by: vendor.operate).ssoUsers == 1201)
        let again = try await vendor.ledger.convert(vendor.organization, emails: nil, force: true, by: vendor.operate)
        #expect(again.changed == 0 && again.recorded.isEmpty)
        #expect(try await vendor.ledger.revertConversion(vendor.organization, emails: nil, by: vendor.operate).changed == 1201)
    }

    @Test func `is told who isn't there before anyone is changed, and does a long list in pieces`() async throws {
        let vendor = try await Vendor()
        let all = (0..<1100).map { "user\($0)@acme.example" }
        let users = try await vendor.importUsers(all)
        let unknown = await #expect(throws: ServiceError.self) {
            try await vendor.ledger.convert(vendor.organization, emails: all + ["nobody@acme.example"], by: vendor.operate)
        }
        #expect(unknown?.code == "not_found")
        #expect(try vendor.ledger.conversion(vendor.organization, by: vendor.operate).ssoUsers == 0)
        let named = ["USER7@acme.example"] + all.reversed()
        let changed = try await vendor.ledger.convertUsers(vendor.organization, emails: named, by: vendor.operate)
        #expect(changed.changed == 1100 && changed.recorded.count == 1100)
        #expect(changed.users.count == 1100 && Set(changed.users) == Set(users.map(\.id)))
        #expect(try await vendor.ledger.revertConversion(vendor.organization, emails: all, by: vendor.operate).changed == 1100)
        #expect(try await vendor.ledger.convert(vendor.organization, emails: [], by: vendor.operate).changed == 0)
    }

    @Test func `shows the login that tested it`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.importUsers(["ann@acme.example", "bob@acme.example"])
        _ = try await vendor.ledger.convert(vendor.organization, emails: ["ann@acme.example"], by: vendor.operate)
        #expect(try vendor.ledger.conversion(vendor.organization, by: vendor.operate).testLogin == nil)
        #expect(try await vendor.signIn("ann@acme.example").name == "signedIn")
        let login = try #require(try vendor.lastLogin())
        #expect(try await vendor.signIn("ann@acme.example").name == "signedIn")
        let conversion = try vendor.ledger.conversion(vendor.organization, by: vendor.operate)
        #expect(conversion.testLogin == login && conversion.convertedUsers == 1 && conversion.isTested)
    }
}
