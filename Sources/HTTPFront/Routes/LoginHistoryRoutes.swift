import Events
import Hummingbird
import IdentityLedger
import SAML

/// The pages about logins: their history, and the story of one.
struct LoginHistoryRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/logins", for: .people, logins)
        table.add(.get, "/organizations/{org}/logins.csv", for: .people, spreadsheet)
        table.add(.get, "/organizations/{org}/logins/{sequence}", for: .people, login)
    }

    private func logins(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        do {
            if let reference = try request.query.reference() {
                return .redirect(services.url.address("/organizations/\(organization)/logins/\(reference)"))
            }
        } catch {
            return try await list(request, organization, visitor, RefusedInput(error, of: request, logger: services.logger))
        }
        return try await list(request, organization, visitor)
    }

    private func list(
        _ request: FrontRequest, _ organization: Identifier, _ visitor: Services.Visitor, _ refusedReference: RefusedInput? = nil
    ) async throws -> Response {
        let listing = try listing(request, organization)
        let tally = try await services.core.loginTally(organization, by: visitor.caller)
        var facts: [String: Any] = [
            "list": listing.address, "user": listing.typed("user") ?? "", "filtered": listing.isFiltered,
            "reference": try request.query.one("reference") ?? "",
            "filters": [
                listing.choice(
                    "outcome", FilterPhrase.outcome, [("accepted", LoginPhrase.accepted), ("refused", LoginPhrase.refused)]),
                listing.choice("code", FilterPhrase.reason, RefusalCode.allCases.map { ($0.rawValue, $0.rawValue) }),
            ],
        ]
        for name in ["since", "until"] { facts.merge(PeriodQuery.facts(name, listing.typed(name))) { $1 } }
        facts.merge(TallyFacts.facts(tally, now: request.instant)) { $1 }
        var refused = refusedReference
        do {
            facts["listed"] = true
            facts.merge(try await rows(request, organization, visitor, listing)) { $1 }
        } catch {
            facts["listed"] = false
            let other = try RefusedInput(error, of: request, logger: services.logger)
            facts.merge(other.problem.fieldFacts) { $1 }
            refused = refused ?? other
        }
        if let refused { facts.merge(refused.problem.fieldFacts) { $1 } }
        let frame = services.frame(organization, visitor, problem: refused?.problem)
        return .page(services.pages.render("logins", title: "Logins", facts, frame: frame), refused?.problem)
    }

    private func rows(
        _ request: FrontRequest, _ organization: Identifier, _ visitor: Services.Visitor, _ listing: Listing
    ) async throws -> [String: Any] {
        let before = try request.query.before()
        let page = try await services.core.logins(organization, try filter(request), before: before, limit: 50, by: visitor.caller)
        let words = HistoryFacts(url: services.url, organization: organization)
        let facts: [String: Any] = [
            "logins": page.logins.map(words.login), "csv": listing.href(suffix: ".csv"),
            "mostRows": Numbers.text(UInt(BoundedRows.mostRows)),
        ]
        let pages = PageFacts.facts(listing, before: before, next: page.next, lookedThroughUntil: page.lookedThroughUntil)
        return facts.merging(pages) { $1 }
    }

    private func listing(_ request: FrontRequest, _ organization: Identifier) throws -> Listing {
        let address = HistoryFacts(url: services.url, organization: organization).address("logins")
        let names = ["user", "since", "until", "outcome", "code"]
        return Listing(address: address, filters: try names.map { ($0, try request.query.typed($0)) })
    }

    private func filter(_ request: FrontRequest) throws -> LoginFilter {
        let query = request.query
        let period = try PeriodQuery(query)
        var filter = LoginFilter()
        filter.person = try query.typed("user")
        (filter.since, filter.until) = (period.since, period.until)
        if let outcome = try query.typed("outcome") {
            guard ["accepted", "refused"].contains(outcome) else {
                throw Problem.invalid("“outcome” is accepted or refused.", in: .init(name: "outcome", phrase: .choice))
            }
            filter.isAccepted = outcome == "accepted"
        }
        filter.code = try query.typed("code")
        if let code = filter.code, RefusalCode(rawValue: code) == nil {
            throw Problem.invalid("There is no code “\(code)”.", in: .init(name: "code", phrase: .choice))
        }
        return filter
    }

    private func login(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        guard let sequence = request.parameters["sequence"].flatMap({ UInt64($0) }) else { throw Problem.notFound }
        let story = try await services.core.explanation(organization, sequence, by: visitor.caller)
        let remedies = RemedyFacts(services: services, links: services.links(organization, visitor.caller))
        let facts = ExplanationFacts(story: story, url: services.url, organization: organization, remedies: remedies).facts
        return .page(
            services.pages.render(
                "explanation", title: LoginPhrase.one(["number": String(sequence)]), facts, frame: services.frame(organization, visitor)))
    }

    private func spreadsheet(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let filter = try filter(request)
        let core = services.core
        return try await services.eventTable("logins", columns: LoginView.columns, of: organization, for: request) { before, caller in
            let page = try await core.loginTable(organization, filter, before: before, by: caller)
            return EventRows(rows: page.logins.map(\.csv), next: page.next)
        }
    }
}
