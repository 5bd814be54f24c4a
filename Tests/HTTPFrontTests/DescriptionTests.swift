import Events
import HTTPTypes
import IdentityLedger
import Logging
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The description of the administration API` {
    private let document = APIDescription.document(server: "https://a.example")

    private func operations() -> [(name: String, value: JSON)] {
        (document["paths"]?.members ?? []).flatMap { path in
            (path.value.members ?? []).map { ("\($0.name.uppercased()) \(path.name)", $0.value) }
        }
    }

    @Test func `is of every route, and of no other`() throws {
        let directory = try TemporaryDirectory()
        let ledger = try IdentityLedger.open(.init(directory: directory.path, create: true))
        let front = try HTTPFront(ledger: ledger, options: FrontOptions(publicURL: "https://a.example"), logger: Logger(label: "test"))
        let routes = front.table.descriptions.filter { $0.contains(" /v1/") && !$0.contains("/v1/docs") }
        #expect(operations().map(\.name).sorted() == routes.sorted())
    }

    @Test func `names every parameter of a path, and gives every operation a name of its own`() {
        var seen: Set<String> = []
        for (name, operation) in operations() {
            let places = (operation["parameters"]?.arrayValue ?? []).filter { $0["in"] == "path" }.compactMap { $0["name"]?.stringValue }
            let names = name.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
            #expect(places == names, "\(name)")
            let (isNew, _) = seen.insert(operation["operationId"]?.stringValue ?? "")
            #expect(isNew, "\(name)")
        }
    }

    @Test func `refers to nothing that isn't there`() {
        let names = Set(APISchemas.all.map(\.name))
        #expect(names.count == APISchemas.all.count)
        func check(_ json: JSON) {
            if let reference = json["$ref"]?.stringValue {
                #expect(names.contains(String(reference.split(separator: "/").last ?? "")), "\(reference)")
            }
            for member in json.members ?? [] { check(member.value) }
            for item in json.arrayValue ?? [] { check(item) }
        }
        check(document)
    }

    @Test func `says what every refusal's code may be`() {
        for (name, operation) in operations() {
            for response in operation["responses"]?.members ?? [] where (Int(response.name) ?? 0) >= 400 {
                let content = response.value["content"]?.members ?? []
                #expect(content.map(\.name) == ["application/problem+json"], "\(name) \(response.name)")
            }
        }
    }

    @Test func `links only to operations that there are`() {
        let names = Set(operations().compactMap { $0.value["operationId"]?.stringValue })
        var count = 0
        for operation in operations() {
            for response in operation.value["responses"]?.members ?? [] {
                for link in response.value["links"]?.members ?? [] {
                    #expect(names.contains(link.value["operationId"]?.stringValue ?? ""))
                    count += 1
                }
            }
        }
        #expect(count > 20)
    }

    @Test func `is shown to people in pages of less than 50 KB`() async throws {
        try await TestServer.run { server in
            let index = try await server.send(.get, "/v1/docs")
            #expect(index.status == 200)
            for subject in APIOperation.Subject.allCases { #expect(index.text.contains("/v1/docs/\(subject.slug)\"")) }
            for path in ["/v1/docs", "/v1/docs/shapes"] + APIOperation.Subject.allCases.map({ "/v1/docs/\($0.slug)" }) {
                let page = try await server.send(.get, path)
                #expect(page.status == 200)
                #expect(page.headers[.contentType]?.hasPrefix("text/html") == true)
                #expect(page.body.count < 50_000, "\(path): \(page.body.count)")
            }
            #expect(try await server.send(.get, "/v1/docs/nothing").status == 404)
        }
    }
}
