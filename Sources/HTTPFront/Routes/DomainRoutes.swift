import Events
import Hummingbird
import IdentityLedger

/// An organization's e-mail domains and their proof by DNS, of the administration API.
struct DomainRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/v1/organizations/{org}/domains", for: .programs, list)
        table.add(.post, "/v1/organizations/{org}/domains", for: .programs, name)
        table.add(.post, "/v1/organizations/{org}/domains/{domain}/verify", for: .programs, verify)
        table.add(.delete, "/v1/organizations/{org}/domains/{domain}", for: .programs, remove)
    }

    private func list(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        return .json(try services.core.domains(try services.organization(request), try Page(request.query), by: caller))
    }

    private func name(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        let domain = try await request.json(members: ["domain"]).requiredText("domain")
        return .json(try services.core.domain(domain, organization, by: caller).json)
    }

    private func verify(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        return .json(try await services.verifyDomain(request.parameters["domain"] ?? "", organization, by: caller).json)
    }

    private func remove(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        try await services.core.removeDomain(
            request.parameters["domain"] ?? "", try services.organization(request), by: caller)
        return Response(status: .noContent)
    }
}

extension Services {
    /// Asks DNS for the domain's record, and records that it is there.
    func verifyDomain(_ domain: String, _ organization: Identifier, by caller: Caller) async throws -> DomainView {
        let wanted = try core.domain(domain, organization, by: caller)
        let records = try await textRecords.records(of: wanted.recordName)
        return try await core.verifyDomain(domain, organization, records: records, by: caller)
    }
}
