import Events
import Identity
import Projections
import Testing

@Suite struct `The fold` {
    @Test func `lets only accepted logins into the sets of assertions and requests`() throws {
        var given = try Given()
        let keys = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        var received = AssertionReceived()
        received.assertionKey = keys.0.data
        received.requestKey = keys.1.data
        received.code = "expired"
        try given.happened([.assertionReceived(received)])
        #expect(try given.state.assertion(keys.0) == nil)
        #expect(try given.state.answeredRequest(keys.1) == nil)
        received.accepted = true
        let sequence = try given.happened([.assertionReceived(received)])
        #expect(try given.state.assertion(keys.0) == sequence)
        #expect(try given.state.answeredRequest(keys.1) == sequence)
        #expect(try given.state.logins(Given.organization) == [sequence - 1, sequence])
        #expect(try given.state.newestLogins(Given.organization, limit: 1) == [sequence])
        #expect(try given.state.newestLogins(Given.organization, before: sequence, limit: 5) == [sequence - 1])
    }

    @Test func `notes the last login of converted and of provisioned users, and no test`() throws {
        var given = try Given()
        try given.imported(10, .sso)
        try given.loggedIn(10, assertion: 1, test: true)
        #expect(try given.user(10).lastLoginAt == 0)
        #expect(try !given.organization.testedSinceConfiguration)
        try given.loggedIn(10, assertion: 2)
        #expect(try given.user(10).lastLoginAt == given.events.last?.recordedAt)
        var provisioned = UserProvisioned()
        provisioned.user = Identifier.numbered(11).data
        provisioned.addressHash = Given.addressHash(11).data
        provisioned.roles = provisionedRoles(in: try given.organization)
        try given.happened([.userProvisioned(provisioned)])
        let user = try given.user(11)
        #expect(user.provisioned && user.active && user.signInMethod == .sso)
        #expect(user.lastLoginAt == given.events.last?.recordedAt)
        #expect(user.role(in: Given.account) == .member)
    }

    @Test func `finds a used assertion and an answered request again, whether events name their keys or these follow`() throws {
        var given = try Given()
        var received = AssertionReceived()
        received.accepted = true
        received.issuer = "https://idp.example"
        received.assertionID = "_a"
        received.inResponseTo = "_r"
        let assertion = LoginKeys.assertion(Given.organization, issuer: "https://idp.example", id: "_a")
        let request = LoginKeys.request(Given.organization, id: "_r")
        var refused = received
        refused.accepted = false
        try given.happened([.assertionReceived(refused)])
        #expect(try given.state.assertion(assertion) == nil)
        let sequence = try given.happened([.assertionReceived(received)])
        #expect(try given.state.assertion(assertion) == sequence)
        #expect(try given.state.answeredRequest(request) == sequence)
        #expect(try given.state.assertion(LoginKeys.assertion(.numbered(200), issuer: "https://idp.example", id: "_a")) == nil)
        received.assertionKey = [UInt8](repeating: 7, count: 32).data
        received.requestKey = [UInt8](repeating: 8, count: 32).data
        let earlier = try given.happened([.assertionReceived(received)])
        #expect(try given.state.assertion([UInt8](repeating: 7, count: 32)) == earlier)
        #expect(try given.state.answeredRequest([UInt8](repeating: 8, count: 32)) == earlier)
        #expect(try given.state.assertion(assertion) == sequence)
    }

    @Test func `keeps the format of a NameID, known or not, under its number for ever`() {
        let formats = [
            "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
            "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
            "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
            "urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos", "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
            "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
        ]
        for (index, format) in formats.enumerated() {
            var name = NameID()
            name.formatURI = format
            #expect(name.formatURI == format && name.knownFormat == index + 1 && name.format.isEmpty)
        }
        for format in ["", "urn:example:other"] {
            var name = NameID()
            name.formatURI = format
            #expect(name.formatURI == format && name.knownFormat == 0)
        }
        var earlier = NameID()
        earlier.format = formats[6]
        #expect(earlier.formatURI == formats[6])
    }

    @Test func `stores a NameID that is the address once, byte for byte`() {
        var personal = PersonalData()
        personal.email = "jos\u{E9}@example.com"
        for value in ["jos\u{E9}@example.com", "jose\u{301}@example.com", "u1", ""] {
            personal.nameIDValue = value
            #expect(personal.nameIDValue.utf8.elementsEqual(value.utf8))
        }
        personal.nameIDValue = personal.email
        #expect(personal.nameID.value.isEmpty)
    }

