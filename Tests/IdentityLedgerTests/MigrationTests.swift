import Cryptography
import Events
import Identity
import IdentityLedger
import Ledger
import SAML
import Synchronization
import TestSupport
import Testing

@Suite struct `A folder of metadata` {
    @Test func `is only looked at first, then becomes organizations whose people sign in, and again changes nothing`() async throws {
        let vendor = try await Vendor()
        let files = [vendor.file("Acme"), vendor.file("Brown & Co")]
        let count = try vendor.ledger.eventCount()

        let (shown, looked) = try await vendor.migrate(files, .dryRun)
        #expect(shown.map(\.outcome) == [.created, .created])
        #expect(!looked.applied && looked[.created] == 2)
        #expect(try vendor.ledger.eventCount() == count)

        let (made, done) = try await vendor.migrate(files, .whole)
        #expect(made.map(\.outcome) == [.created, .created])
        #expect(done.applied)
        let acme = try #require(made[0].organization)
        let state = try vendor.ledger.organization(acme, by: vendor.operate)
        #expect(state.name == "Acme")
        #expect(state.identityProvider?.entityID == vendor.provider.entityID)
        #expect(try vendor.ledger.serviceProviderKeys(acme, by: vendor.operate).count == 2)
        #expect(try vendor.origins(of: acme) == ["OrganizationCreated", "AccountAdded", "IdentityProviderConfigured"])

        let after = try vendor.ledger.eventCount()
        let (again, same) = try await vendor.migrate(files, .whole)
        #expect(again.map(\.outcome) == [.unchanged, .unchanged])
        #expect(again[0].organization == acme)
        #expect(!same.changesSomething)
        #expect(try vendor.ledger.eventCount() == after)
    }

    @Test func `configures an organization of that ID that has no identity provider, or the same one`() async throws {
        let vendor = try await Vendor(isConfigured: false)
        let (items, _) = try await vendor.migrate([vendor.file(vendor.organization.description)], .whole)
        #expect(items.map(\.outcome) == [.configured])
        #expect(items[0].organization == vendor.organization)
        #expect(try vendor.origins(of: vendor.organization) == ["IdentityProviderConfigured"])
        // Another key of the same identity provider.
        let renewed = TestIdentityProvider(signer: TestIdentityProvider.stranger)
        let (changed, _) = try await vendor.migrate([vendor.file(vendor.organization.description, renewed)], .whole)
        #expect(changed.map(\.outcome) == [.configured])
        #expect(changed[0].detail.contains("signing certificate"))
        let other = TestIdentityProvider(entityID: "https://other.example/", signer: TestIdentityProvider.pair)
        let (refused, _) = try await vendor.migrate([vendor.file(vendor.organization.description, other)], .skippingRefused)
        #expect(refused.map(\.outcome) == [.refused])
        #expect(refused[0].detail.contains("https://other.example/"))
    }

