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
        var shown = SettingsRoutes.Shown(guide: Guide.named(try request.query.one("provider")))
        let fields: Fields
        let file: [UInt8]?
        do {
            (fields, file) = try await form(request)
        } catch let problem as Problem where problem.code == "too_large" {
            return try await unchanged(Self.tooLarge, organization, visitor, request, shown)
        }
        try services.checkForm(request, fields, visitor)
        do {
            shown.typed = try TypedMetadata(fields)
            let confirmed = try opened("shown", fields, organization)
            let document: ProviderRoutes.Document
            if let confirmed {
                document = confirmed.document
            } else {
                document = try await self.document(fields, file, organization)
                // Before anything is decided: whether one of several is to be chosen is the form's affair.
                try choose(document, organization, &shown.typed)
            }
            let basis = try services.core.settingsRevision(organization, by: visitor.caller)
            if confirmed?.basis != basis {
                let preview = try await services.core.preview(organization, document, by: visitor.caller)
                let wantsPreview = try fields.one("do") == "preview"
                if wantsPreview || preview.consequence.locksOut {
                    let box = try box(document, basis: preview.basis, organization)
                    let ask = Consequences.Question(
                        fields: [("shown", box)], action: "settings" + query(shown.guide), isLarge: true,
                        notice: confirmed == nil ? nil : ConsequencePhrase.changedMeanwhile)
                    return try Consequences(services: services).page(
                        .init(preview), ask, organization, visitor, request, wasAskedFor: wantsPreview)
                }
            }
            _ = try await services.core.configure(organization, document, by: visitor.caller)
            return try saved(organization, shown.guide, since: basis, by: visitor.caller)
        } catch {
            return try await unchanged(error, organization, visitor, request, shown)
        }
    }

    private func opened(_ name: String, _ fields: Fields, _ organization: Identifier) throws -> ShownMetadata? {
        try fields.text(name).map { value in
            let sealed = try services.keptBoxes.sealed(value, for: organization, at: services.core.now())
            guard let shown = ShownMetadata(sealed, by: services.sealer, for: organization) else { throw Problem.forgedForm }
            return shown
        }
    }

    private func box(_ document: ProviderRoutes.Document, basis: UInt64, _ organization: Identifier) throws -> String {
        guard let sealed = ShownMetadata(document, basis: basis).sealed(by: services.sealer, for: organization) else {
            throw Problem.unavailable
        }
        return services.keptBoxes.value(of: sealed, for: organization, at: services.core.now())
    }

    /// Of several identity providers none is guessed: the page lists them, and keeps what was given.
    private func choose(_ document: ProviderRoutes.Document, _ organization: Identifier, _ typed: inout TypedMetadata) throws {
        let names = services.core.entityIDs(in: document.bytes)
        guard names.count > 1, !names.contains(document.entityID ?? "") else { return }
        typed.choices = names
        if document.url == nil, typed.text.isEmpty || typed.isLong {
            typed.kept = try box(document, basis: 0, organization)
            typed.text = ""
        }
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
            return try saved(organization, since: basis, by: visitor.caller)
        } catch {
            return try await unchanged(error, organization, visitor, request)
        }
    }

    private func form(_ request: FrontRequest) async throws -> (fields: Fields, file: [UInt8]?) {
        guard request.mediaType == "multipart/form-data" else { return (try await request.form(), nil) }
        let body = try await request.body(upTo: RequestLimits.settingsBytes)
        let form = try Multipart(body, contentType: request.header(.contentType) ?? "")
        return (form.fields, form.file("metadata"))
    }

    // A file counts before pasted text, and that before a URL, which the form may have kept from the last time.
    private func document(_ fields: Fields, _ file: [UInt8]?, _ organization: Identifier) async throws -> ProviderRoutes.Document {
        if let file, file.isEmpty { throw Self.emptyFile }
        let (entityID, certificate) = (try fields.text("entityID"), try fields.text("metadataCertificate"))
        // What is selected by hand begins and ends with white space, which XML has no room for.
        let text = try fields.one("metadataText")?.drop(while: \.isWhitespace) ?? ""
        let pasted = text.isEmpty ? nil : Array(text.utf8)
        if let bytes = try file ?? pasted ?? opened("kept", fields, organization)?.document.bytes {
            guard bytes.count <= RequestLimits.metadataBytes else { throw Self.tooLarge }
            return .init(bytes: bytes, url: nil, entityID: entityID, certificate: certificate)
        }
        guard let url = try fields.text("metadataURL") else {
            throw Problem(
                "invalid_request", status: 422, "There is no metadata yet.",
                remedy: "Choose a metadata file, fill in the metadata URL, or paste the metadata.")
        }
        return .init(bytes: try await services.fetcher.fetch(url), url: url, entityID: entityID, certificate: certificate)
    }

    private static let emptyFile = Problem(
        "invalid_request", status: 422, "The metadata file that was chosen is empty.",
        remedy: "Download the metadata from the identity provider again and choose that file, or choose none.")
    private static let tooLarge = Problem(
        "too_large", status: 413, "Metadata may have 2 MiB; this is more.",
        remedy: "Take the metadata of your identity provider alone, not that of a whole federation.")

    private func query(_ guide: Guide?) -> String { guide.map { "?provider=\($0.id)" } ?? "" }

    private func unchanged(
        _ error: any Error, _ organization: Identifier, _ visitor: Services.Visitor, _ request: FrontRequest,
        _ shown: SettingsRoutes.Shown = .init()
    ) async throws -> Response {
        var shown = shown
        var problem = Problem(any: error, logger: services.logger)
        if request.acceptsJSON { throw problem }
        if !shown.typed.choices.isEmpty { problem.remedy = "Choose it in the form below, then save again." }
        if shown.typed.isLong {
            shown.typed.text = ""
            problem.remedy = (problem.remedy.map { $0 + " " } ?? "") + "What you pasted is too long to be shown again: paste it anew."
        }
        shown.problem = problem
        return try await settings.page(organization, visitor, shown)
    }

    private func saved(_ organization: Identifier, _ guide: Guide? = nil, since basis: UInt64, by caller: Caller) throws -> Response {
        let made = try services.settingsMade(since: basis, organization, by: caller)
        let kept = guide.map { "&provider=\($0.id)" } ?? ""
        return .redirect(services.url.address("/organizations/\(organization)/settings?saved=1&\(made)\(kept)"))
    }
}
