import Events
import Hummingbird

/// Users, roles and conversion of the administration API.
struct UserRoutes: Sendable {
    let services: Services
    private var core: Core { services.core }

    func register(in table: inout RouteTable) {
        let users = "/v1/organizations/{org}/users"
        table.add(.post, users, for: .programs, importUsers)
        table.add(.get, users, for: .programs, list)
        table.add(.get, users + "/{user}", for: .programs, show)
        table.add(.delete, users + "/{user}", for: .programs, erase)
        table.add(.put, users + "/{user}/roles/{account}", for: .programs, setRole)
        table.add(.put, users + "/{user}/active", for: .programs, setActive)
        table.add(.post, "/v1/organizations/{org}/conversions", for: .programs, convert)
        table.add(.post, "/v1/organizations/{org}/conversions/revert", for: .programs, revert)
    }

    private func importUsers(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        return .json(try await core.importUsers(organization, try await request.json(), by: caller), status: .created)
    }

    private func list(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        return .json(
            try await core.users(organization, email: try request.query.text("email"), try Page(request.query), by: caller))
    }

    private func show(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        return .json(
            try await core.user(
                try services.organization(request), try user(request), at: try request.query.text("at"), by: caller))
    }

    private func erase(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        try await core.erase(try services.organization(request), try user(request), by: caller)
        return Response(status: .noContent)
    }

    private func setRole(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let (organization, user) = (try services.organization(request), try user(request))
        guard let account = request.parameters["account"].flatMap({ Identifier($0) }) else { throw Problem.notFound }
        let role = try await request.json(members: ["role"]).requiredText("role")
        return .json(try await core.setRole(organization, user, account: account, role: role, by: caller))
    }

    private func setActive(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let (organization, user) = (try services.organization(request), try user(request))
        let active = try await request.json(members: ["active"]).requiredBool("active")
        return .json(try await core.setActive(organization, user, active, by: caller))
    }

    private func convert(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        let body = try await request.json(members: ["emails", "all", "force"])
        let (emails, force) = (try emails(body), try body.optionalBool("force"))
        return .json(try await core.convert(organization, emails: emails, force: force, by: caller))
    }

    private func revert(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        let emails = try emails(try await request.json(members: ["emails", "all"]))
        return .json(try await core.revert(organization, emails: emails, by: caller))
    }

    /// nil: all of them.
    private func emails(_ body: JSON) throws -> [String]? {
        let (all, emails) = (try body.optionalBool("all"), try body.optionalTexts("emails"))
        guard all != (emails != nil) else { throw Problem.invalid("Exactly one of “emails” and “all” is expected.") }
        return emails
    }

    private func user(_ request: FrontRequest) throws -> Identifier {
        guard let id = request.parameters["user"].flatMap({ Identifier($0) }) else { throw Problem.notFound }
        return id
    }
}
