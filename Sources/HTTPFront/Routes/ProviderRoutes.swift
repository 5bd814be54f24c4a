import Events
import Hummingbird
import Identity
import IdentityLedger

/// The identity provider's configuration, of the administration API.
struct ProviderRoutes: Sendable {
    let services: Services

    /// What was sent: the document itself, and where it came from.
    struct Document: Sendable {
        let bytes: [UInt8]
        let url: String?
        let entityID: String?
        /// The certificate that must have signed it: PEM, or base64 of its DER.
        let certificate: String?
    }

    private static let xml: Set<String> = ["application/samlmetadata+xml", "application/xml", "text/xml"]

    func register(in table: inout RouteTable) {
        table.add(.put, "/v1/organizations/{org}/identity-provider", for: .programs, configure)
        table.add(.post, "/v1/organizations/{org}/identity-provider/preview", for: .programs, preview)
        table.add(.post, "/v1/organizations/{org}/identity-provider/refresh", for: .programs, refresh)
        table.add(.post, "/v1/organizations/{org}/identity-provider/approve", for: .programs, approve)
    }

    /// Fetches the metadata again, now.
    private func refresh(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        let organization = try services.organization(request)
        return .json(try await refresh(organization, by: caller).json)
    }

    /// The same for a page. A change that waits for a person is told as `metadata_change_held`.
    func refresh(_ organization: Identifier, by caller: Caller) async throws -> MetadataRefreshView {
        let url = try services.core.metadataURL(organization, by: caller)
        return try await services.core.refresh(organization, try await services.fetcher.fetch(url), by: caller)
    }

    private func approve(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        return .json(
            try await services.core.approveRefresh(
                try services.organization(request), event: try request.query.text("event"), by: caller))
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
        return .json(try await services.core.preview(organization, try await document(request), by: caller).json)
    }

    private func document(_ request: FrontRequest) async throws -> Document {
        let entityID = try request.query.text("entityID")
        let certificate = try request.query.text("metadataCertificate")
        if let type = request.mediaType, Self.xml.contains(type) {
            return Document(
                bytes: try await request.body(upTo: RequestLimits.metadataBytes), url: nil, entityID: entityID,
                certificate: certificate)
        }
        let body = try await request.json(members: ["metadataURL", "entityID", "metadataCertificate"])
        let url = try body.requiredText("metadataURL")
        return Document(
            bytes: try await services.fetcher.fetch(url), url: url,
            entityID: try body.optionalText("entityID") ?? entityID,
            certificate: try body.optionalText("metadataCertificate") ?? certificate)
    }
}
