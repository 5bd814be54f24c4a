import Events
import Hummingbird
import Identity
import IdentityLedger

/// Organizations, accounts and policy of the administration API.
struct OrganizationRoutes: Sendable {
    let services: Services
    private var core: Core { services.core }

    func register(in table: inout RouteTable) {
        table.add(.post, "/v1/organizations", for: .programs, create)
        table.add(.get, "/v1/organizations", for: .programs, list)
        table.add(.get, "/v1/organizations/{org}", for: .programs, show)
        table.add(.patch, "/v1/organizations/{org}", for: .programs, rename)
        table.add(.post, "/v1/organizations/{org}/setup-links", for: .programs, setupLink)
        table.add(.delete, "/v1/organizations/{org}/setup-links/{link}", for: .programs, revokeSetupLink)
        table.add(.get, "/v1/organizations/{org}/policy", for: .programs, policy)
        table.add(.patch, "/v1/organizations/{org}/policy", for: .programs, changePolicy)
        table.add(.post, "/v1/organizations/{org}/policy/preview", for: .programs, previewPolicy)
        table.add(.post, "/v1/organizations/{org}/restore", for: .programs, restore)
        table.add(.post, "/v1/organizations/{org}/accounts", for: .programs, addAccount)
        table.add(.get, "/v1/organizations/{org}/accounts", for: .programs, accounts)
    }

    private func create(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let body = try await request.json(members: ["name"])
        return .json(
            try await core.createOrganization(name: try body.requiredText("name"), by: caller).json, status: .created)
    }

    private func list(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        return .json(try await core.organizations(try Page(request.query), at: try request.query.text("at"), by: caller))
    }

    private func show(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        return .json(
            try await core.organization(try services.organization(request), at: try request.query.text("at"), by: caller))
    }

    private func setupLink(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        return .json(try await core.issueSetupLink(try services.organization(request), by: caller).json, status: .created)
    }

    private func rename(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        let name = try await request.json(members: ["name"]).requiredText("name")
        return .json(try await core.rename(organization, to: name, by: caller))
    }

    private func revokeSetupLink(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        guard let link = request.parameters["link"].flatMap({ Identifier($0) }) else { throw Problem.notFound }
        try await core.revokeSetupLink(try services.organization(request), link, by: caller)
        return Response(status: .noContent)
    }

    private func policy(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        return .json(try core.policy(try services.organization(request), by: caller))
    }

    private func changePolicy(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        return .json(try await core.changePolicy(organization, patch: try await request.json(), by: caller))
    }

    private func previewPolicy(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        return .json(try await core.previewPolicy(organization, patch: try await request.json(), by: caller).json)
    }

    private func restore(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        let body = try await request.json(members: ["at", "what", "apply"])
        // A sequence may come as a number, too.
        let moment = try body["at"]?.integerValue.map(String.init) ?? body.requiredText("at")
        let names = try body.optionalTexts("what") ?? RestorablePart.allCases.map(\.rawValue)
        let parts = try names.map { name in
            guard let part = RestorablePart(rawValue: name) else {
                throw Problem.invalid("“what” holds “\(name)”; identity-provider, policy and roles are known.", status: 422)
            }
            return part
        }
        guard !parts.isEmpty else { throw Problem.invalid("“what” names nothing; leave it out for everything.", status: 422) }
        let applies = try body.optionalBool("apply")
        return .json(try await core.restore(organization, to: moment, Set(parts), applies: applies, by: caller))
    }

    private func addAccount(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        let body = try await request.json(members: ["name"])
        return .json(
            try await core.addAccount(organization, name: try body.requiredText("name"), by: caller).json, status: .created)
    }

    private func accounts(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        return .json(try core.accounts(try services.organization(request), try Page(request.query), by: caller))
    }
}
