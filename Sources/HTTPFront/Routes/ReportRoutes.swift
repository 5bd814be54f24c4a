import Events
import HTTPTypes
import Hummingbird
import Identity
import IdentityLedger
import NIOCore

/// The access report: as a page to look at and print, as CSV, and in the API; there also what changed in an identity provider's responses.
struct ReportRoutes: Sendable {
    let services: Services

    // What a page of 50 KB holds, unless more is asked for to be printed; the spreadsheets have all.
    private static let rowsOnPage = 60
    private static let usualDays: Int64 = 30

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/report", for: .people, page)
        table.add(.get, "/organizations/{org}/report.csv", for: .people, csv)
        table.add(.get, "/v1/organizations/{org}/reports/access", for: .programs) { request in
            let caller = try await services.bearer(request)
            let organization = try services.organization(request)
            return .json(try await services.core.accessReport(organization, try ReportPeriod(request.query), by: caller).json)
        }
        table.add(.get, "/v1/organizations/{org}/drift", for: .programs) { request in
            let caller = try await services.bearer(request)
            let organization = try services.organization(request)
            return .json(try await services.core.drift(organization, since: try request.query.text("since"), by: caller))
        }
    }

    private func page(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        try services.core.check(.read, organization, by: visitor.caller)
        let facts: [String: Any]
        var refused: RefusedInput?
        do {
            facts = try await self.facts(request, organization, visitor)
        } catch {
            let input = try RefusedInput(error, of: request, logger: services.logger)
            facts = try Self.form(organization, from: request.query.one("from"), to: request.query.one("to"))
                .merging(input.problem.fieldFacts) { $1 }
            refused = input
        }
        let frame = services.frame(organization, visitor, problem: refused?.problem)
        return .page(services.pages.render("reportPage", title: "Report", facts, frame: frame), refused?.problem)
    }

    private static func form(_ organization: Identifier, from: String?, to: String?) -> [String: Any] {
        PeriodQuery.facts("from", from).merging(PeriodQuery.facts("to", to)) { $1 }
            .merging(["organization": organization.description]) { $1 }
    }

    private func facts(_ request: FrontRequest, _ organization: Identifier, _ visitor: Services.Visitor) async throws -> [String: Any] {
        let period = try period(request)
        let report = try await services.core.accessReport(organization, period, by: visitor.caller)
        let rows = try request.query.one("limit") == nil ? Self.rowsOnPage : Page(request.query).limit
        var facts = ReportFacts.facts(report, most: rows)
        facts["reported"] = true
        let (from, to) = (period.from?.rfc3339 ?? "", period.to?.rfc3339 ?? "")
        // Days, as nearly always, are shown as the days that they are.
        let shown = [from, to].map { $0.hasSuffix("T00:00:00Z") ? String($0.prefix(10)) : $0 }
        facts.merge(Self.form(organization, from: shown[0], to: shown[1])) { $1 }
        let query = "from=\(PercentCoding.encode(from))&to=\(PercentCoding.encode(to))"
        let csv = services.url.address("/organizations/\(organization)/report.csv") + "?" + query
        facts["csv"] = csv
        facts["changesCSV"] = csv + "&table=changes"
        if rows < Page.most, facts["usersLeftOut"] != nil || facts["changesLeftOut"] != nil {
            let address = services.url.address("/organizations/\(organization)/report") + "?\(query)&limit=\(Page.most)"
            facts["longer"] = ["href": address, "most": String(Page.most)]
        }
        return facts
    }

    // Nothing given: the last days, from a midnight on.
    private func period(_ request: FrontRequest) throws -> ReportPeriod {
        guard try request.query.one("from") == nil, try request.query.one("to") == nil else {
            let period = try ReportPeriod(request.query)
            try PeriodQuery.check(from: period.from, to: period.to, "to")
            return period
        }
        let seconds = request.instant.adding(seconds: -Self.usualDays * 86400).nanoseconds / 1_000_000_000
        return ReportPeriod(from: Instant(seconds: seconds - seconds % 86400))
    }

    private func csv(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let period = try period(request)
        switch try request.query.text("table") ?? "people" {
        case "people":
            let report = try await services.core.accessReport(
                organization, period, mostChanges: IdentityLedger.mostChanges, by: visitor.caller)
            let rows = [CSV.row(UserAccess.columns)] + report.users.map { $0.csv(organization, report.accounts) }
            return .spreadsheet(
                services.fileName("access-people", of: organization), ResponseBody(contentsOf: rows.lazy.map { ByteBuffer(string: $0) }))
        case "changes":
            // Refused here, not in the middle of the rows.
            let first = try await services.core.accessChanges(organization, period, after: 0, by: visitor.caller)
            let services = services
            return .spreadsheet(
                services.fileName("access-changes", of: organization),
                ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: CSV.row(AccessChange.columns)))
                    var page = first
                    while true {
                        try await writer.write(ByteBuffer(string: page.changes.map { $0.csv(organization) }.joined()))
                        guard let next = page.next else { break }
                        let caller = try await services.visitor(request, of: organization).caller
                        page = try await services.core.accessChanges(organization, period, after: next, by: caller)
                    }
                    try await writer.finish(nil)
                })
        default: throw Problem.invalid("“table” is people or changes.")
        }
    }
}
