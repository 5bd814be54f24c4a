import Hummingbird
import Identity

/// An organization's own address: it leads to the first of its pages that the visitor may open.
struct FirstPageRoute: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}", for: .people) { request in
            let organization = try services.organization(request)
            let visitor = try await services.visitor(request, of: organization)
            let permitted = try services.core.permissions(organization, by: visitor.caller)
            guard let page = Services.organizationPages.first(where: { permitted.contains($0.action) }) else {
                // C48: to others there is no such organization.
                try services.core.check(.readUsers, organization, by: visitor.caller)
                throw Problem(Authority.forbidden)
            }
            return .redirect(services.url.address("/organizations/\(organization)/\(page.path)"))
        }
    }
}