    @Test func `leaves alone what is fetched from a URL`() async throws {
        let vendor = try await Vendor(isConfigured: false)
        _ = try await vendor.ledger.configureIdentityProvider(
            vendor.organization, metadata: vendor.provider.metadata, metadataURL: "https://idp.example/metadata", by: vendor.operate)
        #expect(try await vendor.migrate([vendor.file(vendor.organization.description)], .whole).items.map(\.outcome) == [.unchanged])
        let renewed = TestIdentityProvider(signer: TestIdentityProvider.stranger)
        #expect(
            try await vendor.migrate([vendor.file(vendor.organization.description, renewed)], .whole).items.map(\.outcome) == [.refused])
    }

    @Test func `believes no name that was given since`() async throws {
        let vendor = try await Vendor(isConfigured: false)
        let (byName, _) = try await vendor.migrate([vendor.file("Example")], .skippingRefused)
        #expect(byName.map(\.outcome) == [.refused])
        #expect(byName[0].detail.contains("\(vendor.organization)") && byName[0].detail.contains("--names"))
        let (made, _) = try await vendor.migrate([vendor.file("Acme")], .whole)
        let acme = try #require(made[0].organization)
        _ = try await vendor.ledger.renameOrganization(acme, to: "Big Customer", by: vendor.operate)
        #expect(try await vendor.migrate([vendor.file("Big Customer")], .whole).items.map(\.outcome) == [.refused])
        let twice = [vendor.file("Big Customer"), vendor.file(acme.description)]
        #expect(try await vendor.migrate(twice, .whole).items.map(\.outcome) == [.refused, .refused])
        #expect(try await vendor.migrate([vendor.file(acme.description)], .whole).items.map(\.outcome) == [.unchanged])
    }

    @Test func `is written only if nothing of it is refused, unless the rest is asked for`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.ledger.createOrganization(name: "Double", by: vendor.operate)
        _ = try await vendor.ledger.createOrganization(name: "Double", by: vendor.operate)
        let unreadable = MetadataFile(file: "link.xml", organization: "Link") {
            throw ServiceError(code: "invalid_request", status: 422, detail: "It is a symbolic link.")
        }
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>"
        let files = [
            vendor.file("Good"), unreadable, vendor.file("Twice"), vendor.file("Twice"), vendor.file("Double"), vendor.file("A\u{7}"),
            MetadataFile(file: "bomb.xml", organization: "Bomb") { Array(bomb.utf8) },
            MetadataFile(file: "empty.xml", organization: "Empty") { [] },
        ]
        let count = try vendor.ledger.eventCount()
        let (items, totals) = try await vendor.migrate(files, .whole)
        #expect(items.map(\.outcome) == [.created] + Array(repeating: .refused, count: 7))
        #expect(!totals.applied)
        #expect(try vendor.ledger.eventCount() == count)
        let (_, rest) = try await vendor.migrate(files, .skippingRefused)
        #expect(rest.applied && rest[.created] == 1 && rest[.refused] == 7)
        let names = try vendor.ledger.organizations(page: .all, by: vendor.operate).items.map(\.name)
        #expect(names.sorted() == ["Double", "Double", "Example", "Good"])
    }

    @Test func `that changes between the look and the writing is refused`() async throws {
        let vendor = try await Vendor()
        let documents = Documents([vendor.provider.metadata, TestIdentityProvider(signer: TestIdentityProvider.stranger).metadata])
        let file = MetadataFile(file: "Acme.xml", organization: "Acme") { documents.next() }
        let count = try vendor.ledger.eventCount()
        #expect(try await vendor.migrate([file], .whole).items.map(\.outcome) == [.refused])
        #expect(try vendor.ledger.eventCount() == count)
    }
}

@Suite struct `A file of many organizations' users` {
    @Test func `is only looked at first, then brought in with its origin, and again changes nothing`() async throws {
        let vendor = try await Vendor()
        let other = try await vendor.ledger.createOrganization(name: "Other", by: vendor.operate)
        let file = """
            organization,email,name,signInMethod,role
            Example,ann@example.com,Ann,sso,owner
            \(other.id),ann@example.com,Ann,password,
            Other,bob@example.com,Bob,password,administrator
            """
        let count = try vendor.ledger.eventCount()
        let (shown, looked) = try await vendor.migrate(users: file, .dryRun)
        #expect(shown.map(\.outcome) == [.broughtIn, .broughtIn, .broughtIn])
        #expect(shown.map(\.place) == ["line 2", "line 3", "line 4"])
        #expect(shown[2].detail == "bob@example.com, of “Other” (\(other.id))")
        #expect(!looked.applied)
        #expect(try vendor.ledger.eventCount() == count)

        let (_, done) = try await vendor.migrate(users: file, .whole)
        #expect(done.applied && done[.broughtIn] == 3)
        #expect(try vendor.ledger.eventCount() == count + 3)
        #expect(try vendor.user("ann@example.com").roles.first?.role == .owner)
        #expect(try vendor.origins(of: other.id) == ["UserImported", "UserImported"])
        _ = try #require(try await vendor.signIn("ann@example.com", attributes: [("displayName", ["Ann Archer"])]).signedIn)

        let after = try vendor.ledger.eventCount()
        let (again, same) = try await vendor.migrate(users: file, .whole)
        // A login may bring another name; whoever is here stays as they are.
        #expect(again.map(\.outcome) == [.kept, .unchanged, .unchanged])
        #expect(again[0].detail == "ann@example.com is here already, and has another name.")
        #expect(!same.changesSomething)
        #expect(try vendor.ledger.eventCount() == after)
    }

