import Events
import Hummingbird
import Identity
import IdentityLedger

/// The pages about an organization's events: in words, each with its facts, and the state after it.
struct HistoryRoutes: Sendable {
    let services: Services

    // All that is no login and no session: what the list shows where it is asked for changes.
    private static let changes = "changes"

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/history", for: .people, history)
        table.add(.get, "/organizations/{org}/history.csv", for: .people, spreadsheet)
        table.add(.get, "/organizations/{org}/history/{sequence}", for: .people, event)
    }

    private func history(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        if let at = try request.query.text("at") { return try await state(request, organization, visitor, at: at) }
        let words = HistoryFacts(url: services.url, organization: organization)
        let (filter, period, listing) = try filter(request, words)
        let before = try request.query.before()
        let page = try await services.core.history(organization, filter, before: before, limit: 50, by: visitor.caller)
        let types = EventBody.names.map { (value: $0, text: $0 as any Said) }
        var facts: [String: Any] = [
            "list": listing.address, "user": filter.person ?? "", "filtered": listing.isFiltered,
            "events": page.entries.map { words.event($0) },
            "csv": listing.href(suffix: ".csv"), "mostRows": Numbers.text(UInt(BoundedRows.mostRows)),
            "filters": [
                listing.choice("type", FilterPhrase.event, any: FilterPhrase.all, [(Self.changes, FilterPhrase.changes)] + types)
            ],
        ]
        facts.merge(period.facts) { $1 }
        facts.merge(PageFacts.facts(listing, before: before, next: page.next, lookedThroughUntil: page.lookedThroughUntil)) { $1 }
        return .page(services.pages.render("history", title: "History", facts, frame: services.frame(organization, visitor)))
    }

    private func filter(_ request: FrontRequest, _ words: HistoryFacts) throws -> (HistoryFilter, PeriodQuery, Listing) {
        let period = try PeriodQuery(request.query)
        var filter = HistoryFilter()
        filter.person = try request.query.text("user")
        (filter.since, filter.until) = (period.since, period.until)
        let type = try request.query.text("type")
        if type == Self.changes { filter.onlyChanges = true } else { filter.type = type }
        if let name = filter.type, !EventBody.names.contains(name) { throw Problem.invalid("There is no event of the type “\(name)”.") }
        let listing = Listing(
            address: words.address("history"),
            filters: [("user", filter.person), ("since", period.texts.since), ("until", period.texts.until), ("type", type)])
        return (filter, period, listing)
    }

    private func state(
        _ request: FrontRequest, _ organization: Identifier, _ visitor: Services.Visitor, at: String
    ) async throws -> Response {
        let state = try await services.core.organizationView(organization, at: at, by: visitor.caller)
        let isCompared = try request.query.text("compare") == "now"
        let difference = isCompared ? try await services.core.differences(organization, since: at, by: visitor.caller) : nil
        let facts = HistoryFacts(url: services.url, organization: organization).state(state, at: at, difference)
        return .page(services.pages.render("state", title: "History", facts, frame: services.frame(organization, visitor)))
    }

    private func event(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        try services.core.check(.read, organization, by: visitor.caller)
        // C48: another organization's event is none.
        guard let sequence = request.parameters["sequence"].flatMap({ UInt64($0) }),
            let entry = try services.core.historyEntry(sequence, of: organization, by: visitor.caller),
            let event = try services.core.event(sequence, by: visitor.caller)
        else { throw Problem.notFound }
        let facts = HistoryFacts(url: services.url, organization: organization).page(entry, event)
        return .page(
            services.pages.render(
                "event", title: HistoryPhrase.one(["number": String(sequence)]), facts, frame: services.frame(organization, visitor)))
    }

    private func spreadsheet(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let (filter, _, _) = try filter(request, HistoryFacts(url: services.url, organization: organization))
        let core = services.core
        return try await services.eventTable("history", columns: HistoryEntry.columns, of: organization, for: request) { before, caller in
            let page = try await core.historyTable(organization, filter, before: before, by: caller)
            return EventRows(rows: page.entries.map(\.csv), next: page.next)
        }
    }
}
