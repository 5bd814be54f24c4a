import Events
import Hummingbird
import Identity
import IdentityLedger
import SAML

/// The settings page and the test of the connection.
struct SettingsRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/settings", for: .people, show)
        table.add(.post, "/organizations/{org}/settings/refresh", for: .people) { request in
            try await change(request) { organization, _, caller in
                try await ProviderRoutes(services: services).refresh(organization, by: caller).recorded
            }
        }
        table.add(.post, "/organizations/{org}/settings/domains", for: .people) { request in
            try await change(request, changeDomain)
        }
        table.add(.get, "/organizations/{org}/test", for: .people, test)
        table.add(.post, "/organizations/{org}/test", for: .people, startTest)
    }

    private func show(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        var shown = Shown(
            isSaved: try request.query.one("saved") != nil, query: request.query, guide: Guide.named(try request.query.one("provider")))
        do {
            shown.domain = try request.query.text("domain").map { try services.core.domain($0, organization, by: visitor.caller) }
        } catch {
            let problem = Problem(any: error, logger: services.logger)
            guard !request.acceptsJSON, problem.status == 409 || problem.status == 422 else { throw problem }
            shown.problem = problem
        }
        return try await page(organization, visitor, shown)
    }

    private func changeDomain(_ organization: Identifier, _ form: Fields, _ caller: Caller) async throws -> [UInt64] {
        let domain = try form.text("domain") ?? ""
        switch try form.one("do") {
        case "verify": return try await services.verifyDomain(domain, organization, by: caller).recorded
        case "remove": return try await services.core.removeDomain(domain, organization, by: caller)
        default: throw Problem.invalid("This form is not known.", status: 422)
        }
    }

    /// A small form of the page, which says afterwards which events it made, or why it couldn't.
    private func change(
        _ request: FrontRequest, _ work: (Identifier, Fields, Caller) async throws -> [UInt64]
    ) async throws -> Response {
        let (organization, visitor, form) = try await services.settingsForm(request)
        let made: [UInt64]
        do {
            made = try await work(organization, form, visitor.caller)
        } catch {
            let problem = Problem(any: error, logger: services.logger)
            if request.acceptsJSON { throw problem }
            let wanted = try form.text("domain").flatMap { try? services.core.domain($0, organization, by: visitor.caller) }
            return try await page(organization, visitor, Shown(problem: problem, domain: wanted))
        }
        let saved = made.isEmpty ? "" : "saved=1&"
        return .redirect(services.url.address("/organizations/\(organization)/settings?\(saved)\(MadeFacts.query(made))"))
    }

    /// What a page shows beside the organization's state.
    struct Shown: Sendable {
        var isSaved = false
        /// Of the page's address: which events saving made.
        var query = Fields([])
        var problem: Problem?
        var domain: DomainView?
        var guide: Guide?
        var typed = TypedMetadata()
    }

    func page(_ organization: Identifier, _ visitor: Services.Visitor, _ shown: Shown) async throws -> Response {
        try services.core.check(.configure, organization, by: visitor.caller)
        let state = try await services.core.organization(organization, by: visitor.caller)
        let form = services.formToken(visitor)
        let settings = SettingsFacts(
            organization: organization, state: state, url: services.url, guide: shown.guide,
            isTested: try await services.core.hasLoggedIn(organization, state, by: visitor.caller), now: services.core.now())
        var facts = settings.facts(typed: shown.typed, form: form)
        if var configured = facts["configured"] as? [String: Any] {
            // C39: what changed too much to be taken by itself.
            if let held = try services.core.heldRefresh(organization, by: visitor.caller), let event = held.heldEvent {
                configured["held"] = ["event": String(event), "changes": held.changes] as [String: Any]
            }
            let drifts = services.drifts.drifts(organization)
            if !drifts.isEmpty { configured["drift"] = ["drifts": drifts.map { DriftFacts.facts($0, services.url, organization) }] }
            facts["configured"] = configured
            if shown.isSaved {
                let passing = await services.core.refusalsThatWouldPass(organization, by: visitor.caller)
                let words = ConsequenceFacts(url: services.url, organization: organization)
                if !passing.isEmpty { facts["passing"] = words.facts(passing: passing) }
            }
        }
        let made = MadeFacts(services: services, organization: organization, caller: visitor.caller)
        if let shown = try made.facts(shown.query) { facts["made"] = shown }
        facts["domains"] = (state["verifiedDomains"]?.arrayValue ?? []).compactMap(\.stringValue).map { ["domain": $0] }
        if let wanted = shown.domain, !wanted.isVerified {
            facts["wanted"] = ["domain": wanted.domain, "name": wanted.recordName, "value": wanted.recordValue]
        }
        facts["isRefused"] = shown.problem != nil && shown.typed.url != nil
        let frame = services.frame(organization, visitor, notice: shown.isSaved ? SettingsPhrase.saved : nil, problem: shown.problem)
        return .page(
            services.pages.render("settings", title: "Settings", facts, frame: frame),
            status: .init(code: shown.problem?.status ?? 200))
    }

    private func test(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        try services.core.check(.configure, organization, by: visitor.caller)
        let state = try await services.core.organization(organization, by: visitor.caller)
        let provider = SettingsFacts.provider(state)
        var facts: [String: Any] = [
            "organization": organization.description, "form": services.formToken(visitor), "configured": provider != nil,
        ]
        if let address = provider?["singleSignOnURL"]?.stringValue { facts["address"] = address }
        if let preset = provider?["preset"]?.stringValue.flatMap({ IdentityProviderPreset(rawValue: $0) }) {
            facts["product"] = preset.rawValue
            if let advice = preset.advice(for: .statusNotSuccess) { facts["advice"] = advice }
        }
        return .page(
            services.pages.render("test", title: "Test", facts, frame: services.frame(organization, visitor)))
    }

    private func startTest(_ request: FrontRequest) async throws -> Response {
        let (organization, _, _) = try await services.settingsForm(request)
        return try LoginRoutes(services: services).startLogin(request, organization, relayState: nil, isTest: true)
    }
}