    @Test func `names every bad line in the file's order, and is whole or skips them`() async throws {
        let vendor = try await Vendor()
        let file = """
            organization,email,name,signInMethod,role
            Nowhere,a@example.com,A,sso,
            Example,good@example.com,Good,sso,
            Example,nobody,B,sso,
            Example,c@example.com,C,saml,
            Example,d@example.com,D,sso,king
            Example,late@example.com,Late,sso,
            Example,e@example.com
            """
        let count = try vendor.ledger.eventCount()
        let (items, totals) = try await vendor.migrate(users: file, .whole)
        #expect(items.map(\.place) == (2...8).map { "line \($0)" })
        #expect(items.map { $0.outcome == .refused } == [true, false, true, true, true, false, true])
        #expect(!totals.applied)
        #expect(try vendor.ledger.eventCount() == count)
        let (_, rest) = try await vendor.migrate(users: file, .skippingRefused)
        #expect(rest[.broughtIn] == 2 && rest[.refused] == 5)
        #expect(try vendor.user("late@example.com").signInMethod == .sso)
        await #expect(throws: ImportFileError.self) { try await vendor.migrate(users: "email,name,signInMethod\n", .whole) }
    }

    @Test func `counts bad lines without end, and names the first thousand`() async throws {
        let vendor = try await Vendor()
        let file = "organization,email,name,signInMethod\n" + String(repeating: "x\n", count: 2500) + "Example,a@example.com,,sso\n"
        let (items, totals) = try await vendor.migrate(users: file, .skippingRefused)
        #expect(items.count == 1002 && items.last?.detail == "and 1500 more lines that can't be taken")
        #expect(totals[.refused] == 2500 && totals[.broughtIn] == 1)
    }

    @Test func `brings nobody back who was erased, and nobody twice who has another address by now`() async throws {
        let vendor = try await Vendor()
        let file = """
            organization,email,name,signInMethod
            Example,ann@example.com,Ann,sso
            Example,ben@example.com,Ben,sso
            """
        _ = try await vendor.migrate(users: file, .whole)
        let ann = try vendor.user("ann@example.com").id
        for email in ["ben@example.com", "benjamin@example.com"] {
            #expect(await vendor.post(try vendor.response(email, persistentID: "ben")).signedIn != nil)
        }
        try await vendor.ledger.eraseUser(vendor.organization, ann, by: vendor.operate)
        let (items, _) = try await vendor.migrate(users: file, .skippingRefused)
        #expect(items.map(\.outcome) == [.refused, .kept])
        #expect(items[0].detail.contains("erased"))
    }

    @Test func `may be long: it is brought in by thousands`() async throws {
        let vendor = try await Vendor()
        let lines = (0..<2500).map { "Example,user\($0)@example.com,User \($0),password\n" }.joined()
        let file = "organization,email,name,signInMethod\n" + lines
        let (items, totals) = try await vendor.migrate(users: file, .whole)
        #expect(items.count == 2500 && totals[.broughtIn] == 2500)
        let (_, again) = try await vendor.migrate(users: file + "Example,more@example.com,,sso\n", .whole)
        #expect(again[.unchanged] == 2500 && again[.broughtIn] == 1)
    }
}

