import Events
import HTTPTypes
import Hummingbird
import IdentityLedger

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
        table.add(.get, "/v1/organizations/{org}/logins/{sequence}", for: .programs, login)
        table.add(.get, "/v1/consumers", for: .programs, consumers)
        table.add(.get, "/v1/consumers/{name}", for: .programs, consumer)
        table.add(.put, "/v1/consumers/{name}", for: .programs, setConsumer)
        table.add(.delete, "/v1/consumers/{name}", for: .programs, forgetConsumer)
    }

    private func events(_ request: FrontRequest, of organization: Identifier?) async throws -> Response {
        let caller = try await services.bearer(request)
        let query = try EventQuery(request.query)
        if try request.query.one("follow") != nil { return try await follow(request, query, organization, caller) }
        let list = try await services.core.events(organization, query, by: caller)
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

    private func follow(
        _ request: FrontRequest, _ query: EventQuery, _ organization: Identifier?, _ caller: Caller
    ) async throws -> Response {
        // Refused here, not in the middle of a stream.
        _ = try await services.core.events(
            organization, EventQuery(from: query.from, type: query.type, user: query.user, page: Page(limit: 1)), by: caller)
        let stream = EventStream(services: services, request: request, organization: organization, query: query)
        if let text = request.header(.lastEventID) {
            guard let last = UInt64(sequence: text) else { throw Problem.invalid("“Last-Event-ID” is a sequence number.") }
            return try stream.response(from: last + 1)
        }
        guard let name = try request.query.text("consumer") else { return try stream.response(from: query.from) }
        return try stream.response(from: max(query.from, try services.core.position(of: name, by: caller) + 1))
    }

    private func consumers(_ request: FrontRequest) async throws -> Response {
        .json(try services.core.positions(by: try await services.bearer(request)))
    }

    private func consumer(_ request: FrontRequest) async throws -> Response {
        let (name, caller) = (request.parameters["name"] ?? "", try await services.bearer(request))
        return .json(["name": .string(name), "sequence": JSON(try services.core.position(of: name, by: caller))])
    }

    private func setConsumer(_ request: FrontRequest) async throws -> Response {
        let (name, caller) = (request.parameters["name"] ?? "", try await services.bearer(request))
        guard let sequence = try await request.json(members: ["sequence"])["sequence"]?.integerValue, sequence >= 0 else {
            throw Problem.invalid("“sequence” is a sequence number.", status: 422)
        }
        try await services.core.setPosition(UInt64(sequence), of: name, by: caller)
        return .json(["name": .string(name), "sequence": JSON(UInt64(sequence))])
    }

    private func forgetConsumer(_ request: FrontRequest) async throws -> Response {
        try await services.core.setPosition(nil, of: request.parameters["name"] ?? "", by: try await services.bearer(request))
        return Response(status: .noContent)
    }

    private func proof(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        guard let sequence = request.parameters["sequence"].flatMap({ UInt64(sequence: $0) }) else { throw Problem.notFound }
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

    private func login(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        guard let sequence = request.parameters["sequence"].flatMap({ UInt64(sequence: $0) }) else { throw Problem.notFound }
        return .json(try await services.core.explanation(organization, sequence, by: caller).json)
    }
}

/// Which events are asked for.
struct EventQuery: Sendable {
    let from: UInt64
    let type: String?
    let user: String?
    let page: Page

    init(from: UInt64, type: String?, user: String?, page: Page) {
        self.from = from
        self.type = type
        self.user = user
        self.page = page
    }

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
        guard let from = UInt64(sequence: text) else { throw Problem.invalid("“from” is a sequence number.") }
        self.from = from
    }
}
