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
        let words = HistoryFacts(url: services.url, organization: organization)
        if let reference = try request.query.reference() { return .redirect(words.address("logins/\(reference)")) }
        let (filter, period, listing) = try filter(request, words)
        let before = try request.query.before()
        let page = try await services.core.logins(organization, filter, before: before, limit: 50, by: visitor.caller)
        let tally = try await services.core.loginTally(organization, by: visitor.caller)
        var facts: [String: Any] = [
            "list": listing.address, "user": filter.person ?? "", "filtered": listing.isFiltered, "reference": "",
            "logins": page.logins.map(words.login), "csv": listing.href(suffix: ".csv"),
            "mostRows": Numbers.text(UInt(BoundedRows.mostRows)),
            "filters": [
                listing.choice(
                    "outcome", FilterPhrase.outcome, [("accepted", LoginPhrase.accepted), ("refused", LoginPhrase.refused)]),
                listing.choice("code", FilterPhrase.reason, RefusalCode.allCases.map { ($0.rawValue, $0.rawValue) }),
            ],
        ]
        facts.merge(period.facts) { $1 }
        facts.merge(TallyFacts.facts(tally, now: request.instant)) { $1 }
        facts.merge(PageFacts.facts(listing, before: before, next: page.next, lookedThroughUntil: page.lookedThroughUntil)) { $1 }
        return .page(services.pages.render("logins", title: "Logins", facts, frame: services.frame(organization, visitor)))
    }

    private func filter(_ request: FrontRequest, _ words: HistoryFacts) throws -> (LoginFilter, PeriodQuery, Listing) {
        let query = request.query
        let period = try PeriodQuery(query)
        var filter = LoginFilter()
        filter.person = try query.text("user")
        (filter.since, filter.until) = (period.since, period.until)
        let (outcome, code) = (try query.text("outcome"), try query.text("code"))
        if let outcome {
            guard ["accepted", "refused"].contains(outcome) else { throw Problem.invalid("“outcome” is accepted or refused.") }
            filter.isAccepted = outcome == "accepted"
        }
        if let code, RefusalCode(rawValue: code) == nil { throw Problem.invalid("There is no code “\(code)”.") }
        filter.code = code
        let listing = Listing(
            address: words.address("logins"),
            filters: [
                ("user", filter.person), ("since", period.texts.since), ("until", period.texts.until), ("outcome", outcome), ("code", code),
            ])
        return (filter, period, listing)
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
        let (filter, _, _) = try filter(request, HistoryFacts(url: services.url, organization: organization))
        let core = services.core
        return try await services.eventTable("logins", columns: LoginView.columns, of: organization, for: request) { before, caller in
            let page = try await core.loginTable(organization, filter, before: before, by: caller)
            return EventRows(rows: page.logins.map(\.csv), next: page.next)
        }
    }
}
