import Events
import Hummingbird
import IdentityLedger

/// What applications ask: who is signed in, and how someone signs in.
struct ApplicationRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/session", for: .programs, session)
        table.add(.get, "/auth", for: .programs, authenticate)
        table.add(.get, "/v1/login-method", for: .programs, loginMethod)
        table.add(.post, "/v1/sign-ins", for: .programs, signIn)
    }

    private func session(_ request: FrontRequest) async throws -> Response {
        guard let token = services.sessionToken(request), let session = try services.core.session(token) else {
            throw Problem.unauthorized
        }
        return .json(session.json)
    }

    private func authenticate(_ request: FrontRequest) async throws -> Response {
        guard let token = services.sessionToken(request), let session = try services.core.session(token) else {
            throw Problem.unauthorized
        }
        let organization = session.organization.description
        if let asked = try request.query.one("org"), asked != organization {
            throw Problem(
                "forbidden", status: 403, "The session is another organization's.",
                remedy: "Sign in to this organization.")
        }
        // C46: nothing of this can end a header or add an item to the list.
        let groups = session.groups.map { PercentCoding.encodeHeader($0, alsoEncoded: ",") }
        return Response(
            status: .accepted,
            headers: [
                .requestUser: PercentCoding.encodeHeader(session.user.description),
                .requestEmail: PercentCoding.encodeHeader(session.email ?? ""),
                .requestGroups: groups.joined(separator: ","), .requestOrganization: organization,
            ])
    }

    private func loginMethod(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        guard let email = try request.query.text("email") else {
            throw Problem.invalid("The parameter “email” is missing.")
        }
        return .json(try await services.core.loginMethod(email, by: caller))
    }

    private func signIn(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let code = try await request.json(members: ["code"]).requiredText("code")
        return .json(try services.core.exchange(code, by: caller))
    }
}
