import Events
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
        let visitor = try await services.visitor(request, of: organization)
        guard let sequence = request.parameters["sequence"].flatMap({ UInt64($0) }) else { throw Problem.notFound }
        let report = try await services.core.testReport(organization, sequence, by: visitor.caller)
        let remedies = RemedyFacts(services: services, links: services.links(organization, visitor.caller))
        let facts = TestFacts(url: services.url, organization: organization, remedies: remedies).facts(report)
        return .page(
            services.pages.render(
                "testReport", title: "Test of the connection", facts, frame: services.frame(organization, visitor)))
    }
}
