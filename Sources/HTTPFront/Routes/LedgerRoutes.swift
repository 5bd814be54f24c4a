import Events
import Hummingbird

/// Events and the login history, of the administration API.
struct LedgerRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/v1/events", for: .programs) { try await events($0, of: nil) }
        table.add(.get, "/v1/events/{sequence}/proof", for: .programs, proof)
        table.add(.get, "/v1/organizations/{org}/events", for: .programs) {
            try await events($0, of: try services.organization($0))
        }
        table.add(.get, "/v1/organizations/{org}/logins", for: .programs, logins)
    }

    private func events(_ request: FrontRequest, of organization: Identifier?) async throws -> Response {
        let caller = try await services.bearer(request)
        let list = try await services.core.events(organization, try EventQuery(request.query), by: caller)
        guard request.header(.accept)?.contains("application/x-ndjson") == true else { return .json(list) }
        let lines: [UInt8] = (list["items"]?.arrayValue ?? []).flatMap { item -> [UInt8] in item.encoded() + [0x0A] }
        var response = Response.bytes(lines, type: "application/x-ndjson")
        // Lines have no place for the cursor: RFC 8288.
        let kept = try ["type", "user", "limit"].map { ($0, try request.query.text($0)) }
        let path = organization.map { "/v1/organizations/\($0)/events" } ?? "/v1/events"
        if let next = services.nextPage(list, path, kept) {
            response.headers[.link] = "<\(next)>; rel=\"next\""
        }
        return response
    }

    private func proof(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        guard let sequence = request.parameters["sequence"].flatMap({ UInt64($0) }) else { throw Problem.notFound }
        return .text(try services.core.proof(of: sequence, by: caller), type: "text/plain; charset=utf-8")
    }

    private func logins(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        return .json(
            try await services.core.logins(
                organization, user: try request.query.text("user"), since: try request.query.text("since"),
                try Page(request.query),
                by: caller))
    }
}

/// Which events are asked for.
struct EventQuery: Sendable {
    let from: UInt64
    let type: String?
    let user: String?
    let page: Page

    init(_ query: Fields) throws {
        page = try Page(query)
        type = try query.text("type")
        user = try query.text("user")
        if let type, !EventBody.names.contains(type) {
            throw Problem.invalid("There is no event of the type “\(type)”.")
        }
        guard let text = try page.cursor ?? query.text("from") else {
            from = 1
            return
        }
        guard let from = UInt64(text) else { throw Problem.invalid("“from” is a sequence number.") }
        self.from = from
    }
}
