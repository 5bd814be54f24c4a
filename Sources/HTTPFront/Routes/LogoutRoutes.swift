import Hummingbird

/// Logging out: of this browser here.
struct LogoutRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.post, "/logout", for: .people, logout)
        table.add(.get, "/saml/logout", for: .people) { try await samlLogout($0, $0.query) }
        table.add(.post, "/saml/logout", for: .people) { try await samlLogout($0, try await $0.form()) }
    }

    private func logout(_ request: FrontRequest) async throws -> Response {
        // C43: needs no token, but comes from a page of this origin or from a program.
        guard !services.isForeign(request) else { throw Problem.forgedForm }
        try await endSession(request)
        let response =
            request.acceptsJSON ? Response(status: .noContent) : Response.redirect(services.url.address("/"))
        return response.with(removed.0, removed.1, removed.2)
    }

    private func samlLogout(_ request: FrontRequest, _ message: Fields) async throws -> Response {
        let organization = try services.queriedOrganization(request)
        guard try services.core.exists(organization) else { throw Problem.organizationUnknown }
        // C36: a message whose signature wasn't verified ends nothing.
        guard try message.one("SAMLRequest") == nil else {
            var refusal = services.pages.problem(
                Problem(
                    "signature_missing", status: 403, "A logout that the identity provider asks for is not taken here.",
                    remedy: "Sign out with the button on this site's home page."))
            refusal.allowFraming()
            return refusal
        }
        if try message.one("SAMLResponse") == nil { try await endSession(request) }
        var response = Response.page(
            services.pages.render(
                "message", title: "Signed out",
                [
                    "text": "This browser is signed out here.",
                    "link": ["href": services.url.address("/login?org=\(organization)"), "label": "Sign in again"],
                ])
        ).with(removed.0, removed.1, removed.2)
        response.allowFraming()
        return response
    }

    private func endSession(_ request: FrontRequest) async throws {
        if let token = services.sessionToken(request) { try await services.core.endSession(token) }
    }

    private var removed: (SetCookie, SetCookie, SetCookie) {
        (
            services.cookies.remove(services.cookies.session),
            services.cookies.remove(services.cookies.marker, sameSite: .none),
            services.cookies.remove(services.cookies.setup)
        )
    }
}