@Suite struct `Another ledger's organizations` {
    @Test func `come with their people, who sign in as who they were, and again change nothing`() async throws {
        let (from, to) = (try await Vendor(policy: ["clockSkewSeconds": 5]), try await Vendor())
        let ann = try #require(try await from.importUsers(["ann@example.com"], method: .sso).first)
        _ = try await from.ledger.setRole(from.organization, ann.id, account: from.account, role: .administrator, by: from.operate)
        let zoe = try #require(try await from.importUsers(["zoe@example.com"]).first)
        _ = try await from.ledger.setActive(from.organization, zoe.id, false, by: from.operate)
        let gone = try #require(try await from.importUsers(["gone@example.com"]).first)
        try await from.ledger.eraseUser(from.organization, gone.id, by: from.operate)
        let count = try to.ledger.eventCount()

        let (shown, looked) = try await to.migrate(from, .dryRun)
        #expect(shown.map(\.outcome) == [.created, .broughtIn, .broughtIn])
        #expect(!looked.applied)
        #expect(try to.ledger.eventCount() == count)

        let (_, done) = try await to.migrate(from, .whole)
        #expect(done.applied && done[.created] == 1 && done[.broughtIn] == 2)
        #expect(try to.ledger.policy(from.organization, by: to.operate)["clockSkewSeconds"] == 5)
        let moved = try to.ledger.user(from.organization, email: "ann@example.com", by: to.operate)
        #expect(moved.id == ann.id && moved.roles.first?.role == .administrator)
        #expect(try !to.ledger.user(from.organization, email: "zoe@example.com", by: to.operate).isActive)
        let keys = try to.ledger.serviceProviderKeys(from.organization, by: to.operate).map(\.id)
        #expect(try keys == from.ledger.serviceProviderKeys(from.organization, by: from.operate).map(\.id))
        let events = try to.ledger.events(.init(organization: from.organization), page: .all, by: to.operate).items
        let size = JSON(try from.ledger.eventCount())
        #expect(events.allSatisfy { $0["origin"]?["kind"] == "ledger" && $0["origin"]?["place"] == size })
        let login = await to.ledger.signOn(
            AssertionPost(organization: from.organization, response: try from.response("ann@example.com"), relayState: nil))
        #expect(login.signedIn != nil)

        let after = try to.ledger.eventCount()
        let (again, same) = try await to.migrate(from, .whole)
        #expect(again.map(\.outcome) == [.unchanged, .unchanged, .unchanged])
        #expect(!same.changesSomething)
        #expect(try to.ledger.eventCount() == after)
    }

    @Test func `come without people where their keys didn't come along, and only if that is asked for`() async throws {
        let (from, to) = (try await Vendor(), try await Vendor())
        _ = try await from.importUsers(["ann@example.com", "ben@example.com"])
        let count = try to.ledger.eventCount()
        let (items, totals) = try await to.migrate(from, .whole, hasKeys: false)
        #expect(items.map(\.outcome) == [.created, .refused])
        #expect(items[1].detail.contains("2 users"))
        #expect(!totals.applied)
        #expect(try to.ledger.eventCount() == count)
        let (_, rest) = try await to.migrate(from, .skippingRefused, hasKeys: false)
        #expect(rest[.created] == 1)
    }
}

