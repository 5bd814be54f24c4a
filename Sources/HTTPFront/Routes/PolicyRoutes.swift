import Events
import Hummingbird
import Identity
import IdentityLedger

/// The page of the organization's policy. What a change would do is shown first where that is asked for, and where somebody would be locked out.
struct PolicyRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/policy", for: .people, show)
        table.add(.post, "/organizations/{org}/policy", for: .people, save)
    }

    private func show(_ request: FrontRequest) async throws -> Response {
        let (organization, visitor) = try await services.settingsVisitor(request)
        return try await page(organization, visitor, saved: try request.query.one("saved") == nil ? nil : request.query)
    }

    private func save(_ request: FrontRequest) async throws -> Response {
        let (organization, visitor, fields) = try await services.settingsForm(request)
        let faults = PolicyFaults(fields, over: try services.core.policy(organization, by: visitor.caller))
        if !request.acceptsJSON, !faults.words.isEmpty { return try await page(organization, visitor, typed: fields, faults: faults) }
        do {
            let basis = try services.core.settingsRevision(organization, by: visitor.caller)
            let form = try self.form(organization, visitor)
            let patch = try form.patch(fields)
            let isCurrent = try fields.one("basis") == String(basis)
            let isConfirmed = try fields.one("shown") != nil && isCurrent
            if !isConfirmed {
                let preview = try await services.core.previewPolicy(organization, patch: patch, by: visitor.caller)
                let wantsPreview = try fields.one("do") == "preview"
                if wantsPreview || preview.consequence.locksOut || !isCurrent {
                    let typed = fields.fields.filter { !["form", "basis", "do", "shown"].contains($0.name) }.map { ($0.name, $0.value) }
                    let question = Consequences.Question(
                        fields: typed + [("basis", String(basis)), ("shown", "1")], action: "policy",
                        notice: isCurrent ? nil : ConsequencePhrase.changedMeanwhile)
                    let told = ConsequenceFacts.Told(
                        verdicts: preview.verdicts, consequence: preview.consequence, sentences: form.sentences(to: preview.policy))
                    return try Consequences(services: services).page(
                        told, question, organization, visitor, request, wasAskedFor: wantsPreview)
                }
            }
            _ = try await services.core.changePolicy(organization, patch: patch, by: visitor.caller)
            let made = try services.settingsMade(since: basis, organization, by: visitor.caller)
            return .redirect(services.url.address("/organizations/\(organization)/policy?saved=1&\(made)"))
        } catch {
            let problem = Problem(any: error, logger: services.logger)
            guard !request.acceptsJSON, problem.status == 409 || problem.status == 422 || problem.status == 400 else { throw problem }
            return try await page(organization, visitor, problem: problem, typed: fields)
        }
    }

    private func form(_ organization: Identifier, _ visitor: Services.Visitor) throws -> PolicyForm {
        PolicyForm(
            policy: try services.core.policy(organization, by: visitor.caller),
            accounts: try services.core.administeredAccounts(organization, by: visitor.caller))
    }

    private func page(
        _ organization: Identifier, _ visitor: Services.Visitor, saved: Fields? = nil, problem: Problem? = nil, typed: Fields? = nil,
        faults: PolicyFaults? = nil
    ) async throws -> Response {
        // Before the policy is read: what changes in between is found when the form comes back.
        let basis = try services.core.settingsRevision(organization, by: visitor.caller)
        var facts = try form(organization, visitor).facts(typed: typed, faults: faults)
        facts["organization"] = organization.description
        facts["form"] = services.formToken(visitor)
        facts["basis"] = String(basis)
        if let saved {
            let made = MadeFacts(services: services, organization: organization, caller: visitor.caller)
            if let shown = try made.facts(saved) { facts["made"] = shown }
            let passing = await services.core.refusalsThatWouldPass(organization, by: visitor.caller)
            let words = ConsequenceFacts(url: services.url, organization: organization)
            if !passing.isEmpty { facts["passing"] = words.facts(passing: passing) }
        }
        let frame = services.frame(organization, visitor, notice: saved != nil ? SettingsPhrase.saved : nil, problem: problem)
        return .page(
            services.pages.render("policy", title: "Policy", facts, frame: frame),
            status: .init(code: faults == nil ? problem?.status ?? 200 : 422))
    }
}
