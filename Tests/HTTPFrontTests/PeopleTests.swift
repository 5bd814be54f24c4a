import Events
import HTTPTypes
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The customer's administrator` {
    private static func setup(_ server: TestServer, _ org: String) async throws -> [String: String] {
        let made = try await server.api(.post, "/v1/organizations/\(org)/setup-links")
        let url = try #require(made.json["setupURL"]?.stringValue)
        let path = String(url.dropFirst(TestServer.base.count))
        // C47: looking at the link, even often, doesn't spend it.
        for _ in 0..<3 { #expect(try await server.send(.get, path).status == 200) }
        let page = try await server.send(.get, path)
        let form = try #require(page.field("form"))
        #expect(try await server.post(path, [("form", "wrong")]).status == 403)
        let opened = try await server.post(path, [("form", form)], headers: [.origin: TestServer.base])
        #expect(opened.status == 303, "\(opened.text)")
        #expect(opened.location == "\(TestServer.base)/organizations/\(org)/settings")
        #expect(try await server.post(path, [("form", form)]).status == 403)
        return opened.cookies
    }

    @Test func `opens the settings with a link that works once, and saves metadata`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(configured: false)
            let cookies = try await Self.setup(server, org)
            let path = "/organizations/\(org)/settings"
            #expect(try await server.send(.get, path).status == 401)
            let page = try await server.send(.get, path, headers: .cookies(cookies))
            #expect(page.status == 200, "\(page.text)")
            for label in [
                "Organization ID", "Assertion Consumer Service URL", "Audience URI (Entity ID)",
                "Identity provider metadata",
                "Metadata file", "Metadata URL", "Save",
            ] { #expect(page.text.contains(">\(label)<"), "\(label)") }
            #expect(!page.text.contains(">Login URL<"))
            let form = try #require(page.field("form"))

            let body = Self.multipart([
                ("form", nil, form),
                ("metadata", "idp.xml", String(decoding: TestIdentityProvider.shared.metadata, as: UTF8.self)),
                ("metadataURL", nil, ""),
            ])
            var headers = HTTPFields.cookies(cookies)
            headers[.contentType] = "multipart/form-data; boundary=xyz"
            headers[.origin] = "https://evil.example"
            #expect(try await server.send(.post, path, headers: headers, body: body).status == 403)
            headers[.origin] = TestServer.base
            let saved = try await server.send(.post, path, headers: headers, body: body)
            #expect(saved.status == 303, "\(saved.text)")
            let after = try await server.send(.get, path, headers: .cookies(cookies))
            for label in ["Login URL", "Redirect URL", "X.509 certificate"] {
                #expect(after.text.contains(">\(label)<"), "\(label)")
            }
            #expect(after.text.contains("https://idp.example/sso"))
            #expect(after.text.contains("BEGIN CERTIFICATE"))
        }
    }

    @Test func `is shown what is wrong with the metadata, on the same page`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(configured: false)
            let cookies = try await Self.setup(server, org)
            let path = "/organizations/\(org)/settings"
            let form = try #require(try await server.send(.get, path, headers: .cookies(cookies)).field("form"))
            var headers = HTTPFields.cookies(cookies)
            headers[.contentType] = "multipart/form-data; boundary=xyz"
            let body = Self.multipart([("form", nil, form), ("metadata", "idp.xml", "<nonsense/>")])
            let answer = try await server.send(.post, path, headers: headers, body: body)
            #expect(answer.status == 422, "\(answer.text)")
            #expect(answer.text.contains("metadata_invalid"))
            #expect(answer.text.contains(">Metadata file<"))
        }
    }

    @Test func `sees every page, and no other organization's`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let other = try await server.organization("Other")
            _ = try await server.api(
                .post, "/v1/organizations/\(org)/users", [["email": "ann@acme.example", "name": "<b>Ann</b>"]])
            let cookies = try await Self.setup(server, org)
            for name in ["settings", "test", "users", "conversion", "logins", "history", "history?at=3"] {
                let page = try await server.send(.get, "/organizations/\(org)/\(name)", headers: .cookies(cookies))
                #expect(page.status == 200, "\(name): \(page.text)")
                #expect(!page.text.contains("<b>Ann</b>"))
                let foreign = try await server.send(.get, "/organizations/\(other)/\(name)", headers: .cookies(cookies))
                #expect([401, 404].contains(foreign.status), "\(name)")
            }
        }
    }

    @Test func `converts one user, and can't do so by a forged form`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            _ = try await server.api(
                .post, "/v1/organizations/\(org)/users", [["email": "ann@acme.example", "name": "Ann"]])
            let cookies = try await Self.setup(server, org)
            let path = "/organizations/\(org)/conversion"
            let form = try #require(try await server.send(.get, path, headers: .cookies(cookies)).field("form"))
            let fields = [("do", "one"), ("email", "ann@acme.example")]
            #expect(try await server.post(path, fields, headers: .cookies(cookies)).status == 403)
            let done = try await server.post(path, fields + [("form", form)], headers: .cookies(cookies))
            #expect(done.status == 303, "\(done.text)")
            let page = try await server.send(.get, path, headers: .cookies(cookies))
            #expect(page.text.contains("<td>sso</td>"))
            let all = try await server.post(path, [("do", "all"), ("form", form)], headers: .cookies(cookies))
            #expect(all.text.contains("conversion_untested") || all.status == 303)
        }
    }

    private static func multipart(_ parts: [(name: String, file: String?, value: String)]) -> [UInt8] {
        var text = ""
        for part in parts {
            let file = part.file.map { "; filename=\"\($0)\"" } ?? ""
            text += "--xyz\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\n\r\n\(part.value)\r\n"
        }
        return Array((text + "--xyz--\r\n").utf8)
    }
}