@Suite struct `Another ledger that was made to deceive` {
    @Test func `brings nobody into an organization that did not come from it, whatever its ID`() async throws {
        let (from, to, forged) = (try await Vendor(), try await Vendor(), try await Vendor())
        _ = try await forged.migrate(from, .whole)
        var role = AccountRole()
        role.account = from.account.data
        role.role = .owner
        let mallory = NewUser(
            email: try #require(EmailAddress("mallory@example.com")), name: "", signInMethod: .password, roles: [role])
        _ = try await forged.ledger.importUsers(from.organization, [mallory], by: forged.operate)
        _ = try await to.migrate(from, .whole)
        for (victim, name) in [(from, "was made here"), (to, "came from another ledger")] {
            let count = try victim.ledger.eventCount()
            let (items, _) = try await victim.migrate(forged, .dryRun)
            let refused = items.filter { $0.organization == from.organization }
            #expect(refused.map(\.outcome) == [.refused], "\(name)")
            #expect(refused[0].detail.contains("did not come from that ledger"))
            _ = try await victim.migrate(forged, .skippingRefused)
            #expect(try victim.ledger.users(from.organization, page: .all, by: victim.operate).items.isEmpty)
            #expect(try victim.ledger.eventCount() > count)  // its own organization was taken
        }
        let (shown, _) = try await Vendor().migrate(forged, .dryRun)
        #expect(shown.contains { $0.detail == "mallory@example.com, owner of “Example”" })
    }

    @Test func `is not one that only grew: who is new there comes too, under the name that the organization has here`() async throws {
        let (from, to) = (try await Vendor(), try await Vendor())
        _ = try await to.migrate(from, .whole)
        _ = try await to.ledger.renameOrganization(from.organization, to: "Here", by: to.operate)
        _ = try await from.importUsers(["new@example.com"])
        let (items, totals) = try await to.migrate(from, .whole)
        #expect(items.map(\.outcome) == [.unchanged, .broughtIn])
        #expect(items[0].detail == "“Example” is here already, named “Here”.")
        #expect(totals.applied)
    }

    @Test func `takes no user's ID for its own`() async throws {
        let (from, to) = (try await Vendor(), try await Vendor())
        let ann = try #require(try await to.importUsers(["ann@example.com"]).first)
        var imported = UserImported()
        imported.user = ann.id.data
        imported.signInMethod = .password
        imported.addressHash = .init(repeating: 7, count: 32)
        try await from.forge(.userImported(imported))
        let (items, _) = try await to.migrate(from, .skippingRefused)
        #expect(items.map(\.outcome) == [.created, .refused])
        #expect(items[1].detail.contains("another organization's user"))
    }

    @Test func `overwrites no private key`() async throws {
        let (from, to) = (try await Vendor(), try await Vendor())
        let key = try #require(try from.ledger.serviceProviderKeys(from.organization, by: from.operate).first)
        let own = try TestIdentityProvider.stranger.key.der
        try to.ledger.ledger.keyRing.storePrivateKey(key.id, der: own)
        let (items, _) = try await to.migrate(from, .skippingRefused)
        #expect(items.map(\.outcome) == [.refused])
        #expect(items[0].detail.contains("another key's here"))
        #expect(try to.ledger.ledger.keyRing.privateKey(key.id) == own)
        #expect(try !to.ledger.ledger.keyRing.addPrivateKey(key.id, der: [1]))
    }

    @Test func `has no use for keys that are not those of their certificates`() async throws {
        for bytes in [try TestIdentityProvider.stranger.key.der, [1, 2, 3]] {
            let (from, to) = (try await Vendor(), try await Vendor())
            let keys = try from.ledger.serviceProviderKeys(from.organization, by: from.operate).map(\.id)
            try from.ledger.ledger.keyRing.storePrivateKey(keys[0], der: bytes)
            let (items, _) = try await to.migrate(from, .whole)
            #expect(items.map(\.outcome) == [.created])
            #expect(items[0].detail.contains("new keys"))
            let made = try to.ledger.serviceProviderKeys(from.organization, by: to.operate).map(\.id)
            #expect(made.count == 2 && Set(made).isDisjoint(with: keys))
            #expect(try to.ledger.ledger.keyRing.privateKey(keys[0]) == nil)
        }
    }

    @Test func `trusts no certificate that the document doesn't have`() async throws {
        let (from, to) = (try await Vendor(), try await Vendor())
        let metadata = from.provider.metadata
        var forged = try IdentityLedger.configuration(reading: metadata)
        forged.signingCertificates = try IdentityLedger.configuration(
            reading: TestIdentityProvider(signer: TestIdentityProvider.stranger).metadata
        ).signingCertificates
        try await from.forge(.identityProviderConfigured(forged), evidence: Packing.pack(metadata))
        let (items, _) = try await to.migrate(from, .skippingRefused)
        #expect(items.map(\.outcome) == [.refused])
        #expect(items[0].detail.contains("other signing certificates"))
    }

    @Test func `appends the endpoints that the document has`() async throws {
        let (from, to) = (try await Vendor(), try await Vendor())
        let metadata = from.provider.metadata
        var forged = try IdentityLedger.configuration(reading: metadata)
        forged.singleSignOnServices[0].location = "https://mallory.example/sso"
        try await from.forge(.identityProviderConfigured(forged), evidence: Packing.pack(metadata))
        _ = try await to.migrate(from, .whole)
        let here = try to.ledger.organization(from.organization, by: to.operate).json.text
        #expect(here.contains(from.provider.entityID) && !here.contains("mallory"))
    }

    @Test func `is refused names that nobody could give`() async throws {
        let (from, to) = (try await Vendor(), try await Vendor())
        let name = String(repeating: "x", count: 300)
        _ = try #require(try await from.signIn("long@example.com", attributes: [("displayName", [name])]).signedIn)
        let (users, _) = try await to.migrate(from, .skippingRefused)
        #expect(users.map(\.outcome) == [.created, .refused])
        let other = try await Vendor()
        var added = AccountAdded()
        added.account = other.organization.data
        added.name = "A\u{1B}[2J"
        try await other.forge(.accountAdded(added))
        let (accounts, _) = try await to.migrate(other, .skippingRefused)
        #expect(accounts.map(\.outcome) == [.refused])
    }

    @Test func `brings nobody back who was erased here under another ID`() async throws {
        let (from, to) = (try await Vendor(), try await Vendor())
        _ = try await to.migrate(from, .whole)
        let ann = NewUser(email: try #require(EmailAddress("ann@example.com")), name: "", signInMethod: .password, roles: [])
        let here = try #require(try await to.ledger.importUsers(from.organization, [ann], by: to.operate).first)
        try await to.ledger.eraseUser(from.organization, here.id, by: to.operate)
        _ = try await from.importUsers(["ann@example.com"])
        let (items, _) = try await to.migrate(from, .skippingRefused)
        #expect(items.map(\.outcome) == [.unchanged, .refused])
        #expect(items[1].detail.contains("erased here"))
    }
}

/// A file that is another one each time it is read.
private final class Documents: Sendable {
    private let documents: Mutex<[[UInt8]]>

    init(_ documents: [[UInt8]]) { self.documents = Mutex(documents) }

    func next() -> [UInt8] { documents.withLock { $0.isEmpty ? [] : $0.removeFirst() } }
}

extension Vendor {
    fileprivate typealias Told = (items: [MigrationItem], totals: MigrationTotals)

    fileprivate func file(_ organization: String, _ provider: TestIdentityProvider? = nil) -> MetadataFile {
        let metadata = (provider ?? self.provider).metadata
        return MetadataFile(file: "\(organization).xml", organization: organization) { metadata }
    }

    fileprivate func migrate(_ files: [MetadataFile], _ mode: MigrationMode) async throws -> Told {
        var items: [MigrationItem] = []
        let totals = try await ledger.migrateMetadata(files, mode, by: operate) { items.append($0) }
        return (items, totals)
    }

    fileprivate func migrate(users file: String, _ mode: MigrationMode) async throws -> Told {
        var items: [MigrationItem] = []
        let totals = try await ledger.migrateUsers(Array(file.utf8), mode, by: operate) { items.append($0) }
        return (items, totals)
    }

    fileprivate func migrate(_ other: Vendor, _ mode: MigrationMode, hasKeys: Bool = true) async throws -> Told {
        let snapshot = try other.ledger.ledger.snapshot()
        var items: [MigrationItem] = []
        let totals = try await ledger.migrateOrganizations(
            of: other.ledger, hasKeys: hasKeys, origin: .ledger(root: try snapshot.root(), sequence: snapshot.head), mode, by: operate
        ) { items.append($0) }
        return (items, totals)
    }

    /// Appends what no rule was asked about.
    fileprivate func forge(_ body: EventBody, evidence: [UInt8]? = nil) async throws {
        let snapshot = try ledger.ledger.snapshot()
        var event = try #require(try snapshot.event(snapshot.head))
        event.organization = organization.data
        event.body = body
        try await ledger.ledger.submit { [event] context in _ = try context.append(event, evidence: evidence) }
    }

    /// The types of an organization's events that were taken from a file.
    fileprivate func origins(of organization: Identifier) throws -> [String] {
        try ledger.events(.init(organization: organization), page: .all, by: operate).items
            .filter { $0["origin"]?["kind"] == "file" && $0["origin"]?["digest"]?.stringValue?.count == 64 }
            .compactMap { $0["type"]?.stringValue }
    }
}
