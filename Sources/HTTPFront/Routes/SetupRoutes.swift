import Events
import HTTPTypes
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
        let state = try services.core.state(ofSetupLink: link)
        guard case .open(let organization, let until) = state else { return over(state, request) }
        var facts: [String: Any] = [
            "action": services.url.address("/setup/\(PercentCoding.encode(link))"),
            "form": services.sealer.digest(link, purpose: "setup form"), "until": DayWords.date(until),
        ]
        if let name = try services.core.organizationName(organization) { facts["name"] = name }
        // A second session takes the first one's place in this browser, and what is open there can't be saved any more.
        if let settings = try openSettings(organization, request) { facts["open"] = ["settings": settings] }
        return Self.unreferred(.page(services.pages.render("setup", title: "Set up single sign-on", facts)))
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
            guard request.acceptsJSON else { return over(try services.core.state(ofSetupLink: link), request, status: 403) }
            throw Problem(
                "forbidden", status: 403, "This link is not valid: it was used, it is too old, or it was mistyped.",
                remedy: "Ask whoever sent it for a new one.")
        }
        let own = services.cookies.setup(session.organization)
        var response = Response.redirect(services.url.address("/organizations/\(session.organization)/settings"))
            .with(services.cookies.set(own, session.token, maximumAgeSeconds: 8 * 3600))
        // Those that open nothing any more go, and of too many the last.
        let kept = Set(try services.setups(request).prefix(Services.mostSetups - 1).map { services.cookies.setup($0.organization) } + [own])
        for cookie in request.cookies.all(prefix: services.cookies.setupPrefix) where !kept.contains(cookie.name) {
            response.set(services.cookies.remove(cookie.name))
        }
        return response
    }

    /// Whoever has the link may know what has become of it: it can't be guessed.
    private func over(_ state: SetupLinkState, _ request: FrontRequest, status: Int? = nil) -> Response {
        let problem = SetupFacts.problem(state)
        var facts: [String: Any] = ["detail": problem.detail, "remedy": problem.remedy]
        // The message with the link is opened again: where it was used in this browser, its settings are still open.
        if case .used(let organization) = state, let settings = try? openSettings(organization, request) { facts["settings"] = settings }
        let page = services.pages.render("setupOver", title: problem.title, facts)
        return Self.unreferred(.page(page, status: .init(code: status ?? problem.status)))
    }

    /// The settings, where a setup link has opened them in this browser already.
    private func openSettings(_ organization: Identifier, _ request: FrontRequest) throws -> String? {
        try services.setupVisitor(request, of: organization).map { _ in
            services.url.address("/organizations/\(organization)/settings")
        }
    }

    // C47: the address is a secret, so not even our own styles and scripts are asked for with it. `no-referrer` would make the form's
    // `Origin` null (Fetch §3.2), which C43 needs.
    static func unreferred(_ response: Response) -> Response {
        var response = response
        if let name = HTTPField.Name("Referrer-Policy") { response.headers[name] = "strict-origin" }
        return response
    }
}
