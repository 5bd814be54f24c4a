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
        table.add(.post, "/login/forget", for: .people, forget)
        table.add(.get, "/saml/login", for: .people, start)
        table.add(.get, "/saml/metadata", for: .programs, metadata)
    }

    private func home(_ request: FrontRequest) async throws -> Response {
        var facts = try HomeFacts(services: services).facts(request)
        if facts["signedIn"] == nil, let shown = try rememberedFacts(request) { facts["remembered"] = shown }
        return .page(services.pages.render("home", title: "Single sign-on", facts))
    }

    // MARK: - The sign-in page

    private func signInPage(_ request: FrontRequest) async throws -> Response {
        let who = Self.entered(try request.query.text("org"))
        let notice = try request.query.text("forgotten") == nil ? nil : SignInPhrase.forgotten
        // A link that names an organization says where it leads. One that names none, and every one from a source that has asked for too many
        // that aren't there, is only filled in: the page is there for everybody behind that address.
        guard Identifier(who.lowercased()) != nil, !isExhausted(request) else { return try signInPage(request, who: who, notice: notice) }
        return try signInPage(request, who: who, choice: try look(up: who, request))
    }

    private func signInPage(
        _ request: FrontRequest, who: String, choice: SignInChoice? = nil, notice: (any Said)? = nil, problem: Problem? = nil
    ) throws -> Response {
        var facts: [String: Any] = ["who": who]
        if let problem { facts.merge(problem.fieldFacts) { $1 } }
        if let choice, let shown = try chosenFacts(choice, request) {
            facts["chosen"] = shown
        } else if let shown = try rememberedFacts(request) {
            facts["remembered"] = shown
        }
        return .page(
            services.pages.render("signIn", title: "Sign in", facts, frame: Pages.Frame(notice: notice, problem: problem)),
            status: problem == nil ? .ok : .init(code: problem?.status ?? 404))
    }

    private func signIn(_ request: FrontRequest) async throws -> Response {
        let form = try await request.form()
        let who = Self.entered(try form.one("who"))
        guard let choice = try look(up: who, request) else {
            return try signInPage(request, who: who, problem: Problem.organizationUnknown.about("who", Self.whyNone(who)))
        }
        if try form.one("do") == "show" { return try signInPage(request, who: who, choice: choice) }
        let answer = Response.redirect(services.url.address("/saml/login?org=\(choice.organization)"))
        // Another site's form, or a domain that nobody has proved, may lead a browser to an organization, but not make it remember that one.
        return services.isForeign(request) || choice.way == .namedDomain
            ? answer : services.remembering(memory(of: choice, request), in: answer)
    }

    // Neither an address nor an ID has white space in it; what was copied often has.
    private static func entered(_ text: String?) -> String { (text ?? "").filter { !$0.isWhitespace } }

    // C49: of an address its domain counts alone, and the words are the same whether it belongs to no organization or to several.
    private static func whyNone(_ who: String) -> InputPhrase {
        if who.isEmpty { return .nobodyNamed }
        if Identifier(who.lowercased()) != nil { return .noSuchID }
        return EmailAddress(who) == nil ? .neitherAddressNorID : .domainLeadsNowhere
    }

    private func forget(_ request: FrontRequest) async throws -> Response {
        let form = try await request.form()
        let kept = request.cookies[services.cookies.organization] ?? ""
        // C43: nobody is signed in, so the form's token is tied to the cookie that goes.
        guard !services.isForeign(request), let token = try form.one("form"),
            services.sealer.isDigest(token, of: kept, purpose: "forget form")
        else { throw Problem.forgedForm }
        return Response.redirect(services.url.address("/login?forgotten=1")).with(services.cookies.remove(services.cookies.organization))
    }

    // C50: what finds nothing counts against its source, whichever way it was asked.
    private func look(up who: String, _ request: FrontRequest) throws -> SignInChoice? {
        guard !isExhausted(request) else { throw Problem.tooManyRequests }
        let choice = try services.core.organization(toSignIn: who)
        if choice == nil { services.lookups.count(request.source, seconds: seconds(request)) }
        return choice
    }

    private func isExhausted(_ request: FrontRequest) -> Bool { services.lookups.isExhausted(request.source, seconds: seconds(request)) }
    private func seconds(_ request: FrontRequest) -> UInt64 { request.instant.nanoseconds / 1_000_000_000 }

    private func memory(of choice: SignInChoice, _ request: FrontRequest) -> RememberedOrganization {
        let before = services.remembered(request)
        let isKnown = before?.organization == choice.organization && before?.isNamed == true
        return RememberedOrganization(organization: choice.organization, isNamed: choice.way == .provedDomain || isKnown)
    }

    private func chosenFacts(_ choice: SignInChoice, _ request: FrontRequest) throws -> [String: Any]? {
        guard let destination = try services.core.destination(choice.organization) else { return nil }
        return signInFacts.facts(choice.organization, destination, isNamed: memory(of: choice, request).isNamed, way: choice.way)
    }

    private func rememberedFacts(_ request: FrontRequest) throws -> [String: Any]? {
        guard let kept = request.cookies[services.cookies.organization], let remembered = services.remembered(request),
            let destination = try services.core.destination(remembered.organization)
        else { return nil }
        var facts = signInFacts.facts(remembered.organization, destination, isNamed: remembered.isNamed)
        facts["form"] = services.sealer.digest(kept, purpose: "forget form")
        return facts
    }

    private var signInFacts: SignInFacts { SignInFacts(base: services.url.path) }

    // MARK: - The start of a login

    private func start(_ request: FrontRequest) async throws -> Response {
        // People write it in capitals; identity providers, which name the endpoints, do not.
        guard let organization = try request.query.one("org").flatMap({ Identifier(Self.entered($0).lowercased()) }) else {
            throw Problem.organizationUnknown
        }
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
            let host = Origin(of: action)?.host ?? ""
            response = services.pages.post(
                to: action, fields, title: "Signing in", text: SignInPhrase.goingOn(["host": host]))
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
