import Events
import Hummingbird
import Identity
import IdentityLedger

/// Saving on the settings page. What it would do is shown first where that is asked for, and where somebody would be locked out.
struct SavingRoutes: Sendable {
    let services: Services
    private var settings: SettingsRoutes { SettingsRoutes(services: services) }

    func register(in table: inout RouteTable) {
        table.add(.post, "/organizations/{org}/settings", for: .people, save)
        table.add(.post, "/organizations/{org}/settings/approve", for: .people, approve)
    }

    private func save(_ request: FrontRequest) async throws -> Response {
        let (organization, visitor) = try await services.settingsVisitor(request)
        let (fields, file) = try await form(request)
        try services.checkForm(request, fields, visitor)
        do {
            let shown = try fields.text("shown").map { sealed in
                guard let shown = ShownMetadata(sealed, by: services.sealer, for: organization) else { throw Problem.forgedForm }
                return shown
            }
            let document: ProviderRoutes.Document
            if let shown { document = shown.document } else { document = try await self.document(fields, file) }
            let basis = try services.core.settingsRevision(organization, by: visitor.caller)
            if shown?.basis != basis {
                let preview = try await services.core.preview(organization, document, by: visitor.caller)
                let wantsPreview = try fields.one("do") == "preview"
                if wantsPreview || preview.consequence.locksOut {
                    let box = ShownMetadata(document, basis: preview.basis).sealed(by: services.sealer, for: organization)
                    guard let box else { throw Problem.unavailable }
                    let ask = Consequences.Question(
                        fields: [("shown", box)], action: "settings", isLarge: true,
                        notice: shown == nil ? nil : "The settings were changed meanwhile: look at what it would do now.")
                    return try Consequences(services: services).page(
                        .init(preview), ask, organization, visitor, request, wasAskedFor: wantsPreview)
                }
            }
            _ = try await services.core.configure(organization, document, by: visitor.caller)
        } catch {
            return try await unchanged(error, organization, visitor, request)
        }
        return saved(organization)
    }

    // C39: what waits for a person, who sees whom it would lock out before it is taken.
    private func approve(_ request: FrontRequest) async throws -> Response {
        let (organization, visitor, form) = try await services.settingsForm(request)
        do {
            guard let event = try form.one("event") else { throw Problem.malformed("The field “event” is missing.") }
            let seen = try form.text("shown")
            let basis = try services.core.settingsRevision(organization, by: visitor.caller)
            if seen != String(basis), let preview = try await services.core.previewHeldRefresh(organization, by: visitor.caller),
                preview.consequence.locksOut
            {
                let ask = Consequences.Question(
                    fields: [("event", event), ("shown", String(preview.basis))], action: "settings/approve")
                return try Consequences(services: services).page(.init(preview), ask, organization, visitor, request, wasAskedFor: false)
            }
            _ = try await services.core.approveRefresh(organization, event: event, by: visitor.caller)
        } catch {
            return try await unchanged(error, organization, visitor, request)
        }
        return saved(organization)
    }

    private func form(_ request: FrontRequest) async throws -> (fields: Fields, file: [UInt8]?) {
        guard request.mediaType == "multipart/form-data" else { return (try await request.form(), nil) }
        let body = try await request.body(upTo: RequestLimits.settingsBytes)
        let form = try Multipart(body, contentType: request.header(.contentType) ?? "")
        return (form.fields, form.file("metadata"))
    }

    private func document(_ fields: Fields, _ file: [UInt8]?) async throws -> ProviderRoutes.Document {
        let (entityID, certificate) = (try fields.text("entityID"), try fields.text("metadataCertificate"))
        if let file { return .init(bytes: file, url: nil, entityID: entityID, certificate: certificate) }
        guard let url = try fields.text("metadataURL") else {
            throw Problem.invalid("Choose a metadata file, or fill in the metadata URL.", status: 422)
        }
        return .init(bytes: try await services.fetcher.fetch(url), url: url, entityID: entityID, certificate: certificate)
    }

    private func unchanged(
        _ error: any Error, _ organization: Identifier, _ visitor: Services.Visitor, _ request: FrontRequest
    ) async throws -> Response {
        let problem = Problem(any: error, logger: services.logger)
        if request.acceptsJSON { throw problem }
        return try await settings.page(organization, visitor, problem: problem)
    }

    private func saved(_ organization: Identifier) -> Response {
        .redirect(services.url.address("/organizations/\(organization)/settings?saved=1"))
    }
}
