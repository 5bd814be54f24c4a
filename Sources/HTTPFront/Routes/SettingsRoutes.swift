import Events
import Hummingbird
import Identity

/// The settings page and the test of the connection.
struct SettingsRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/settings", for: .people, show)
        table.add(.post, "/organizations/{org}/settings", for: .people, save)
        table.add(.get, "/organizations/{org}/test", for: .people, test)
        table.add(.post, "/organizations/{org}/test", for: .people, startTest)
    }

    private func show(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let notice = try request.query.one("saved") == nil ? nil : "Saved."
        return try await page(organization, visitor, notice: notice, problem: nil)
    }

    private func page(_ organization: Identifier, _ visitor: Services.Visitor, notice: String?, problem: Problem?)
        async throws -> Response
    {
        try services.core.check(.configure, organization, by: visitor.caller)
        let state = try await services.core.organization(organization, by: visitor.caller)
        let text = { (name: String) in state[name]?.stringValue ?? "" }
        var facts: [String: Any] = [
            "organization": organization.description, "form": services.formToken(visitor),
            "copied": [
                ["id": "organization-id", "label": "Organization ID", "value": organization.description],
                ["id": "acs-url", "label": "Assertion Consumer Service URL", "value": text("acsURL")],
                ["id": "audience-uri", "label": "Audience URI (Entity ID)", "value": text("audienceURI")],
            ],
            "acsPathURL": services.url.address("/saml/acs/\(organization)"), "metadataURL": text("metadataURL"),
            "guides": Guides.facts, "savedMetadataURL": "",
        ]
        if let provider = state["identityProvider"], !provider.isNull {
            facts["savedMetadataURL"] = provider["metadataURL"]?.stringValue ?? ""
            var configured: [String: Any] = [
                "loginURL": text("loginURL"), "entityID": provider["entityID"]?.stringValue ?? "",
                "redirectURL": provider["singleSignOnURL"]?.stringValue ?? "", "base": services.url.path,
                "organization": organization.description,
                "certificates": (provider["certificates"]?.arrayValue ?? []).enumerated().map {
                    index, certificate in
                    var shown: [String: Any] = ["number": String(index + 1)]
                    for name in ["pem", "sha256", "subject", "notBefore", "notAfter"] {
                        shown[name] = certificate[name]?.stringValue ?? ""
                    }
                    return shown
                },
            ]
            configured["warnings"] = (provider["warnings"]?.arrayValue ?? []).compactMap(\.stringValue)
            // C39: what changed too much to be taken by itself.
            if let held = state["heldRefresh"]?.integerValue { configured["held"] = String(held) }
            facts["configured"] = configured
        }
        let frame = services.frame(organization, visitor, notice: notice, problem: problem)
        return .page(
            services.pages.render("settings", title: "Settings", facts, frame: frame),
            status: .init(code: problem?.status ?? 200))
    }

    private func save(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        try services.core.check(.configure, organization, by: visitor.caller)
        let fields: Fields
        var file: [UInt8]?
        if request.mediaType == "multipart/form-data" {
            let body = try await request.body(upTo: RequestLimits.metadataBytes + (64 << 10))
            let form = try Multipart(body, contentType: request.header(.contentType) ?? "")
            fields = form.fields
            file = form.file("metadata")
        } else {
            fields = try await request.form()
        }
        try services.checkForm(request, fields, visitor)
        do {
            let url = try fields.text("metadataURL")
            let document: ProviderRoutes.Document
            if let file {
                document = .init(
                    bytes: file, url: nil, entityID: try fields.text("entityID"), certificate: try fields.text("metadataCertificate"))
            } else if let url {
                document = .init(
                    bytes: try await services.fetcher.fetch(url), url: url, entityID: try fields.text("entityID"),
                    certificate: try fields.text("metadataCertificate"))
            } else {
                throw Problem.invalid("Choose a metadata file, or fill in the metadata URL.", status: 422)
            }
            _ = try await services.core.configure(organization, document, by: visitor.caller)
        } catch {
            let problem = Problem(any: error, logger: services.logger)
            if request.acceptsJSON { throw problem }
            return try await page(organization, visitor, notice: nil, problem: problem)
        }
        return .redirect(services.url.address("/organizations/\(organization)/settings?saved=1"))
    }

    private func test(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        try services.core.check(.configure, organization, by: visitor.caller)
        let state = try await services.core.organization(organization, by: visitor.caller)
        let facts: [String: Any] = [
            "organization": organization.description, "form": services.formToken(visitor),
            "configured": state["identityProvider"].map { !$0.isNull } ?? false,
        ]
        return .page(
            services.pages.render("test", title: "Test", facts, frame: services.frame(organization, visitor)))
    }

    private func startTest(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        try services.core.check(.configure, organization, by: visitor.caller)
        try services.checkForm(request, try await request.form(), visitor)
        return try LoginRoutes(services: services).startLogin(request, organization, relayState: nil, isTest: true)
    }
}
