import Events
import HTTPTypes
import Hummingbird
import Identity
import IdentityLedger
import SAML

/// The Assertion Consumer Service.
struct ConsumerRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.post, "/saml/acs", for: .people) { request in
            try await consume(request, .query) { try services.queriedOrganization(request) }
        }
        table.add(.post, "/saml/acs/{org}", for: .people) { request in
            try await consume(request, .path) { try services.organization(request) }
        }
        table.add(.get, "/saml/acs", for: .people) { try explain($0, try $0.query.one("org")) }
        table.add(.get, "/saml/acs/{org}", for: .people) { try explain($0, $0.parameters["org"]) }
    }

    private func explain(_ request: FrontRequest, _ organization: String?) throws -> Response {
        let problem = Problem.method(["POST"])
        if request.acceptsJSON { return problem.response(at: services.url) }
        var facts: [String: Any] = [:]
        if let organization, Identifier(organization) != nil { facts["organization"] = organization }
        var response = Response.page(
            services.pages.render("consumer", title: "Assertion Consumer Service", facts), status: .methodNotAllowed)
        problem.apply(to: &response)
        return response
    }

    /// Reads the post, has it judged, and answers. Whatever is refused counts against its source (C50).
    private func consume(
        _ request: FrontRequest, _ form: AssertionPost.Form, _ organization: @Sendable () throws -> Identifier
    ) async throws -> Response {
        let seconds = request.instant.nanoseconds / 1_000_000_000
        guard !services.refusals.isExhausted(request.source, seconds: seconds) else {
            services.metrics.countLogin(refusedAs: Problem.tooManyRequests.code)
            throw Problem.tooManyRequests
        }
        var known: Identifier?
        do {
            let organization = try organization()
            known = organization
            do {
                return try await consume(request, organization, form)
            } catch let problem as Problem where problem.code == RefusalCode.encryptionUnreadable.rawValue {
                services.unreadable.count(Self.place(request, organization), seconds: seconds)
                throw problem
            }
        } catch {
            var problem = Problem(any: error, logger: services.logger)
            problem.organization = known
            if problem.countsAgainstSource { services.refusals.count(request.source, seconds: seconds) }
            services.metrics.countLogin(refusedAs: problem.code)
            throw problem
        }
    }

    private func consume(
        _ request: FrontRequest, _ organization: Identifier, _ form: AssertionPost.Form
    ) async throws -> Response {
        let fields = try await request.form()
        guard let response = try fields.one("SAMLResponse") else {
            throw Problem.malformed("The field “SAMLResponse” is missing.", remedy: "Start again from the sign-in page.")
        }
        // Once more, since bodies take their time: many may have been begun before the first of them was refused.
        let seconds = request.instant.nanoseconds / 1_000_000_000
        guard !services.refusals.isExhausted(request.source, seconds: seconds) else { throw Problem.tooManyRequests }
        // C26: whoever sends what can't be decrypted learns little from it, and not fast. What is not encrypted is judged as ever.
        if services.unreadable.isExhausted(Self.place(request, organization), seconds: seconds), Self.isEncrypted(response) {
            throw Problem.tooManyRequests
        }
        let relayState = try fields.one("RelayState")
        let jar = RequestCookieJar(
            request.cookies, names: services.cookies, sealer: services.sealer, now: request.instant)
        let own = jar.kept.filter { $0.cookie.organization == organization }
        let isOurPage = !services.isForeign(request)
        let post = AssertionPost(
            organization: organization, form: form, response: Array(response.utf8), relayState: relayState,
            requests: own.map {
                .init(id: $0.cookie.requestID, relayState: $0.cookie.relayState, isTest: $0.cookie.isTest)
            },
            // Its cookie stays away from a post of another site, its marker doesn't (C42).
            currentSession: services.sessionToken(request) ?? services.markedSession(request),
            // C42: the answer counts from our own page only.
            confirmation: isOurPage ? try fields.one("confirmation") : nil,
            acceptsReposting: try fields.one("posted-again") == nil && !request.acceptsJSON)
        switch await services.core.signOn(post) {
        case .signedIn(let signedIn):
            var answer = try self.answer(signedIn, to: request)
            // Whatever another site has posted here is no choice of this browser's.
            if own.contains(where: { $0.cookie.requestID == signedIn.requestID }) {
                answer = services.remembering(RememberedOrganization(organization: organization, isNamed: true), in: answer)
            }
            for kept in own where kept.cookie.requestID == signedIn.requestID {
                answer.set(services.cookies.remove(kept.name, sameSite: .none))
            }
            return answer
        case .refused(let refusal, let reference, let steps):
            var problem = Problem(refusal, reference: reference)
            // The checks name what is configured here. Whoever holds a response that the identity provider signed is its person; without that,
            // anyone can post here, and learns from the page what anyone may know (docs/refusals).
            if steps.contains(where: { $0.name == Step.signed && $0.ok }) { problem.steps = steps }
            throw problem
        case .postAgain:
            return services.pages.post(
                to: address(organization, form), again(fields) + [("posted-again", "1")], title: "Signing in",
                text: SignInPhrase.oneMoment)
        case .confirm(let confirmation):
            return question(confirmation, address(organization, form), fields)
        case .tested(let report):
            count(report.refusal, request, organization)
            // A page of its own: loading that again posts nothing.
            let page = report.reference.map { "test/\($0)" } ?? "test"
            return .redirect(services.url.address("/organizations/\(organization)/\(page)"))
        }
    }

    // C26, C50: a test's refusal is shown as a report, and counts as any other does.
    private func count(_ refusal: Refusal?, _ request: FrontRequest, _ organization: Identifier) {
        guard let refusal else { return }
        let seconds = request.instant.nanoseconds / 1_000_000_000
        if refusal.code == .encryptionUnreadable { services.unreadable.count(Self.place(request, organization), seconds: seconds) }
        if Problem(refusal, reference: nil).countsAgainstSource { services.refusals.count(request.source, seconds: seconds) }
    }

    // Each organization has its own keys: who is at the limit for one may still sign in at another.
    private static func place(_ request: FrontRequest, _ organization: Identifier) -> String { "\(request.source) \(organization)" }

    private static func isEncrypted(_ response: String) -> Bool {
        guard case .success(let bytes) = decodeResponseField(Array(response.utf8)) else { return false }
        return bytes.firstRange(of: Array("EncryptedData".utf8)) != nil
    }

    private func answer(_ signedIn: SignedIn, to request: FrontRequest) throws -> Response {
        services.metrics.countLogin(refusedAs: nil)
        guard let marker = services.sealer.seal(Array(signedIn.token.utf8), purpose: "marker") else {
            throw Problem.unavailable
        }
        let left = signedIn.expiresAt.nanoseconds - min(signedIn.expiresAt.nanoseconds, request.instant.nanoseconds)
        let seconds = Int(clamping: left / 1_000_000_000)
        let names = services.cookies
        return Response.redirect(signedIn.location ?? services.url.address("/")).with(
            names.set(names.session, signedIn.token, maximumAgeSeconds: seconds),
            names.set(names.marker, marker, sameSite: .none, maximumAgeSeconds: seconds))
    }

    private func address(_ organization: Identifier, _ form: AssertionPost.Form) -> String {
        switch form {
        case .query: services.url.address("/saml/acs?org=\(organization)")
        case .path: services.url.address("/saml/acs/\(organization)")
        }
    }

    /// What a page of ours posts once more.
    private func again(_ fields: Fields) -> [(name: String, value: String)] {
        fields.fields.filter { $0.name == "SAMLResponse" || $0.name == "RelayState" }.map { ($0.name, $0.value) }
    }

    private func question(_ confirmation: Confirmation, _ action: String, _ fields: Fields) -> Response {
        let fields = again(fields) + [("posted-again", "1"), ("confirmation", confirmation.token)]
        return .page(
            services.pages.render(
                "question", title: "Sign in as someone else?",
                [
                    "current": confirmation.current as (any Said)? ?? SignInPhrase.someoneElse, "next": confirmation.next,
                    "action": action,
                    "stay": services.url.address("/"), "fields": fields.map { ["name": $0.name, "value": $0.value] },
                ]))
    }
}
