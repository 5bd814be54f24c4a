import Events
import Hummingbird
import Identity
import IdentityLedger

/// The home page, the sign-in page, and the start of a login.
struct LoginRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/", for: .people, home)
        table.add(.get, "/login", for: .people, signInPage)
        table.add(.post, "/login", for: .people, signIn)
        table.add(.get, "/saml/login", for: .people, start)
        table.add(.get, "/saml/metadata", for: .programs, metadata)
    }

    private func home(_ request: FrontRequest) async throws -> Response {
        var facts: [String: Any] = [:]
        if let token = services.sessionToken(request), let session = try services.core.session(token) {
            facts["signedIn"] = ["email": session.email ?? "", "base": services.url.path]
        }
        return .page(services.pages.render("home", title: "Single sign-on", facts))
    }

    private func signInPage(_ request: FrontRequest) async throws -> Response {
        signInPage(who: try request.query.text("org") ?? "", problem: nil)
    }

    private func signInPage(who: String, problem: Problem?) -> Response {
        .page(
            services.pages.render("signIn", title: "Sign in", ["who": who], frame: Pages.Frame(problem: problem)),
            status: problem == nil ? .ok : .init(code: problem?.status ?? 404))
    }

    private func signIn(_ request: FrontRequest) async throws -> Response {
        let seconds = request.instant.nanoseconds / 1_000_000_000
        guard !services.lookups.isExhausted(request.source, seconds: seconds) else { throw Problem.tooManyRequests }
        let form = try await request.form()
        let who = (try form.one("who") ?? "").filter { $0 != " " }
        guard let organization = try services.core.organization(toSignIn: who) else {
            services.lookups.count(request.source, seconds: seconds)
            // C49: the same words whether the address is unknown, or its domain belongs to several organizations.
            return signInPage(
                who: who,
                problem: Problem(
                    "organization_unknown", status: 404, "No organization can be told from this.",
                    remedy:
                        "Use your work e-mail address or the Organization ID, or ask your administrator for the login URL."
                ))
        }
        return .redirect(services.url.address("/saml/login?org=\(organization)"))
    }

    private func start(_ request: FrontRequest) async throws -> Response {
        let organization = try services.queriedOrganization(request)
        let relayState = try request.query.text("RelayState")
        return try startLogin(request, organization, relayState: relayState, isTest: false)
    }

    /// Sends the browser to the identity provider, with the sealed request cookie (C41).
    func startLogin(
        _ request: FrontRequest, _ organization: Identifier, relayState: String?, isTest: Bool
    ) throws -> Response {
        // C44: what is longer can't be followed anyway, and would not fit a cookie.
        let kept = relayState.flatMap { $0.utf8.count <= 1500 ? $0 : nil }
        let relayKey = Base64URL.encode((0..<12).map { _ in UInt8.random(in: .min ... .max) })
        let login = try services.core.startLogin(organization, relayKey: relayKey, isTest: isTest)
        let cookie = RequestCookie(
            requestID: login.requestID, organization: organization, startedAt: request.instant, relayKey: relayKey,
            relayState: kept,
            isTest: isTest)
        guard let sealed = cookie.sealed(by: services.sealer) else { throw Problem.unavailable }
        let name = cookie.name(services.cookies, services.sealer)
        var response: Response
        switch login.way {
        case .redirect(let address): response = .redirect(address, status: .found)
        case .post(let action, let fields):
            response = services.pages.post(
                to: action, fields, title: "Signing in", text: "Going on to your identity provider.")
        }
        let jar = RequestCookieJar(
            request.cookies, names: services.cookies, sealer: services.sealer, now: request.instant)
        for old in jar.evicted(toKeep: name.utf8.count + sealed.utf8.count) {
            response.set(services.cookies.remove(old, sameSite: .none))
        }
        response.set(
            services.cookies.set(name, sealed, sameSite: .none, maximumAgeSeconds: RequestCookie.lifetimeSeconds))
        return response
    }

    private func metadata(_ request: FrontRequest) async throws -> Response {
        let organization = try services.queriedOrganization(request)
        return .bytes(
            try services.core.serviceProviderMetadata(organization), type: "application/samlmetadata+xml")
    }
}
