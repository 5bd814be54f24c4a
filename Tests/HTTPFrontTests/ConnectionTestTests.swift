import Cryptography
import DevelopmentIdP
import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `A test of the connection` {
    /// An organization with Okta, and its administrator who tests it.
    private struct Tester {
        static let okta = TestIdentityProvider(
            entityID: "http://www.okta.com/exk1", singleSignOnURL: "https://acme.okta.com/app/exk1/sso/saml",
            signer: TestIdentityProvider.pair)

        let server: TestServer
        let org: String
        let addresses: OrganizationAddresses
        let administrator: [String: String]

        init(_ server: TestServer) async throws {
            self.server = server
            org = try await server.organization("Acme", configured: false)
            addresses = OrganizationAddresses(base: TestServer.base, organization: try #require(Identifier(org)))
            let saved = try await server.send(
                .put, "/v1/organizations/\(org)/identity-provider",
                headers: [.authorization: "Bearer \(server.token)", .contentType: "application/samlmetadata+xml"], body: Self.okta.metadata)
            #expect(saved.status == 200, "\(saved.text)")
            administrator = try await server.administrator(org)
        }

        /// The report of one test, whose response is what the test is about.
        func report(
            email: String = "ann@acme.example", misbehaviour: Misbehaviour? = nil, _ change: (inout ResponseBuilder) -> Void = { _ in }
        ) async throws -> TestServer.Answer {
            let (fields, headers) = try await response(email: email, misbehaviour: misbehaviour, change)
            return try await post(fields, headers)
        }

        /// What a browser posts at the end of a test.
        func response(
            email: String = "ann@acme.example", misbehaviour: Misbehaviour? = nil, _ change: (inout ResponseBuilder) -> Void = { _ in }
        ) async throws -> (fields: [(String, String)], headers: HTTPFields) {
            let path = "/organizations/\(org)/test"
            let page = try await server.send(.get, path, headers: .cookies(administrator))
            let started = try await server.post(path, [("form", try #require(page.field("form")))], headers: .cookies(administrator))
            #expect(started.status == 302, "\(started.text)")
            let sealer = CookieSealer(secret: try Core(ledger: server.ledger).cookieSecret())
            let request = try #require(
                started.cookies.values.compactMap { RequestCookie(sealed: $0, by: sealer, now: server.ledger.now) }.first)
            let response = try Self.okta.response(
                to: addresses.acsURL, audience: addresses.audienceURI, at: Int64(server.ledger.now.nanoseconds / 1_000_000_000),
                email: email, inResponseTo: request.requestID, misbehaviour: misbehaviour, change)
            let fields = [("SAMLResponse", String(decoding: response, as: UTF8.self)), ("RelayState", request.relayKey)]
            var headers = HTTPFields.cookies(started.cookies)
            headers[.origin] = "https://acme.okta.com"
            return (fields, headers)
        }

        /// The report that a response leads to.
        func post(_ fields: [(String, String)], _ headers: HTTPFields) async throws -> TestServer.Answer {
            let answer = try await server.post("/saml/acs?org=\(org)", fields, headers: headers)
            #expect(answer.status == 303 && answer.cookies["session"] == nil, "\(answer.text)")
            return try await load(answer)
        }

        /// The report's own page.
        func load(_ answer: TestServer.Answer) async throws -> TestServer.Answer {
            let path = try #require(answer.location).dropFirst(TestServer.base.count)
            #expect(path.hasPrefix("/organizations/\(org)/test/"))
            #expect(try await server.send(.get, String(path)).status == 401)
            let report = try await server.send(.get, String(path), headers: .cookies(administrator))
            #expect(report.status == 200 && report.body.count < 50_000, "\(report.text)")
            return report
        }

        func users() async throws -> [JSON] {
            try await server.api(.get, "/v1/organizations/\(org)/users").json["items"]?.arrayValue ?? []
        }
    }

    private static func expect(_ texts: [String], in answer: TestServer.Answer, _ location: SourceLocation = #_sourceLocation) {
        for text in texts { #expect(answer.text.contains(text), "\(text) in \(answer.text)", sourceLocation: location) }
    }

    @Test func `that passes shows each value, who it would be, and what each part became, and makes nobody`() async throws {
        try await TestServer.run { server in
            let tester = try await Tester(server)
            let report = try await tester.report()
            Self.expect(
                [
                    "Every check passed: the connection works.", "Nobody was signed in",
                    "<p lang=\"en\">Audience</p><dl class=\"compared\"><dt>expected</dt><dd class=\"code\" lang=\"en\">\(tester.addresses.audienceURI)</dd><dt>received</dt><dd class=\"code\" lang=\"en\">\(tester.addresses.audienceURI)</dd>",
                    "ann@acme.example (Alice Example) is no user here yet. A real login would make this user", "<li>member of Acme</li>",
                    "<td class=\"long\">ann@acme.example</td><td>the e-mail address</td>", "<td>the name</td>", "<td>groups</td>",
                    "&lt;saml:Assertion", "<a href=\"\(tester.addresses.loginURL)\">Sign in for real now</a>",
                    "<strong lang=\"en\">First use</strong>: <span class=\"ok\">passed</span>",
                    "<strong lang=\"en\">User</strong>: <span class=\"ok\">passed</span>",
                ], in: report)
            #expect(!report.text.contains("not reached") && !report.text.contains("failed"))
            #expect(try await tester.users().isEmpty)
        }
    }

    @Test func `has its report on a page of its own, and says of a response that comes again that it was shown`() async throws {
        try await TestServer.run { server in
            let tester = try await Tester(server)
            let (fields, headers) = try await tester.response()
            let report = try await tester.post(fields, headers)
            #expect(report.text.contains("aria-label=\"Organization\"") && report.text.contains("/organizations/\(tester.org)/logins/"))
            let again = try await tester.post(fields, headers)
            let logins = try await server.api(.get, "/v1/organizations/\(tester.org)/logins").json["items"]?.arrayValue ?? []
            let first = try #require(logins.first { $0["outcome"] == "accepted" }?["sequence"]?.integerValue)
            Self.expect(["came here before", "/organizations/\(tester.org)/logins/\(first)\">login \(first)</a>"], in: again)

            // Of what is no test there is no report, and of another organization's test neither.
            _ = try await server.signIn(tester.org, "ann@acme.example", by: Tester.okta)
            let login = try server.ledger.eventCount()
            let other = try await server.organization("Other")
            let administrator = try await server.administrator(other)
            for (path, cookies) in [
                ("\(tester.org)/test/\(login)", tester.administrator), ("\(tester.org)/test/x", tester.administrator),
                ("\(other)/test/\(first)", administrator),
            ] {
                #expect(try await server.send(.get, "/organizations/\(path)", headers: .cookies(cookies)).status == 404, "\(path)")
            }
        }
    }

    @Test func `leads a browser that keeps its cookie from another site's post to the report by way of a page of ours, once`() async throws
    {
        try await TestServer.run { server in
            let tester = try await Tester(server)
            let (fields, headers) = try await tester.response()
            let path = try #require(try await server.post("/saml/acs?org=\(tester.org)", fields, headers: headers).location)
                .dropFirst(TestServer.base.count)
            let led = try await server.send(.get, String(path), headers: [.secFetchSite: "cross-site"])
            let refresh = led.headers[try #require(HTTPField.Name("Refresh"))]
            #expect(led.status == 200 && refresh == "0; url=\(TestServer.base)\(path)?answered=1" && !led.text.contains("ann@acme.example"))
            for headers in [[.secFetchSite: "cross-site"], [:]] as [HTTPFields] {
                #expect(try await server.send(.get, path + "?answered=1", headers: headers).status == 401)
            }
            let report = try await server.send(.get, path + "?answered=1", headers: .cookies(tester.administrator))
            #expect(report.text.contains("Every check passed"))
        }
    }

    @Test func `that fails says expected and received, what to change in that product, and what was not reached`() async throws {
        try await TestServer.run { server in
            let tester = try await Tester(server)
            let report = try await tester.report(misbehaviour: .wrongAudience)
            Self.expect(
                [
                    "Refused: meant for another application.", "href=\"\(TestServer.base)/help/audience_mismatch\">",
                    "In Okta, set “Audience URI (SP Entity ID)”",
                    "value=\"\(tester.addresses.audienceURI)\"",
                    "<dd class=\"code\" lang=\"en\">https://another.example/metadata</dd>",
                    "<strong lang=\"en\">Audience</strong>: <span class=\"bad\">failed</span>",
                    "<strong lang=\"en\">Lifetime</strong>: <span class=\"\">not reached</span>",
                    "<strong lang=\"en\">User</strong>: <span class=\"\">not reached</span>",
                    "?provider=okta#ours\">Okta, step by step</a>", "&lt;saml:Assertion", "A real login would be refused like this one.",
                ], in: report)
            #expect(!report.text.contains("Sign in for real"))
        }
    }

    @Test(arguments: [
        (Misbehaviour.wrongKey, "Signing certificate, SHA-256"), (.wrongRecipient, "https://acme.okta.com/wrong"),
        (.expired, "Valid until (NotOnOrAfter)"), (.notAnAddress, "<p lang=\"en\">NameID</p>"), (.unsigned, "What to change"),
    ])
    func `shows what was compared whatever is wrong`(_ misbehaviour: Misbehaviour, _ text: String) async throws {
        try await TestServer.run { server in
            let report = try await Tester(server).report(misbehaviour: misbehaviour)
            #expect(report.text.contains("Refused: ") && report.text.contains("not reached"))
            if misbehaviour == .wrongRecipient {
                #expect(report.text.contains("<p lang=\"en\">Recipient</p>") || report.text.contains("<p lang=\"en\">Destination</p>"))
            } else {
                Self.expect([text], in: report)
            }
        }
    }

    @Test func `tells that a real login would be refused, and why`() async throws {
        try await TestServer.run { server in
            let tester = try await Tester(server)
            let user: JSON = ["email": "ann@acme.example", "name": "Ann", "signInMethod": "password"]
            #expect(try await server.api(.post, "/v1/organizations/\(tester.org)/users", user).status < 300)
            let known = try await tester.report()
            Self.expect(["is a user here, but a real login would be refused.", "was not converted to single sign-on yet"], in: known)
            #expect(!known.text.contains("Sign in for real"))
            _ = try await server.api(.patch, "/v1/organizations/\(tester.org)/policy", ["provisionUsers": false])
            let new = try await tester.report(email: "new@acme.example")
            Self.expect(["is no user here, and a real login would be refused.", "does not make users at their first login"], in: new)
            #expect(try await tester.users().count == 1)
        }
    }

    @Test func `counts what it refuses as any login does`() async throws {
        // Counted by the minute: none ends in between.
        let clock: @Sendable () -> Instant = { Instant(seconds: 1_795_000_000) }
        try await TestServer.run(refusalLimit: 3, clock: clock) { server in
            let tester = try await Tester(server)
            for _ in 0..<3 { _ = try await tester.report(misbehaviour: .wrongAudience) }
            #expect(try await server.signIn(tester.org, "ann@acme.example", by: Tester.okta).status == 429)
        }
        try await TestServer.run(clock: clock) { server in
            let tester = try await Tester(server)
            let stranger = TestIdentityProvider.stranger.certificate.publicKey
            for _ in 0..<10 {
                #expect(try await tester.report { $0.encryption = .init(for: stranger) }.text.contains("encryption_unreadable"))
            }
            let encrypted = try Tester.okta.response(
                to: tester.addresses.acsURL, audience: tester.addresses.audienceURI, at: 1_795_000_000
            ) { $0.encryption = .init(for: stranger) }
            let fields = [("SAMLResponse", String(decoding: encrypted, as: UTF8.self))]
            #expect(try await server.post("/saml/acs?org=\(tester.org)", fields, headers: [.accept: "application/json"]).status == 429)
        }
    }

    @Test func `says which role comes from which attribute, and gives none`() async throws {
        try await TestServer.run { server in
            let tester = try await Tester(server)
            let accounts = try await server.api(.get, "/v1/organizations/\(tester.org)/accounts")
            let account = try #require(accounts.json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let mapping: JSON = ["attribute": "groups", "value": "staff", "account": .string(account), "role": "administrator"]
            #expect(try await server.api(.patch, "/v1/organizations/\(tester.org)/policy", ["roleMapping": [mapping]]).status == 200)
            Self.expect(
                ["<li>administrator of Acme, because of groups = staff</li>", "<td>groups, roles</td>"], in: try await tester.report())
            #expect(try await tester.users().isEmpty)
        }
    }

    @Test func `stays a page of bounded size that runs nothing of what was asserted`() async throws {
        try await TestServer.run { server in
            let tester = try await Tester(server)
            let report = try await tester.report { builder in
                builder.attributes = (0..<400).map {
                    .init("a\($0)", ["<script>alert(\($0))</script>\(String(repeating: "x", count: 200))"])
                }
            }
            Self.expect(["337 more values are left out here.", "lines", "&lt;script&gt;alert(0)"], in: report)
            #expect(!report.text.contains("<script>alert"))
        }
    }

    @Test func `is told in the page's language, but for what was found`() async throws {
        let texts = """
            {"lang": "de", "sentences": {"check.passed": "bestanden", "role.member": "Mitglied", "test.role": "{role} von {account}",
              "test.email": "die E-Mail-Adresse", "test.newUserWithRoles": "{who} ist hier noch nicht bekannt.", "check.failed": "gescheitert"},
             "refusals": {"audience_mismatch": {"title": "Für eine andere Anwendung"}}}
            """
        var appearance = Appearance()
        try appearance.set(files: [("texts.json", Array(texts.utf8))])
        try await TestServer.run(appearance: appearance) { server in
            let tester = try await Tester(server)
            Self.expect(
                [
                    "ann@acme.example (Alice Example) ist hier noch nicht bekannt.", "<li>Mitglied von Acme</li>",
                    "<td>die E-Mail-Adresse</td>", "<strong lang=\"en\">Audience</strong>: <span class=\"ok\">bestanden</span>",
                ], in: try await tester.report())
            Self.expect(
                [
                    "Refused: Für eine andere Anwendung.", "<p lang=\"en\"><strong>In Okta, set “Audience URI (SP Entity ID)”",
                    "<span class=\"bad\">gescheitert</span>",
                ], in: try await tester.report(misbehaviour: .wrongAudience))
        }
    }

    @Test func `leads from the settings, which then say that a login has passed`() async throws {
        try await TestServer.run { server in
            let tester = try await Tester(server)
            let path = "/organizations/\(tester.org)/settings"
            let before = try await server.send(.get, path, headers: .cookies(tester.administrator))
            #expect(before.text.contains("No login has passed yet"))
            _ = try await tester.report(misbehaviour: .expired)
            #expect(try await server.send(.get, path, headers: .cookies(tester.administrator)).text.contains("No login has passed yet"))
            _ = try await tester.report()
            #expect(try await server.send(.get, path, headers: .cookies(tester.administrator)).text.contains("A login has passed"))
        }
    }
}
