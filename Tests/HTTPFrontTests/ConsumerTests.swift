import Events
import HTTPTypes
import Testing

@testable import HTTPFront

@Suite struct `The Assertion Consumer Service` {
    private static let json: HTTPFields = [.accept: "application/json"]

    @Test func `refuses in the contract's terms`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let acs = "/saml/acs?org=\(org)"
            let cases: [(String, [(String, String)], Int, String)] = [
                (acs, [], 400, "request_malformed"),
                (acs, [("SAMLResponse", "a"), ("SAMLResponse", "b")], 400, "request_malformed"),
                (acs, [("SAMLResponse", "%%%")], 400, "base64_malformed"),
                (acs, [("SAMLResponse", "YWJj")], 400, "xml_malformed"),
                (acs + "&org=\(org)", [("SAMLResponse", "YWJj")], 400, "request_malformed"),
                ("/saml/acs/\(org)", [("SAMLResponse", "YWJj")], 400, "xml_malformed"),
                (
                    "/saml/acs?org=\(String(repeating: "0", count: 32))", [("SAMLResponse", "YWJj")], 404,
                    "organization_unknown"
                ),
                ("/saml/acs?org=nonsense", [("SAMLResponse", "YWJj")], 404, "organization_unknown"),
                ("/saml/acs", [("SAMLResponse", "YWJj")], 404, "organization_unknown"),
            ]
            for (path, fields, status, code) in cases {
                let answer = try await server.post(path, fields, headers: Self.json)
                #expect(answer.status == status, "\(path) \(fields): \(answer.text)")
                #expect(answer.code == code)
                #expect(answer.headers[.contentType] == "application/problem+json")
                #expect(answer.cookies["session"] == nil)
            }
        }
    }

    @Test func `tells a person what happened, what to do, and the reference`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let answer = try await server.post(
                "/saml/acs?org=\(org)", [("SAMLResponse", "YWJj"), ("posted-again", "1")])
            #expect(answer.status == 400)
            #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
            #expect(answer.text.contains("xml_malformed"))
            #expect(answer.text.contains("Reference "))
        }
    }

    @Test func `explains itself to whoever opens it in a browser`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let answer = try await server.send(.get, "/saml/acs?org=\(org)")
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == "POST")
            #expect(answer.text.contains("/login?org=\(org)"))
        }
    }

    @Test func `takes no more than a form's size, and forms only`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let type = try await server.send(
                .post, "/saml/acs?org=\(org)", headers: [.contentType: "text/plain", .accept: "application/json"],
                body: [65])
            #expect(type.status == 415)
            let large = try await server.post(
                "/saml/acs?org=\(org)", [("SAMLResponse", String(repeating: "A", count: 600 << 10))], headers: Self.json
            )
            #expect(large.status == 413)
            #expect(large.code == "too_large")
            // What it still sends is not read to its end.
            #expect(large.headers[.connection] == "close")
        }
    }

    @Test func `answers 503 where there is no room for a body, and ends the connection`() async throws {
        try await TestServer.run(bodiesBytes: 4000) { server in
            let org = try await server.organization(configured: false)
            for _ in 0..<100 {
                let small = try await server.post("/saml/acs?org=\(org)", [("SAMLResponse", "YWJj")], headers: Self.json)
                #expect(small.status == 400, "room is given back")
            }
            let large = try await server.post(
                "/saml/acs?org=\(org)", [("SAMLResponse", String(repeating: "A", count: 2000))], headers: Self.json)
            #expect(large.status == 503)
            #expect(large.code == "overloaded")
            #expect(large.headers[.retryAfter] != nil)
            #expect(large.headers[.connection] == "close")
        }
    }

    @Test func `answers 429 to a source over its refusals, and to that source only after them`() async throws {
        try await TestServer.run(refusalLimit: 3) { server in
            let org = try await server.organization()
            var statuses: [Int] = []
            for _ in 0..<8 {
                statuses.append(
                    try await server.post("/saml/acs?org=\(org)", [("SAMLResponse", "YWJj")], headers: Self.json).status
                )
            }
            // A minute may end in between, and then counting starts afresh.
            #expect(statuses.contains(429))
            #expect(statuses.first == 400)
        }
    }

    @Test func `starts a login with the sealed cookie and the request`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let answer = try await server.send(.get, "/saml/login?org=\(org)&RelayState=/home")
            #expect(answer.status == 302, "\(answer.text)")
            #expect(answer.location?.hasPrefix("https://idp.example/sso?") == true)
            #expect(answer.location?.contains("SAMLRequest=") == true)
            #expect(answer.location?.contains("home") == false)
            let cookie = try #require(answer.headers[values: .setCookie].first)
            #expect(cookie.hasPrefix("request-"))
            #expect(cookie.contains("SameSite=None") && cookie.contains("Secure") && cookie.contains("HttpOnly"))
            let unconfigured = try await server.organization("New", configured: false)
            let refused = try await server.send(.get, "/saml/login?org=\(unconfigured)", headers: Self.json)
            #expect(refused.code == "organization_not_configured", "\(refused.text)")
            let metadata = try await server.send(.get, "/saml/metadata?org=\(unconfigured)")
            #expect(metadata.status == 200)
            #expect(metadata.headers[.contentType] == "application/samlmetadata+xml")
            #expect(metadata.text.contains("/saml/acs?org=\(unconfigured)"))
        }
    }

    @Test func `never answers 500 and never gives a session, whatever is posted`() async throws {
        try await TestServer.run(refusalLimit: 0) { server in
            let org = try await server.organization()
            var generator = SystemRandomNumberGenerator()
            let clock = ContinuousClock()
            let end = clock.now.advanced(by: .seconds(4))
            let seed = Array(Self.unsigned.utf8)
            var count = 0
            while clock.now < end {
                var bytes = seed
                for _ in 0..<Int.random(in: 1...8, using: &generator) {
                    let index = Int.random(in: 0..<bytes.count, using: &generator)
                    switch Int.random(in: 0..<3, using: &generator) {
                    case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
                    case 1: bytes.remove(at: index)
                    default: bytes.insert(contentsOf: bytes[index..<min(index + 40, bytes.count)], at: index)
                    }
                }
                let isRaw = Bool.random(using: &generator)
                let value = isRaw ? String(decoding: bytes, as: UTF8.self) : Self.base64(bytes)
                let answer = try await server.post(
                    "/saml/acs?org=\(org)", [("SAMLResponse", value)], headers: Self.json)
                #expect(answer.status < 500 || answer.status == 503)
                #expect(answer.status >= 400)
                #expect(answer.cookies["session"] == nil)
                count += 1
            }
            #expect(count > 10)
        }
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let text = Base64URL.encode(bytes).map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return String(text) + String(repeating: "=", count: (4 - text.count % 4) % 4)
    }

    private static let unsigned = """
        <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" \
        ID="_r" Version="2.0" IssueInstant="2026-11-25T00:00:00Z"><saml:Issuer>https://idp.example/metadata</saml:Issuer>\
        <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>\
        <saml:Assertion ID="_a" Version="2.0" IssueInstant="2026-11-25T00:00:00Z"><saml:Issuer>https://idp.example/metadata</saml:Issuer>\
        <saml:Subject><saml:NameID>ann@acme.example</saml:NameID></saml:Subject></saml:Assertion></samlp:Response>
        """
}
