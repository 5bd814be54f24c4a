import Events
import Hummingbird

/// What the codes of refusals mean: a page for each, for anyone.
struct HelpRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/help", for: .people, index)
        table.add(.get, "/help/{code}", for: .people, code)
        table.add(.get, "/organizations/{org}/reference", for: .people, reference)
    }

    private func index(_ request: FrontRequest) async throws -> Response {
        let texts = services.pages.texts
        let codes: [[String: Any]] = RefusalTexts.codes.compactMap { code in
            texts.refusal(code).map { ["code": code, "title": $0.title, "href": "\(services.url.path)/help/\(code)"] }
        }
        return .page(services.pages.render("helpIndex", title: "Help", ["codes": codes]))
    }

    private func code(_ request: FrontRequest) async throws -> Response {
        guard let code = request.parameters["code"], let help = HelpFacts(code: code, appearance: services.pages.appearance) else {
            throw Problem.notFound
        }
        return .page(services.pages.render("help", title: help.text.title, help.facts))
    }

    /// From a reference, as a person quoted it, to its login's page: that page asks who wants to see it.
    private func reference(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let quoted = try request.query.text("reference") ?? ""
        guard let digits = quoted.split(whereSeparator: { !$0.isASCII || !$0.isNumber }).last, let sequence = UInt64(digits) else {
            throw Problem(
                "not_found", status: 404, "A reference is a number, such as 1234.", remedy: "Copy it from the page that refused the login.")
        }
        return .redirect(services.url.address("/organizations/\(organization)/logins/\(sequence)"))
    }
}

extension Services {
    /// Where someone who isn't signed in does so, to come back to the organization's page that was asked for; nil for other pages.
    func signInAddress(_ request: FrontRequest) -> String? {
        guard request.method == .get, request.path.count >= 2, request.path[0] == "organizations",
            let organization = Identifier(request.path[1])
        else { return nil }
        let path = request.path.map { "/" + PercentCoding.encode($0) }.joined()
        let query = request.rawQuery.isEmpty ? "" : "?" + request.rawQuery
        return "\(url.path)/saml/login?org=\(organization)&RelayState=\(PercentCoding.encode(url.address(path + query)))"
    }
}
