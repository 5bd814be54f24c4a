import Events
import HTTPTypes
import Identity
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
        #expect(Set(APISchemas.all.map(\.name)).count == APISchemas.all.count)
        func check(_ json: JSON) {
            if let reference = json["$ref"]?.stringValue {
                let target = reference.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] ?? .null }
                #expect(!target.isNull, "\(reference)")
            }
            for member in json.members ?? [] { check(member.value) }
            for item in json.arrayValue ?? [] { check(item) }
        }
        check(document)
    }

    @Test func `says what every refusal's code may be`() {
        for (name, operation) in operations() {
            for response in operation["responses"]?.members ?? [] where (Int(response.name) ?? 0) >= 400 {
                let isShared = response.value["$ref"] != nil
                let described = isShared ? document["components"]?["responses"]?["problem\(response.name)"] : response.value
                let content = described?["content"]?.members ?? []
                #expect(content.map(\.name) == ["application/problem+json"], "\(name) \(response.name)")
            }
        }
    }

    @Test func `describes the type that a real problem has`() async throws {
        let schema = try #require(document["components"]?["schemas"]?["Problem"])
        let described = try #require(schema["properties"]?["type"]?["pattern"]?.stringValue)
        let pattern = try Regex(described)
        try await TestServer.run { server in
            let problem = try await server.send(.get, "/v1/organizations").json
            #expect(problem["code"] == "unauthorized")
            for name in schema["required"]?.arrayValue ?? [] { #expect(problem[name.stringValue ?? ""] != nil, "\(name)") }
        }
        let url = try #require(PublicURL("https://a.example/base"))
        for code in RefusalTexts.all.keys + RuleError.Code.allCases.map(\.rawValue) {
            let type = try #require(Problem(code, status: 400, "x").json(at: url)["type"]?.stringValue)
            #expect(type.contains(pattern), "\(type)")
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

    @Test func `has every member of the policy, and no other`() {
        for name in ["Policy", "PolicyPatch"] {
            let members = document["components"]?["schemas"]?[name]?["properties"]?.members ?? []
            #expect(members.map(\.name).sorted() == PolicyDocument.members.sorted())
        }
    }

    @Test func `is true of bounds and of what counts as nothing`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(configured: false)
            let path = "/v1/organizations/\(org)"
            // JSON Schema counts 60.0 among the whole numbers.
            #expect(try await server.api(.patch, "\(path)/policy", ["clockSkewSeconds": .number(61)]).json["clockSkewSeconds"] == 61)
            #expect(try await server.api(.patch, "\(path)/policy", ["clockSkewSeconds": .number(61.5)]).status == 422)
            for query in ["cursor=", "limit=", "email=", "limit=1000"] {
                #expect(try await server.api(.get, "\(path)/users?\(query)").status == 200, "\(query)")
            }
            for query in ["limit=0", "limit=1001", "limit=x", "cursor=x", "email=ada@example.com&cursor=00112233445566778899aabbccddeeff"] {
                #expect([400, 422].contains(try await server.api(.get, "\(path)/users?\(query)").status), "\(query)")
            }
            for query in ["from=9223372036854775807", "from=0"] {
                #expect(try await server.api(.get, "/v1/events?\(query)").status == 200, "\(query)")
            }
            for query in ["from=9223372036854775808", "from=%2B5", "from=-1"] {
                #expect(try await server.api(.get, "/v1/events?\(query)").status == 400, "\(query)")
            }
        }
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