@Suite struct `Anyone` {
    @Test func `finds the way to sign in by Organization ID, and nothing about people`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            #expect(try await server.send(.get, "/").text.contains("href=\"/login\""))
            let page = try await server.send(.get, "/login?org=\(org)")
            #expect(page.text.contains("value=\"\(org)\""))
            let answer = try await server.post("/login", [("who", org)])
            #expect(answer.status == 303)
            #expect(answer.location == "\(TestServer.base)/saml/login?org=\(org)")
            let one = try await server.post("/login", [("who", "ann@nowhere.example")])
            #expect(one.status == 404)
        }
    }

    @Test func `gets pages that are safe to show, and no session without signing in`() async throws {
        try await TestServer.run { server in
            let page = try await server.send(.get, "/login")
            let policy = try #require(page.headers[HTTPField.Name("Content-Security-Policy") ?? .origin])
            for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
                #expect(policy.contains(part))
            }
            #expect(!policy.contains("form-action"))
            #expect(page.headers[.cacheControl] == "no-store")
            #expect(page.headers[.strictTransportSecurity] == nil)
            #expect(try await server.send(.get, "/session").status == 401)
            #expect(try await server.send(.get, "/auth").status == 401)
            #expect(try await server.send(.get, "/session", headers: .cookies(["session": "nonsense"])).status == 401)
            #expect(try await server.post("/logout", [], headers: [.origin: "https://evil.example"]).status == 403)
            #expect(try await server.post("/logout", [], headers: [.origin: TestServer.base]).status == 303)
        }
    }

    @Test func `can see that the server runs`() async throws {
        try await TestServer.run(base: "https://sso.example/path") { server in
            #expect(try await server.send(.get, "/healthz").status == 200)
            #expect(try await server.send(.get, "/readyz").status == 200)
            #expect(try await server.send(.get, "/metrics").text.contains("identity_ledger_http_responses_total"))
            #expect(try await server.send(.get, "/path/").status == 200)
            #expect(try await server.send(.get, "/login").status == 404)
            let head = try await server.send(.head, "/path/login")
            #expect(head.status == 200)
            #expect(head.headers[.strictTransportSecurity] != nil)
            let large = try await server.send(
                .get, "/path/", headers: [.userAgent: String(repeating: "a", count: 20_000)])
            #expect(large.status == 431)
        }
    }
}
