import Events
import Hummingbird
import Identity

/// The identity provider's configuration, of the administration API.
struct ProviderRoutes: Sendable {
    let services: Services

    /// What was sent: the document itself, and where it came from.
    struct Document: Sendable {
        let bytes: [UInt8]
        let url: String?
        let entityID: String?
    }

    private static let xml: Set<String> = ["application/samlmetadata+xml", "application/xml", "text/xml"]

    func register(in table: inout RouteTable) {
        table.add(.put, "/v1/organizations/{org}/identity-provider", for: .programs, configure)
        table.add(.post, "/v1/organizations/{org}/identity-provider/preview", for: .programs, preview)
    }

    private func configure(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        // Who may not configure must not make this server fetch anything either.
        try services.core.check(.configure, organization, by: caller)
        return .json(try await services.core.configure(organization, try await document(request), by: caller))
    }

    private func preview(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        try services.core.check(.configure, organization, by: caller)
        return .json(try await services.core.preview(organization, try await document(request), by: caller))
    }

    private func document(_ request: FrontRequest) async throws -> Document {
        let entityID = try request.query.text("entityID")
        if let type = request.mediaType, Self.xml.contains(type) {
            return Document(
                bytes: try await request.body(upTo: RequestLimits.metadataBytes), url: nil, entityID: entityID)
        }
        let body = try await request.json(members: ["metadataURL", "entityID"])
        let url = try body.requiredText("metadataURL")
        return Document(
            bytes: try await services.fetcher.fetch(url), url: url,
            entityID: try body.optionalText("entityID") ?? entityID)
    }
}
