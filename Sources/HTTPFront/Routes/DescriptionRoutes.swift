import Events
import Hummingbird
import Synchronization

/// The administration API, described: `/v1/openapi.json` for programs (OpenAPI 3.1), `/v1/docs` for people.
struct DescriptionRoutes: Sendable {
    let services: Services
    private let made = MadeOnce()

    init(services: Services) { self.services = services }

    func register(in table: inout RouteTable) {
        table.add(.get, "/v1/openapi.json", for: .programs) { _ in
            .bytes(made.bytes("openapi.json") { APIDescription.document(server: services.url.text).encoded() }, type: "application/json")
        }
        table.add(.get, "/v1/docs", for: .people) { request in
            try page("apiIndex", OperatorWords.api, request) { APIPages.index(server: services.url.text) }
        }
        table.add(.get, "/v1/docs/{subject}", for: .people) { request in
            let name = request.parameters["subject"]
            if name == "shapes" { return try page("apiShapes", APIWords.shapes, request) { APIPages.shapes } }
            guard let subject = APIOperation.Subject.allCases.first(where: { $0.slug == name }) else { throw Problem.notFound }
            return try page("apiSubject", subject.rawValue, request) { APIPages.subject(subject) }
        }
    }

    // Anyone may read it; operators come here from the console and go back there.
    private func page(
        _ template: String, _ title: String, _ request: FrontRequest, _ facts: () -> [String: Any]
    ) throws -> Response {
        let isOperator = try services.operatorVisitor(request) != nil
        let bytes = made.bytes(isOperator ? "operator \(title)" : title) {
            let frame = isOperator ? services.operatorFrame() : Pages.Frame()
            return Array(services.pages.render(template, title: title, facts(), frame: frame).utf8)
        }
        return .bytes(bytes, type: "text/html; charset=utf-8")
    }
}

/// What stays as it is while the server runs, by a name of ours: anyone may ask for it, and it is made once.
private final class MadeOnce: Sendable {
    private let made = Mutex<[String: [UInt8]]>([:])

    func bytes(_ name: String, _ make: () -> [UInt8]) -> [UInt8] {
        if let found = made.withLock({ $0[name] }) { return found }
        let bytes = make()
        made.withLock { $0[name] = bytes }
        return bytes
    }
}
