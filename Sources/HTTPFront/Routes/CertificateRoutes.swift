import Events
import Hummingbird
import IdentityLedger

/// The page about certificates: the identity provider's and our own, when they end, and what to do before.
struct CertificateRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/certificates", for: .people, certificates)
    }

    private func certificates(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let state = try await services.core.organizationView(organization, by: visitor.caller)
        let facts = CertificateFacts(
            url: services.url, organization: organization, provider: state.identityProvider,
            keys: try services.core.keyViews(organization, by: visitor.caller).filter { !$0.isRetired },
            used: try services.core.certificateUses(organization, by: visitor.caller), now: request.instant)
        return .page(
            services.pages.render("certificates", title: "Certificates", facts.facts, frame: services.frame(organization, visitor)))
    }
}