    @Test func `finds users by their address now`() throws {
        var given = try Given()
        try given.imported(10)
        var changed = UserEmailChanged()
        changed.user = Identifier.numbered(10).data
        changed.addressHash = Given.addressHash(99).data
        try given.happened([.userEmailChanged(changed)])
        #expect(try given.state.user(Given.organization, addressHash: Given.addressHash(10)) == nil)
        #expect(
            try given.state.user(Given.organization, addressHash: Given.addressHash(99))?.identifier == .numbered(10))
        #expect(try given.state.user(.numbered(200), addressHash: Given.addressHash(99)) == nil)
    }

    @Test func `C56 erases what it holds of a person`() throws {
        var given = try Given()
        try given.imported(10, .sso)
        try given.happened([.started(session: 1, user: 10)])
        let sessions = try given.state.sessions(Given.organization, of: .numbered(10))
        try given.happened(decideErasure(of: given.user(10), sessions: sessions))
        let user = try given.user(10)
        #expect(user.erased && !user.active && !user.hasPersonal && user.addressHash.isEmpty)
        #expect(try given.state.user(Given.organization, addressHash: Given.addressHash(10)) == nil)
        #expect(try given.state.sessions(Given.organization, of: .numbered(10)).isEmpty)
        #expect(decideErasure(of: user, sessions: []).isEmpty)
    }

    @Test func `finds organizations by domains as the policy has them`() throws {
        var given = try Given()
        try given.happened(
            try decidePolicy(patch: ["allowedEmailDomains": ["example.com", "example.org"]], of: given.organization))
        #expect(try given.state.organizations(withDomain: "example.org") == [Given.organization])
        try given.happened(try decidePolicy(patch: ["allowedEmailDomains": ["example.com"]], of: given.organization))
        #expect(try given.state.organizations(withDomain: "example.org").isEmpty)
        #expect(try given.state.organizations(withDomain: "example.com") == [Given.organization])
        #expect(try given.state.organizations(withDomain: "example.co").isEmpty)
        var verified = DomainVerified()
        verified.domain = "example.com"
        try given.happened([.domainVerified(verified)])
        try given.happened(try decidePolicy(patch: ["allowedEmailDomains": []], of: given.organization))
        #expect(try given.state.organizations(withDomain: "example.com") == [Given.organization])
    }

    @Test func `keeps sessions by user and NameID until they end or expire`() throws {
        var given = try Given()
        try given.imported(10, .sso)
        try given.happened([.started(session: 1, user: 10, expiresAt: 1), .started(session: 2, user: 10)])
        #expect(try given.state.sessions(Given.organization, of: .numbered(10)).count == 1)
        let hash = [UInt8](repeating: 10, count: 32)
        let named = try given.state.sessions(Given.organization, nameIDHash: hash)
        #expect(named.count == 1)
        try given.happened(ended(named, because: .identityProvider))
        #expect(try given.state.sessions(Given.organization, nameIDHash: hash).isEmpty)
    }

    @Test func `keeps the name of a session alone no longer than the session`() throws {
        var given = try Given()
        try given.imported(10, .sso)
        let names = { (state: MemoryState) in try state.rows(.nameIDs, prefix: []).count }
        guard case .sessionStarted(var started) = EventBody.started(session: 1, user: 10) else {
            Issue.record("the example is no start of a session")
            return
        }
        started.transientNameID = true
        try given.happened([.sessionStarted(started)])
        let hash = [UInt8](repeating: 10, count: 32)
        let named = try given.state.sessions(Given.organization, nameIDHash: hash)
        #expect(named.count == 1)
        #expect(try names(given.state) == 1)
        try given.happened(ended(named, because: .logout))
        #expect(try names(given.state) == 0)
        // A lasting name stays for the next session.
        try given.happened([.started(session: 2, user: 10)])
        try given.happened(ended(try given.state.sessions(Given.organization, of: .numbered(10)), because: .logout))
        #expect(try names(given.state) == 1)
    }

    @Test func `finds the other session of a transient name when one ends`() throws {
        var given = try Given()
        try given.imported(10, .sso)
        guard case .sessionStarted(var started) = EventBody.started(session: 1, user: 10) else {
            Issue.record("the example is no start of a session")
            return
        }
        started.transientNameID = true
        try given.happened([.sessionStarted(started), .sessionStarted(started), .started(session: 3, user: 10)])
        let hash = [UInt8](repeating: 10, count: 32)
        #expect(try given.state.sessions(Given.organization, nameIDHash: hash).count == 3)
        let first = try #require(try given.state.sessions(Given.organization, nameIDHash: hash).first)
        try given.happened(ended([first], because: .logout))
        #expect(try given.state.sessions(Given.organization, nameIDHash: hash).count == 2)
    }

    @Test func `takes no session over that its user's index would not find`() throws {
        var given = try Given()
        try given.imported(10, .sso)
        guard case .sessionStarted(let started) = EventBody.started(session: 1, user: 10) else {
            Issue.record("the example is no start of a session")
            return
        }
        var state = given.state
        // Of revision 1, renumbered by an import, cut.
        for id in [[UInt8](repeating: 1, count: 32), UInt64(3).bigEndianBytes + [UInt8](repeating: 1, count: 24), UInt64(9).bigEndianBytes]
        {
            var event = Event(.sessionStarted(started), organization: Given.organization, actor: .system, correlation: .numbered(9))
            event.sequence = 9
            var body = started
            body.session = id.data
            event.body = .sessionStarted(body)
            try state.fold(event)
            #expect(try state.rows(.sessions, prefix: []).isEmpty)
        }
    }

    @Test func `finds no session of another user or organization, and none before the event that is asked for`() throws {
        var given = try Given()
        try given.imported(10, .sso)
        try given.imported(11, .sso)
        let sequence = try given.happened([.started(session: 1, user: 10)])
        try given.happened([.started(session: 2, user: 10)])
        #expect(try given.state.sessions(Given.organization, of: .numbered(11)).isEmpty)
        #expect(try given.state.sessions(.numbered(200), of: .numbered(10)).isEmpty)
        #expect(try given.state.sessions(Given.organization, of: .numbered(10), since: sequence).count == 2)
        #expect(try given.state.sessions(Given.organization, of: .numbered(10), since: sequence + 1).count == 1)
        #expect(try given.state.events(.numbered(200), about: .numbered(10)).isEmpty)
    }

    @Test func `makes keys as ever, since events leave them out`() {
        let assertion = LoginKeys.assertion(.numbered(1), issuer: "https://idp.example", id: "_a").hexadecimal
        #expect(assertion == "62a96972328fa13788cf440346172142a8a4803156681194d017e1e6165c80bf")
        #expect(LoginKeys.request(.numbered(1), id: "_r").hexadecimal == "c7c7f94f1b990e921852522f56184ba9a35ce4911ca8176b55334dc073987d50")
        let addresses = OrganizationAddresses(base: "https://sp.example", organization: .numbered(1))
        let id = Identifier.numbered(1).description
        #expect(addresses.acsURL == "https://sp.example/saml/acs?org=\(id)")
        #expect(addresses.alternativeACSURL == "https://sp.example/saml/acs/\(id)")
        #expect(addresses.audienceURI == "https://sp.example/saml/login?org=\(id)")
    }

    @Test func `forgets sessions that have expired as others start, a few at a time`() throws {
        var given = try Given()
        try given.imported(10, .sso)
        for session: UInt8 in 1...9 { try given.happened([.started(session: session, user: 10, expiresAt: 1_000_000_000_000)]) }
        #expect(try given.state.rows(.sessions, prefix: []).count == 9)
        // Half an hour later.
        for _ in 0..<12 { try given.happened(try decideRenaming(of: given.organization, to: "Example \(given.events.count)")) }
        var counts: [Int] = []
        for session: UInt8 in 10...13 {
            try given.happened([.started(session: session, user: 10)])
            counts.append(try given.state.rows(.sessions, prefix: []).count)
        }
        #expect(counts == [6, 3, 3, 4])
        #expect(try given.state.sessions(Given.organization, of: .numbered(10)).count == 4)
    }

    @Test func `keeps tokens and one-time setup links`() throws {
        var given = try Given()
        var issued = SetupLinkIssued()
        issued.link = Identifier.numbered(20).data
        issued.digest = [UInt8](repeating: 20, count: 32).data
        issued.expiresAt = .max
        try given.happened([.setupLinkIssued(issued)])
        let link = try #require(try given.state.credential(id: .numbered(20)))
        #expect(link.isValid(at: Instant(seconds: 1)))
        var used = SetupLinkUsed()
        used.link = issued.link
        used.sessionDigest = [UInt8](repeating: 21, count: 32).data
        used.sessionExpiresAt = 100
        try given.happened([.setupLinkUsed(used)])
        #expect(try given.state.credential(id: .numbered(20))?.isValid(at: Instant(seconds: 1)) == false)
        let session = try #require(try given.state.credential(digest: [UInt8](repeating: 21, count: 32)))
        #expect(session.kind == .setupSession)
        #expect(session.isValid(at: Instant(nanoseconds: 99)))
        #expect(!session.isValid(at: Instant(nanoseconds: 100)))
        #expect(Authority(session) == .setupSession(Given.organization))
    }

    @Test func `refuses an event whose body it does not know`() {
        var state = MemoryState()
        #expect(throws: StateError.self) { try state.fold(Event()) }
    }
}
