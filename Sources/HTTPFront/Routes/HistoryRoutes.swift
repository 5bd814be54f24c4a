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
        try services.core.check(.read, organization, by: visitor.caller)
        guard let at = try request.query.typed("at") else { return try await list(request, organization, visitor) }
        do {
            return try await state(request, organization, visitor, at: at)
        } catch {
            // All events are below it: one of them is meant.
            return try await list(request, organization, visitor, RefusedInput(error, of: request, logger: services.logger))
        }
    }

    private func list(
        _ request: FrontRequest, _ organization: Identifier, _ visitor: Services.Visitor, _ refusedMoment: RefusedInput? = nil
    ) async throws -> Response {
        let listing = try listing(request, organization)
        let types = EventBody.names.map { (value: $0, text: $0 as any Said) }
        var facts: [String: Any] = [
            "list": listing.address, "user": listing.typed("user") ?? "", "filtered": listing.isFiltered,
            "at": try request.query.one("at") ?? "",
            "filters": [
                listing.choice("type", FilterPhrase.event, any: FilterPhrase.all, [(Self.changes, FilterPhrase.changes)] + types)
            ],
        ]
        for name in ["since", "until"] { facts.merge(PeriodQuery.facts(name, listing.typed(name))) { $1 } }
        var refused = refusedMoment
        do {
            facts["listed"] = true
            facts.merge(try await events(request, organization, visitor, listing)) { $1 }
        } catch {
            facts["listed"] = false
            let other = try RefusedInput(error, of: request, logger: services.logger)
            facts.merge(other.problem.fieldFacts) { $1 }
            refused = refused ?? other
        }
        if let refused { facts.merge(refused.problem.fieldFacts) { $1 } }
        let frame = services.frame(organization, visitor, problem: refused?.problem)
        return .page(services.pages.render("history", title: "History", facts, frame: frame), refused?.problem)
    }

    private func events(
        _ request: FrontRequest, _ organization: Identifier, _ visitor: Services.Visitor, _ listing: Listing
    ) async throws -> [String: Any] {
        let before = try request.query.before()
        let page = try await services.core.history(organization, try filter(request), before: before, limit: 50, by: visitor.caller)
        let words = HistoryFacts(url: services.url, organization: organization)
        let facts: [String: Any] = [
            "events": page.entries.map { words.event($0) }, "csv": listing.href(suffix: ".csv"),
            "mostRows": Numbers.text(UInt(BoundedRows.mostRows)),
        ]
        let pages = PageFacts.facts(listing, before: before, next: page.next, lookedThroughUntil: page.lookedThroughUntil)
        return facts.merging(pages) { $1 }
    }

    private func listing(_ request: FrontRequest, _ organization: Identifier) throws -> Listing {
        let address = HistoryFacts(url: services.url, organization: organization).address("history")
        return Listing(address: address, filters: try ["user", "since", "until", "type"].map { ($0, try request.query.typed($0)) })
    }

    private func filter(_ request: FrontRequest) throws -> HistoryFilter {
        let period = try PeriodQuery(request.query)
        var filter = HistoryFilter()
        filter.person = try request.query.typed("user")
        (filter.since, filter.until) = (period.since, period.until)
        let type = try request.query.typed("type")
        if type == Self.changes { filter.onlyChanges = true } else { filter.type = type }
        if let name = filter.type, !EventBody.names.contains(name) {
            throw Problem.invalid("There is no event of the type “\(name)”.", in: .init(name: "type", phrase: .choice))
        }
        return filter
    }

    private func state(
        _ request: FrontRequest, _ organization: Identifier, _ visitor: Services.Visitor, at typed: String
    ) async throws -> Response {
        let at = try TypedMoment(typed)
        let state: OrganizationView
        do {
            state = try await services.core.organizationView(organization, at: at.text, by: visitor.caller)
        } catch {
            throw Problem(any: error, logger: services.logger).about(at, before: .beforeOrganization)
        }
        let isCompared = try request.query.text("compare") == "now"
        let difference = isCompared ? try await services.core.differences(organization, since: at.text, by: visitor.caller) : nil
        let facts = HistoryFacts(url: services.url, organization: organization).state(state, at: at.shown, difference)
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
        let filter = try filter(request)
        let core = services.core
        return try await services.eventTable("history", columns: HistoryEntry.columns, of: organization, for: request) { before, caller in
            let page = try await core.historyTable(organization, filter, before: before, by: caller)
            return EventRows(rows: page.entries.map(\.csv), next: page.next)
        }
    }
}
