import Events
import Identity
import Testing

@Suite struct `C48 authority` {
    @Test func `reaches its own organization, and foreign and absent ones answer alike`() throws {
        let here = try Given().organization
        let other = Identifier.numbered(200)
        let foreign: [Authority] = [
            .limitedOperator(other), .auditor(other), .setupSession(other),
            .user(organization: other, user: .numbered(1), roles: []),
        ]
        for authority in foreign {
            for action in OrganizationAction.allCases {
                #expect(code(authority, action, here) == .organizationUnknown)
                #expect(code(authority, action, nil) == .organizationUnknown)
            }
        }
        #expect(code(.operator, .read, nil) == .organizationUnknown)
    }

    @Test func `of nobody is no authority`() throws {
        let here = try Given().organization
        for action in OrganizationAction.allCases {
            #expect(code(.nobody, action, here) == .unauthorized)
            #expect(code(.nobody, action, nil) == .unauthorized)
        }
        for action in ServiceAction.allCases { #expect(code(.nobody, action) == .unauthorized) }
    }

    @Test func `of an auditor reads and nothing else`() throws {
        let here = try Given().organization
        for authority in [Authority.auditor(nil), .auditor(Given.organization)] {
            for action in OrganizationAction.allCases {
                let allowed = action == .read || action == .readUsers
                #expect(code(authority, action, here) == (allowed ? nil : .forbidden))
            }
        }
        #expect(code(.auditor(nil), .read) == nil)
        #expect(code(.auditor(Given.organization), .read) == .forbidden)
        #expect(code(.auditor(nil), .administer) == .forbidden)
        #expect(code(.auditor(nil), .integrate) == .forbidden)
    }

    @Test func `of an operator is limited where the token is`() throws {
        let here = try Given().organization
        for action in OrganizationAction.allCases {
            #expect(code(.operator, action, here) == nil)
            #expect(code(.limitedOperator(Given.organization), action, here) == nil)
        }
        for action in ServiceAction.allCases { #expect(code(.operator, action) == nil) }
        #expect(code(.limitedOperator(Given.organization), .administer) == .forbidden)
        #expect(code(.limitedOperator(Given.organization), .integrate) == nil)
    }

    @Test func `of a signed-in user follows the roles in every account`() throws {
        var given = try Given()
        let administrator = Authority.administrator(of: Given.account)
        #expect(try code(administrator, .configure, given.organization) == nil)
        #expect(try code(administrator, .administer, given.organization) == .forbidden)
        try given.happened(try decideAccount(name: "Second", id: .numbered(3), in: given.organization))
        #expect(try code(administrator, .configure, given.organization) == .forbidden)
        #expect(try code(administrator, .readUsers, given.organization) == nil)
        #expect(try code(.administrator(of: Given.account, .numbered(3)), .configure, given.organization) == nil)
        #expect(
            try code(.user(organization: Given.organization, user: .numbered(1), roles: []), .read, given.organization)
                == .forbidden)
    }

    @Test func `comes of credentials, and a setup link alone opens nothing`() {
        var credential = Credential()
        credential.kind = .token
        credential.role = "operator"
        #expect(Authority(credential) == .operator)
        credential.organization = Given.organization.data
        #expect(Authority(credential) == .limitedOperator(Given.organization))
        credential.role = "auditor"
        #expect(Authority(credential) == .auditor(Given.organization))
        credential.role = "Operator"
        #expect(Authority(credential) == .nobody)
        credential.kind = .setupLink
        #expect(Authority(credential) == .nobody)
        credential.kind = .setupSession
        #expect(Authority(credential) == .setupSession(Given.organization))
    }

    @Test func `in the operator's own organization changes nothing, unless it is an operator's everywhere`() throws {
        let here = try Given().organization
        let home = Given.organization
        let owner = Authority.owner(of: Given.account)
        let user = owner.keeping(out: home)
        for barred in [Authority.limitedOperator(home), .setupSession(home)].map({ $0.keeping(out: home) }) {
            for action in OrganizationAction.allCases { #expect(code(barred, action, here) == .forbidden) }
            for action in ServiceAction.allCases { #expect(code(barred, action) == .forbidden) }
            #expect(!barred.administers(Given.account) && !barred.manages(Given.account) && !barred.owns(Given.account))
            #expect(!barred.isOperator && !barred.seesEveryone(of: here))
        }
        for action in OrganizationAction.allCases {
            let allowed = action == .read || action == .readUsers
            #expect(code(user, action, here) == (allowed ? nil : .forbidden))
        }
        #expect(!user.manages(Given.account) && !user.owns(Given.account) && user.seesEveryone(of: here))
        #expect(user.keeping(out: home) == user)
        for same in [Authority.operator, .auditor(nil), .auditor(home), .nobody] { #expect(same.keeping(out: home) == same) }
        let elsewhere = [Authority.limitedOperator(home), .setupSession(home), owner]
        for same in elsewhere {
            #expect(same.keeping(out: .numbered(200)) == same)
            #expect(same.keeping(out: nil) == same)
        }
    }

    private func code(_ authority: Authority, _ action: OrganizationAction, _ organization: Organization?) -> RuleError
        .Code?
    {
        do throws(RuleError) {
            try authority.check(action, organization)
            return nil
        } catch {
            return error.code
        }
    }

    private func code(_ authority: Authority, _ action: ServiceAction) -> RuleError.Code? {
        do throws(RuleError) {
            try authority.check(action)
            return nil
        } catch {
            return error.code
        }
    }
}
