import Hummingbird

/// The administration API, described: `/v1/openapi.json` for programs (OpenAPI 3.1), `/v1/docs` for people.
struct DescriptionRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/v1/openapi.json", for: .programs) { _ in
            .json(APIDescription.document(server: services.url.text))
        }
        table.add(.get, "/v1/docs", for: .people) { request in
            try page("apiIndex", OperatorWords.api, APIPages.index(server: services.url.text), request)
        }
        table.add(.get, "/v1/docs/{subject}", for: .people) { request in
            let name = request.parameters["subject"]
            if name == "shapes" { return try page("apiShapes", "Shapes", APIPages.shapes, request) }
            guard let subject = APIOperation.Subject.allCases.first(where: { $0.slug == name }) else { throw Problem.notFound }
            return try page("apiSubject", subject.rawValue, APIPages.subject(subject), request)
        }
    }

    // Anyone may read it; operators come here from the console and go back there.
    private func page(_ template: String, _ title: String, _ facts: [String: Any], _ request: FrontRequest) throws -> Response {
        let frame = try services.operatorVisitor(request) == nil ? Pages.Frame() : services.operatorFrame()
        return .page(services.pages.render(template, title: title, facts, frame: frame))
    }
}
