import Events
import Hummingbird

/// What the codes of refusals mean: a page for each, for anyone.
struct HelpRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/help", for: .people, index)
        table.add(.get, "/help/{code}", for: .people, code)
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
