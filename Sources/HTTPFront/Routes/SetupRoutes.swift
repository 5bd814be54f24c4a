import Events
import Hummingbird
import IdentityLedger

/// The one-time link for the customer's administrator.
struct SetupRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/setup/{link}", for: .people, show)
        table.add(.post, "/setup/{link}", for: .people, use)
    }

    // C47: a GET never spends the link: mail scanners follow links too.
    private func show(_ request: FrontRequest) async throws -> Response {
        let link = request.parameters["link"] ?? ""
        return .page(
            services.pages.render(
                "setup", title: "Set up single sign-on",
                [
                    "action": services.url.address("/setup/\(PercentCoding.encode(link))"),
                    "form": services.sealer.digest(link, purpose: "setup form"),
                ]))
    }

    private func use(_ request: FrontRequest) async throws -> Response {
        let seconds = request.instant.nanoseconds / 1_000_000_000
        guard !services.setups.isExhausted(request.source, seconds: seconds) else { throw Problem.tooManyRequests }
        let link = request.parameters["link"] ?? ""
        let form = try await request.form()
        guard !services.isForeign(request), let token = try form.one("form"),
            services.sealer.isDigest(token, of: link, purpose: "setup form")
        else { throw Problem.forgedForm }
        guard let session = try await services.core.useSetupLink(link) else {
            services.setups.count(request.source, seconds: seconds)
            throw Problem(
                "forbidden", status: 403, "This link is not valid: it was used, it is too old, or it was mistyped.",
                remedy: "Ask whoever sent it for a new one.")
        }
        return Response.redirect(services.url.address("/organizations/\(session.organization)/settings"))
            .with(services.cookies.set(services.cookies.setup, session.token, maximumAgeSeconds: 8 * 3600))
    }
}
