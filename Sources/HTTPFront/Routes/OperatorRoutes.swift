import Events
import Hummingbird
import IdentityLedger

/// The operator's console: all organizations and how they do, new ones, setup links, and where a person belongs.
struct OperatorRoutes: Sendable {
    let services: Services
    private var core: Core { services.core }

    func register(in table: inout RouteTable) {
        OperatorSignInRoutes(services: services).register(in: &table)
        table.add(.get, "/operator", for: .people, list)
        table.add(.post, "/operator/organizations", for: .people, create)
        table.add(.get, "/operator/organizations/{org}", for: .people, show)
        table.add(.post, "/operator/organizations/{org}/setup-links", for: .people, issueLink)
        table.add(.post, "/operator/organizations/{org}/setup-links/{link}/revoke", for: .people, revokeLink)
        table.add(.get, "/operator/people", for: .people, people)
        table.add(.post, "/operator/people", for: .people, findPerson)
    }

    private func list(_ request: FrontRequest) async throws -> Response {
        guard let visitor = try services.operatorVisitor(request) else {
            guard !request.acceptsJSON else { return try await list(request, try services.operator(request), problem: nil) }
            return .redirect(services.url.address("/operator/sign-in"))
        }
        return try await list(request, visitor, problem: nil)
    }

    private func list(_ request: FrontRequest, _ visitor: Services.Visitor, problem: Problem?) async throws -> Response {
        let search = try request.query.typed("q").map { String($0.prefix(200)) }
        let show = try request.query.text("show")
        guard show == nil || show == "attention" else { throw Problem.invalid("“show” is attention, or not there.") }
        let cursor = try request.query.text("cursor").map { text in
            guard let id = Identifier(text) else { throw Problem.invalid("This cursor is none that a page gave.") }
            return id
        }
        let asked = OverviewRequest(search: search, needsAttention: show != nil, cursor: cursor)
        let overview = try await core.overview(asked, by: visitor.caller)
        var facts = OperatorFacts(now: request.instant).list(overview, asked)
        facts["form"] = services.formToken(visitor)
        if let search, search.contains("@") { facts["isAddress"] = true }
        let listing = Listing(address: services.url.address("/operator"), filters: [("q", search), ("show", show)])
        if cursor != nil { facts["first"] = listing.href() }
        if let next = overview.next { facts["next"] = listing.href(("cursor", next.description)) }
        return page("operatorList", OperatorWords.organizations, facts, problem: problem)
    }

    private func create(_ request: FrontRequest) async throws -> Response {
        let (visitor, form) = try await posted(request)
        do {
            let made = try await core.createOrganization(name: try form.one("name") ?? "", by: visitor.caller)
            return goOn(to: made.id, made.recorded, showing: made.setupURL, visitor, request)
        } catch {
            let problem = Problem(any: error, logger: services.logger)
            guard !request.acceptsJSON, problem.status == 422 else { throw problem }
            return try await list(request, visitor, problem: problem)
        }
    }

    private func show(_ request: FrontRequest) async throws -> Response {
        let visitor = try services.operator(request)
        let organization = try services.organization(request)
        let health = try await core.health(organization, by: visitor.caller)
        let links = try await core.openSetupLinks(organization, by: visitor.caller)
        var facts = OperatorFacts(now: request.instant).organization(
            health, try await core.organizationView(organization, by: visitor.caller), links,
            drifts: services.drifts.drifts(organization).count)
        let made = MadeFacts(services: services, organization: organization, caller: visitor.caller)
        if let shown = try made.facts(request.query) { facts["made"] = shown }
        let form = services.formToken(visitor)
        facts["form"] = form
        if let link = services.operators.shown.take(of: organization, for: form, at: request.instant) {
            facts["link"] = ["url": link]
        }
        return page("operatorOrganization", health.name, facts)
    }

    private func issueLink(_ request: FrontRequest) async throws -> Response {
        let (visitor, _) = try await posted(request)
        let organization = try services.organization(request)
        let link = try await core.issueSetupLink(organization, by: visitor.caller)
        return goOn(to: organization, link.recorded, showing: link.setupURL, visitor, request)
    }

    // To the organization's page, which says what was recorded, and shows a new link once.
    private func goOn(
        to organization: Identifier, _ recorded: [UInt64], showing link: String? = nil, _ visitor: Services.Visitor,
        _ request: FrontRequest
    ) -> Response {
        if let link { services.operators.shown.put(link, of: organization, for: services.formToken(visitor), at: request.instant) }
        return .redirect(services.url.address("/operator/organizations/\(organization)?\(MadeFacts.query(recorded))"))
    }

    private func revokeLink(_ request: FrontRequest) async throws -> Response {
        let (visitor, _) = try await posted(request)
        let organization = try services.organization(request)
        guard let link = request.parameters["link"].flatMap({ Identifier($0) }) else { throw Problem.notFound }
        return goOn(to: organization, try await core.revokeSetupLink(organization, link, by: visitor.caller), visitor, request)
    }

    private func people(_ request: FrontRequest) async throws -> Response {
        let visitor = try services.operator(request)
        return page("operatorPeople", OperatorWords.people, ["email": "", "form": services.formToken(visitor)])
    }

    // Posted, so that the address is in no URL and no log of a proxy.
    private func findPerson(_ request: FrontRequest) async throws -> Response {
        let (visitor, form) = try await posted(request)
        let email = try form.typed("email") ?? ""
        var facts: [String: Any] = ["email": email, "form": services.formToken(visitor)]
        do {
            facts["found"] = OperatorFacts.memberships(try await core.memberships(email, by: visitor.caller))
            return page("operatorPeople", OperatorWords.people, facts)
        } catch {
            let problem = Problem(any: error, logger: services.logger)
            guard !request.acceptsJSON, problem.status == 422 else { throw problem }
            return page("operatorPeople", OperatorWords.people, facts, problem: problem)
        }
    }

    /// Who posts a form of the console, and its fields (C43).
    private func posted(_ request: FrontRequest) async throws -> (Services.Visitor, Fields) {
        let visitor = try services.operator(request)
        let form = try await request.form()
        try services.checkForm(request, form, visitor)
        return (visitor, form)
    }

    private func page(_ template: String, _ title: String, _ facts: [String: Any], problem: Problem? = nil) -> Response {
        .page(
            services.pages.render(template, title: title, facts, frame: services.operatorFrame(problem: problem)),
            status: .init(code: problem?.status ?? 200))
    }
}
