import Events
import IdentityLedger

// MARK: - The operator's console

extension Core {
    func caller(token id: Identifier) throws -> Caller? { try ledger.authenticate(token: id) }
    func caller(operatorSession token: String) throws -> OperatorBySession? {
        try ledger.authenticate(operatorSession: token)
    }
    var operatorOrganization: Identifier? { ledger.operatorOrganization }

    func overview(_ request: OverviewRequest, by caller: Caller) async throws -> Overview {
        try await apart { try ledger.overview(request, by: caller) }
    }

    func health(_ organization: Identifier, by caller: Caller) async throws -> OrganizationHealth {
        try await apart { try ledger.health(organization, by: caller) }
    }

    func openSetupLinks(_ organization: Identifier, by caller: Caller) async throws -> [SetupAccess] {
        try await apart { try ledger.openSetupLinks(organization, by: caller) }
    }

    func memberships(_ email: String, by caller: Caller) async throws -> [Membership] {
        try await apart { try ledger.memberships(email: email, by: caller) }
    }
}
