import Events
import Identity
import Projections
import Testing

@Suite struct `A role` {
    @Test func `is given and lowered by the account's administrators`() throws {
        var given = try Given()
        try given.imported(10)
        try given.happened(try change(given, to: .administrator, by: .administrator(of: Given.account)))
        #expect(try given.user(10).role(in: Given.account) == .administrator)
        #expect(try change(given, to: .administrator, by: .operator).isEmpty)
        #expect(try code(given, to: .member, by: .administrator(of: .numbered(77))) == .forbidden)
        #expect(try code(given, to: .member, by: .auditor(nil)) == .forbidden)
        #expect(try code(given, to: .member, by: .nobody) == .forbidden)
    }

    @Test func `of an owner is given and taken by owners and operators alone`() throws {
        var given = try Given()
        try given.imported(10)
        for authority in [Authority.administrator(of: Given.account), .setupSession(Given.organization)] {
            #expect(try code(given, to: .owner, by: authority) == .forbidden)
        }
        try given.happened(try change(given, to: .owner, by: .operator))
        #expect(try code(given, to: .member, by: .administrator(of: Given.account), otherOwners: 1) == .forbidden)
        #expect(try change(given, to: .member, by: .owner(of: Given.account), otherOwners: 1).count == 1)
    }

    @Test func `of an account's only owner stays`() throws {
        var given = try Given()
        try given.imported(10, role: .owner)
        #expect(try given.state.otherOwners(Given.organization, of: given.user(10)) == [Given.account: []])
        #expect(try code(given, to: .member, by: .operator) == .lastOwner)
        try given.imported(11, role: .owner)
        #expect(try given.state.otherOwners(Given.organization, of: given.user(10)) == [Given.account: [.numbered(11)]])
        #expect(try change(given, to: .member, by: .operator, otherOwners: 1).count == 1)
    }

    @Test func `is refused for an account that the organization has not`() throws {
        var given = try Given()
        try given.imported(10)
        #expect(
            #expect(throws: RuleError.self) {
                try decideRole(
                    of: given.user(10), in: .numbered(99), to: .member, organization: given.organization, by: .operator,
                    otherOwners: 0)
            }?.code == .notFound)
    }

    private func change(_ given: Given, to role: Role, by authority: Authority, otherOwners: Int = 0) throws
        -> [EventBody]
    {
        try decideRole(
            of: given.user(10), in: Given.account, to: role, organization: given.organization, by: authority,
            otherOwners: otherOwners)
    }

    private func code(_ given: Given, to role: Role, by authority: Authority, otherOwners: Int = 0) throws -> RuleError
        .Code?
    {
        #expect(throws: RuleError.self) { try change(given, to: role, by: authority, otherOwners: otherOwners) }?.code
    }
}

@Suite struct `Deactivation` {
    @Test func `ends the user's sessions and is undone`() throws {
        var given = try Given()
        try given.imported(10, .sso)
        try given.happened([.started(session: 1, user: 10)])
        let sessions = try given.state.sessions(Given.organization, of: .numbered(10))
        #expect(sessions.count == 1)
        let events = try decide(given, false, sessions: sessions, by: .operator)
        #expect(events.map(\.name) == ["UserDeactivated", "SessionEnded"])
        try given.happened(events)
        #expect(try !given.user(10).active)
        #expect(try given.state.session(Array(sessions[0].id)) == nil)
        #expect(try decide(given, false, by: .operator).isEmpty)
        try given.happened(try decide(given, true, by: .operator))
        #expect(try given.user(10).active)
    }

    @Test func `of the only owner is an operator's alone`() throws {
        var given = try Given()
        try given.imported(10, .sso, role: .owner)
        #expect(try given.state.otherOwners(Given.organization, of: given.user(10)) == [Given.account: []])
        let refusal = #expect(throws: RuleError.self) {
            try decide(given, false, by: .owner(of: Given.account), ownsAlone: true)
        }
        #expect(refusal?.code == .lastOwner)
        #expect(try decide(given, false, by: .operator, ownsAlone: true).count == 1)
    }

    @Test func `needs a say in every account that the user is in`() throws {
        var given = try Given()
        try given.imported(10)
        try given.happened(try decideAccount(name: "Second", id: .numbered(3), in: given.organization))
        try given.happened(
            try decideRole(
                of: given.user(10), in: .numbered(3), to: .member, organization: given.organization, by: .operator,
                otherOwners: 0))
        #expect(
            #expect(throws: RuleError.self) { try decide(given, false, by: .administrator(of: Given.account)) }?.code
                == .forbidden)
        #expect(try decide(given, false, by: .administrator(of: Given.account, .numbered(3))).count == 1)
    }

    private func decide(
        _ given: Given, _ active: Bool, sessions: [Session] = [], by authority: Authority, ownsAlone: Bool = false
    ) throws -> [EventBody] {
        try decideActive(
            of: given.user(10), active, sessions: sessions, organization: given.organization, by: authority,
            ownsAlone: ownsAlone)
    }
}

extension Authority {
    static func administrator(of accounts: Identifier...) -> Authority { user(accounts, .administrator) }
    static func owner(of accounts: Identifier...) -> Authority { user(accounts, .owner) }

    private static func user(_ accounts: [Identifier], _ role: Role) -> Authority {
        .user(
            organization: Given.organization, user: .numbered(50),
            roles: accounts.map { account in
                var entry = AccountRole()
                entry.account = account.data
                entry.role = role
                return entry
            })
    }
}
