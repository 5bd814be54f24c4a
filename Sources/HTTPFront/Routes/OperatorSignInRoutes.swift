import Events
import Hummingbird
import Identity
import IdentityLedger
import Logging

/// The console's door. A token is read from a form, and is in no page, no address and no log.
struct OperatorSignInRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/operator/sign-in", for: .people) { request in
            // Who comes from another site comes without the console's cookie, and with it at the next request.
            guard try services.operatorVisitor(request) == nil else { return .redirect(services.url.address("/operator")) }
            return try page(request, problem: try services.signedInTooLongAgo(request) ? .signedInTooLongAgo : nil)
        }
        table.add(.post, "/operator/sign-in", for: .people, signIn)
    }

    // C43: before there is a session, the form is tied to a cookie of its own.
    private func page(_ request: FrontRequest, problem: Problem?) throws -> Response {
        let kept = request.cookies[services.cookies.operatorForm].flatMap { $0.utf8.count == 43 ? $0 : nil }
        let secret = kept ?? OperatorSessions.secret()
        var facts: [String: Any] = ["form": services.sealer.digest(secret, purpose: Self.purpose)]
        if services.core.operatorOrganization != nil { facts["single"] = ["login": services.url.address("/login")] }
        let html = services.pages.render(
            "operatorSignIn", title: OperatorWords.console, facts, frame: Pages.Frame(problem: problem))
        var response = Response.page(html, status: .init(code: problem?.status ?? 200))
        problem?.apply(to: &response)
        return response.with(
            services.cookies.set(services.cookies.operatorForm, secret, sameSite: .strict, maximumAgeSeconds: 3600))
    }

    private func signIn(_ request: FrontRequest) async throws -> Response {
        let seconds = request.instant.nanoseconds / 1_000_000_000
        // C50: guesses count as those of setup links do, and with them.
        guard !services.setups.isExhausted(request.source, seconds: seconds) else { throw Problem.tooManyRequests }
        let form = try await request.form()
        guard !services.isForeign(request), let secret = request.cookies[services.cookies.operatorForm],
            let digest = try form.one("form"), services.sealer.isDigest(digest, of: secret, purpose: Self.purpose)
        else { throw Problem.forgedForm }
        let token = (try form.one("token") ?? "").filter { $0 != " " && $0 != "\t" && $0 != "\r" && $0 != "\n" }
        guard let caller = try services.core.caller(bearer: token) else {
            services.setups.count(request.source, seconds: seconds)
            return try refused(request, .operatorTokenUnknown)
        }
        guard caller.authority == .operator, let id = Identifier(bytes: caller.actor.id) else {
            return try refused(request, .operatorTokenTooSmall)
        }
        services.logger.notice("An operator signed in to the console", metadata: ["token": "\(id)"])
        let session = services.operators.sessions.begin(id, at: request.instant)
        return Response.redirect(services.url.address("/operator")).with(
            services.cookies.set(
                services.cookies.operator, session, sameSite: .strict, maximumAgeSeconds: Int(OperatorSessions.lifetimeSeconds)),
            services.cookies.remove(services.cookies.operatorForm, sameSite: .strict))
    }

    private func refused(_ request: FrontRequest, _ problem: Problem) throws -> Response {
        if request.acceptsJSON { throw problem }
        return try page(request, problem: problem)
    }

    private static let purpose = "operator form"
}
