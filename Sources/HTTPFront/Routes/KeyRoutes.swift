import Events
import Hummingbird

/// The service provider's keys of an organization, of the administration API: rollover.
struct KeyRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/v1/organizations/{org}/keys", for: .programs, list)
        table.add(.post, "/v1/organizations/{org}/keys", for: .programs, add)
        table.add(.delete, "/v1/organizations/{org}/keys/{key}", for: .programs, retire)
    }

    private func list(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        return .json(try services.core.keys(try services.organization(request), by: caller))
    }

    private func add(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        let use = try await request.json(members: ["use"]).requiredText("use")
        return .json(try await services.core.addKey(organization, use: use, by: caller), status: .created)
    }

    private func retire(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        guard let key = request.parameters["key"].flatMap({ Identifier($0) }) else { throw Problem.notFound }
        return .json(try await services.core.retireKey(try services.organization(request), key, by: caller))
    }
}
