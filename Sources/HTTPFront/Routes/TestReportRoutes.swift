import Events
import HTTPTypes
import Hummingbird
import IdentityLedger

/// The report of a test of the connection: a page of its own, which can be loaded again and sent on.
struct TestReportRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/test/{sequence}", for: .people, report)
    }

    private func report(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        guard let sequence = request.parameters["sequence"].flatMap({ UInt64($0) }) else { throw Problem.notFound }
        let visitor: Services.Visitor
        let report: JudgmentReport
        do {
            visitor = try await services.visitor(request, of: organization)
            report = try await services.core.testReport(organization, sequence, by: visitor.caller)
        } catch {
            guard request.header(.secFetchSite) == "cross-site", try request.query.one("answered") == nil else { throw error }
            return answered(organization, sequence)
        }
        let remedies = RemedyFacts(services: services, links: services.links(organization, visitor.caller))
        let facts = TestFacts(url: services.url, organization: organization, remedies: remedies).facts(report)
        return .page(
            services.pages.render(
                "testReport", title: "Test of the connection", facts, frame: services.frame(organization, visitor)))
    }

    // Led here by the identity provider's post, a browser keeps an operator's cookie to itself (SameSite=Strict); from a page of ours it sends it.
    private func answered(_ organization: Identifier, _ sequence: UInt64) -> Response {
        let address = services.url.address("/organizations/\(organization)/test/\(sequence)?answered=1")
        var response = Response.page(services.pages.render("answered", title: "Test of the connection", ["report": address]))
        if let name = HTTPField.Name("Refresh") { response.headers[name] = "0; url=\(address)" }
        return response
    }
}
