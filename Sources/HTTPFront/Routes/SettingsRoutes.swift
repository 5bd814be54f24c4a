import Events
import Hummingbird
import Identity
import IdentityLedger

/// The settings page and the test of the connection.
struct SettingsRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/settings", for: .people, show)
        table.add(.post, "/organizations/{org}/settings/refresh", for: .people) { request in
            try await change(request) { organization, _, caller in
                _ = try await ProviderRoutes(services: services).refresh(organization, by: caller)
            }
        }
        table.add(.post, "/organizations/{org}/settings/domains", for: .people) { request in
            try await change(request, changeDomain)
        }
        table.add(.get, "/organizations/{org}/test", for: .people, test)
        table.add(.post, "/organizations/{org}/test", for: .people, startTest)
    }

    private func show(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let isSaved = try request.query.one("saved") != nil
        do {
            let wanted = try request.query.text("domain").map { try services.core.domain($0, organization, by: visitor.caller) }
            return try await page(organization, visitor, isSaved: isSaved, domain: wanted)
        } catch {
            let problem = Problem(any: error, logger: services.logger)
            guard !request.acceptsJSON, problem.status == 409 || problem.status == 422 else { throw problem }
            return try await page(organization, visitor, problem: problem)
        }
    }

    private func changeDomain(_ organization: Identifier, _ form: Fields, _ caller: Caller) async throws {
        let domain = try form.text("domain") ?? ""
        switch try form.one("do") {
        case "verify": _ = try await services.verifyDomain(domain, organization, by: caller)
        case "remove": try await services.core.removeDomain(domain, organization, by: caller)
        default: throw Problem.invalid("This form is not known.", status: 422)
        }
    }

    /// A small form of the page: what it did is seen on the page, and so is why it couldn't.
    private func change(
        _ request: FrontRequest, _ work: (Identifier, Fields, Caller) async throws -> Void
    ) async throws -> Response {
        let (organization, visitor, form) = try await services.settingsForm(request)
        do {
            try await work(organization, form, visitor.caller)
        } catch {
            let problem = Problem(any: error, logger: services.logger)
            if request.acceptsJSON { throw problem }
            let wanted = try form.text("domain").flatMap { try? services.core.domain($0, organization, by: visitor.caller) }
            return try await page(organization, visitor, problem: problem, domain: wanted)
        }
        return .redirect(services.url.address("/organizations/\(organization)/settings?saved=1"))
    }

    func page(
        _ organization: Identifier, _ visitor: Services.Visitor, isSaved: Bool = false, problem: Problem? = nil,
        domain wanted: DomainView? = nil
    )
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
            if let held = try services.core.heldRefresh(organization, by: visitor.caller), let event = held.heldEvent {
                configured["held"] = [
                    "event": String(event), "changes": held.changes, "form": services.formToken(visitor), "base": services.url.path,
                    "organization": organization.description,
                ]
            }
            if provider["metadataURL"]?.stringValue != nil {
                configured["refreshes"] = [
                    "form": services.formToken(visitor), "base": services.url.path, "organization": organization.description,
                ]
            }
            configured["details"] = Self.details(provider)
            let drifts = services.drifts.drifts(organization)
            if !drifts.isEmpty { configured["drift"] = ["drifts": drifts.map { DriftFacts.facts($0, services.url, organization) }] }
            facts["configured"] = configured
            if isSaved {
                let passing = await services.core.refusalsThatWouldPass(organization, by: visitor.caller)
                let words = ConsequenceFacts(url: services.url, organization: organization)
                if !passing.isEmpty { facts["passing"] = words.facts(passing: passing) }
            }
        }
        facts["domains"] = (state["verifiedDomains"]?.arrayValue ?? []).compactMap(\.stringValue).map {
            [
                "domain": $0, "form": services.formToken(visitor), "base": services.url.path,
                "organization": organization.description,
            ]
        }
        if let wanted, !wanted.isVerified {
            facts["wanted"] = [
                "domain": wanted.domain, "name": wanted.recordName, "value": wanted.recordValue,
                "form": services.formToken(visitor), "base": services.url.path, "organization": organization.description,
            ]
        }
        let frame = services.frame(organization, visitor, notice: isSaved ? "Saved." : nil, problem: problem)
        return .page(
            services.pages.render("settings", title: "Settings", facts, frame: frame),
            status: .init(code: problem?.status ?? 200))
    }

    // What the metadata says, as the page shows it; what it doesn't say is left out.
    private static func details(_ provider: JSON) -> [String: Any] {
        let details = provider["details"] ?? .null
        func joined(_ list: JSON?) -> String { (list?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ", ") }
        var shown: [String: Any] = [
            "requests": provider["wantsSignedRequests"]?.boolValue == true
                ? "It wants them signed, and they are." : "It takes them unsigned.",
            "contacts": (details["contacts"]?.arrayValue ?? []).map { contact in
                [
                    "type": contact["type"]?.stringValue ?? "", "name": contact["name"]?.stringValue ?? "",
                    "emails": joined(contact["emails"]),
                ]
            },
        ]
        let texts = [
            "preset": provider["preset"]?.stringValue, "runBy": details["organizationName"]?.stringValue,
            "attributes": joined(details["attributes"]), "formats": joined(details["nameIDFormats"]),
            "signer": provider["metadataCertificate"]?["sha256"]?.stringValue,
        ]
        for (name, text) in texts { if let text, !text.isEmpty { shown[name] = [name: text] } }
        return shown
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
        let (organization, _, _) = try await services.settingsForm(request)
        return try LoginRoutes(services: services).startLogin(request, organization, relayState: nil, isTest: true)
    }
}
