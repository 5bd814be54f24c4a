import Events
import Hummingbird
import IdentityLedger
import Logging
import SAML

/// Logging out: of this browser here, and single logout with the identity provider (profiles §4.4).
struct LogoutRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.post, "/logout", for: .people, logout)
        table.add(.get, "/saml/logout", for: .people, queriedLogout)
        table.add(.post, "/saml/logout", for: .people, postedLogout)
    }

    private func logout(_ request: FrontRequest) async throws -> Response {
        // C43: needs no token, but comes from a page of this origin or from a program.
        guard !services.isForeign(request) else { throw Problem.forgedForm }
        let response =
            request.acceptsJSON ? Response(status: .noContent) : Response.redirect(services.url.address("/"))
        if let organization = try await endedSetup(request) {
            if let visitor = try services.setupVisitor(request, of: organization) { try await services.core.endSetupSession(visitor.token) }
            return response.with(services.cookies.remove(services.cookies.setup(organization)))
        }
        // Whoever is only setting up signs out of that: there is nothing else to sign out of.
        if services.sessionToken(request) == nil, try services.operatorVisitor(request) == nil {
            var response = response
            for (organization, visitor) in try services.setups(request) {
                try await services.core.endSetupSession(visitor.token)
                response.set(services.cookies.remove(services.cookies.setup(organization)))
            }
            return response
        }
        try await endSession(request)
        return response.with(removed.0, removed.1, services.cookies.remove(services.cookies.operator, sameSite: .strict))
    }

    /// Whose setup session is to end; nil: whoever is signed in signs out, and beside a login setup sessions stay: no login brings back what one opened.
    private func endedSetup(_ request: FrontRequest) async throws -> Identifier? {
        // Programs post nothing at all.
        guard request.mediaType == "application/x-www-form-urlencoded" else { return nil }
        return try await request.form().text("setup").map { text in
            guard let organization = Identifier(text) else { throw Problem.malformed("The field “setup” is no Organization ID.") }
            return organization
        }
    }

    /// A message in the query, or a person who wants to log out here and at the identity provider.
    private func queriedLogout(_ request: FrontRequest) async throws -> Response {
        let organization = try self.organization(request)
        let hasMessage = !(request.query.all("SAMLRequest") + request.query.all("SAMLResponse")).isEmpty
        guard hasMessage else { return try await logOut(request, organization) }
        // C36: the octets as received, of the message's own parameters.
        return await judge(request, organization, .query(request.rawQuery))
    }

    private func postedLogout(_ request: FrontRequest) async throws -> Response {
        let organization = try self.organization(request)
        let form = try await self.form(request)
        let messages = [try form.one("SAMLRequest"), try form.one("SAMLResponse")].compactMap { $0 }
        guard messages.count == 1, let message = messages.first else {
            throw Problem.malformed("One of the fields “SAMLRequest” and “SAMLResponse” is expected.", remedy: "Log out once more.")
        }
        let relayState = try form.one("RelayState")
        return await judge(request, organization, .posted(message: Array(message.utf8), relayState: relayState))
    }

    // C50: who sends bodies that can't be read counts like who sends messages that are refused.
    private func form(_ request: FrontRequest) async throws -> Fields {
        do { return try await request.form() } catch let problem as Problem {
            if problem.countsAgainstSource { services.refusals.count(request.source, seconds: request.instant.nanoseconds / 1_000_000_000) }
            throw problem
        }
    }

    private func organization(_ request: FrontRequest) throws -> Identifier {
        let organization = try services.queriedOrganization(request)
        guard try services.core.exists(organization) else { throw Problem.organizationUnknown }
        return organization
    }

    private func judge(_ request: FrontRequest, _ organization: Identifier, _ received: ReceivedLogout) async -> Response {
        let seconds = request.instant.nanoseconds / 1_000_000_000
        do {
            // C50: refused messages count like refused logins.
            guard !services.refusals.isExhausted(request.source, seconds: seconds) else { throw Problem.tooManyRequests }
            switch try await services.core.receiveLogout(organization, received) {
            case .ended(_, let next): return framed(goOn(next, organization, request), request)
            case .answered(let outcome): return framed(signedOut(organization, Self.phrase(outcome)), request)
            }
        } catch {
            // Nothing has ended. Some identity providers open this endpoint in a frame: it shows why.
            let problem = Problem(any: error, logger: services.logger)
            if problem.countsAgainstSource { services.refusals.count(request.source, seconds: seconds) }
            var refusal = request.acceptsJSON ? problem.response(at: services.url) : services.pages.problem(problem)
            refusal.allowFraming()
            return refusal
        }
    }

    private func logOut(_ request: FrontRequest, _ organization: Identifier) async throws -> Response {
        // C42: another site may open this address in a window, and the session's cookie comes along; it may not end the session that way.
        guard let token = services.sessionToken(request), request.header(.secFetchSite) != "cross-site" else {
            return framed(farewell(organization, request), request)
        }
        return framed(goOn(try await services.core.startLogout(organization, token), organization, request), request)
    }

    private func goOn(_ next: AfterLogout, _ organization: Identifier, _ request: FrontRequest) -> Response {
        if let fault = next.fault {
            services.logger.error(
                "The identity provider could not be told of a logout",
                metadata: ["organization": "\(organization)", "code": "\(fault.code)"])
        }
        return next.way.map { answer($0) } ?? farewell(organization, request)
    }

    /// What is told at the end: the truth, wherever the browser comes from. In a frame of another site the session's cookie stays away, and
    /// its marker tells that the session goes on.
    private func farewell(_ organization: Identifier, _ request: FrontRequest) -> Response {
        guard let token = services.sessionToken(request) ?? services.markedSession(request), !hasEnded(token) else {
            return signedOut(organization, .signedOut)
        }
        return .page(
            services.pages.render(
                "message", title: "Still signed in",
                [
                    "text": SignInPhrase.stillSignedIn,
                    "link": ["href": services.url.address("/saml/logout?org=\(organization)"), "label": SignInPhrase.signOut]
                        as [String: Any],
                ]))
    }

    private func answer(_ way: StartedLogin.Way) -> Response {
        switch way {
        case .redirect(let address): .redirect(address, status: .found)
        case .post(let action, let fields):
            services.pages.post(to: action, fields, title: "Signing out", text: SignInPhrase.goingOnToLogOut)
        }
    }

    // Partial logout is told honestly: the identity provider knows of sessions that it could not end.
    private static func phrase(_ outcome: LogoutOutcome) -> SignInPhrase {
        switch outcome {
        case .complete: .signedOutEverywhere
        case .partial: .signedOutPartly
        case .failed: .signedOutHereOnly
        }
    }

    private func signedOut(_ organization: Identifier, _ phrase: SignInPhrase) -> Response {
        let link: [String: Any] = ["href": services.url.address("/login?org=\(organization)"), "label": SignInPhrase.signInAgain]
        return .page(services.pages.render("message", title: "Signed out", ["text": phrase, "link": link]))
    }

    /// Takes from the browser what stands for a session that has ended. What stands for one that goes on stays, whoever led the
    /// browser here: without its marker a stranger's assertion would be taken without a question (C42).
    private func framed(_ response: Response, _ request: FrontRequest) -> Response {
        var response = response
        if let token = services.sessionToken(request), hasEnded(token) { response.set(removed.0) }
        if let token = services.markedSession(request), hasEnded(token) { response.set(removed.1) }
        response.allowFraming()
        return response
    }

    private func hasEnded(_ token: String) -> Bool {
        do { return try services.core.caller(session: token) == nil } catch {
            services.logger.warning(
                "A session could not be read", metadata: ["code": "\(Problem(any: error, logger: services.logger).code)"])
            return false
        }
    }

    private func endSession(_ request: FrontRequest) async throws {
        if let token = services.sessionToken(request) { try await services.core.endSession(token) }
        if let secret = request.cookies[services.cookies.operator] { services.operators.sessions.end(secret) }
    }

    private var removed: (SetCookie, SetCookie) {
        (services.cookies.remove(services.cookies.session), services.cookies.remove(services.cookies.marker, sameSite: .none))
    }
}
