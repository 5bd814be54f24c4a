import DevelopmentIdP
import Events
import Foundation
import HTTPTypes
import Identity
import IdentityLedger
import SAML
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `A refusal's page` {
    private static func post(_ server: TestServer, _ org: String, _ misbehaviour: Misbehaviour?) async throws -> TestServer.Answer {
        let addresses = OrganizationAddresses(base: TestServer.base, organization: try #require(Identifier(org)))
        let response = try TestIdentityProvider.shared.response(
            to: addresses.acsURL, audience: addresses.audienceURI, at: Int64(server.ledger.now.nanoseconds / 1_000_000_000),
            email: "ann@acme.example", misbehaviour: misbehaviour)
        let fields = [("SAMLResponse", String(decoding: response, as: UTF8.self)), ("posted-again", "1")]
        return try await server.post("/saml/acs?org=\(org)", fields, headers: [.origin: TestServer.base])
    }

    @Test func `says what happened, whether trying again helps, whom to ask, and what to quote`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let page = try await Self.post(server, org, .expired)
            #expect(page.status == 403)
            let text = try #require(RefusalTexts.all["expired"])
            for part in [
                text.title, try #require(text.happened), "Does trying again help?", "Yes, at once.",
                "Your organization&#39;s administrator.",
                "expired · Reference ", "href=\"/saml/login?org=\(org)\">Sign in</a>", "href=\"/help/expired\"",
            ] {
                #expect(page.text.contains(part), "\(part) is not in \(page.text)")
            }
            #expect(page.body.count < 50 << 10)
        }
    }

    @Test func `leads the administrator to the whole story`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let page = try await Self.post(server, org, .wrongAudience)
            let start = try #require(page.text.range(of: "/organizations/\(org)/logins/"))
            let sequence = page.text[start.upperBound...].prefix { $0.isNumber }
            #expect(page.text.contains("For administrators: open reference \(sequence)"))
            let cookies = try await server.administrator(org)
            let story = try await server.send(.get, "/organizations/\(org)/logins/\(sequence)", headers: .cookies(cookies))
            #expect(story.status == 200)
            #expect(story.text.contains("audience_mismatch"))
        }
    }

    @Test func `is found again by the reference as a person quotes it`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let path = "/organizations/\(org)/logins"
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            for quoted in ["1234", " 1,234 ", "Reference 1234", "expired · Reference 1234", "expired\u{A0}·\u{A0}Reference 1234"] {
                let answer = try await server.send(.get, "\(path)?reference=\(PercentCoding.encode(quoted))", headers: cookies)
                #expect(answer.location == "\(TestServer.base)\(path)/1234", "\(quoted)")
            }
            for nonsense in ["x", "12 x", "-", "99999999999999999999999", "١٢"] {
                let answer = try await server.send(.get, "\(path)?reference=\(PercentCoding.encode(nonsense))", headers: cookies)
                #expect(answer.status == 400, "\(nonsense)")
            }
        }
    }

    @Test func `shows the checks to whoever holds a signed response, and what is configured to no stranger`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let signed = try await Self.post(server, org, .wrongAudience)
            #expect(signed.text.contains("Every check, in order"))
            for misbehaviour in [Misbehaviour.unsigned, .alteredAfterSigning] {
                let page = try await Self.post(server, org, misbehaviour)
                #expect(page.status == 403)
                #expect(!page.text.contains("Every check, in order"), "\(misbehaviour)")
                #expect(!page.text.contains("idp.example"), "\(misbehaviour) names the identity provider")
            }
        }
    }

    @Test func `brings whoever has to sign in back to the page that was asked for`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let asked = "/organizations/\(org)/logins/7?x=1"
            let page = try await server.send(.get, asked)
            #expect(page.status == 401)
            let state = PercentCoding.encode(TestServer.base + asked)
            #expect(page.text.contains("href=\"/saml/login?org=\(org)&amp;RelayState=\(state)\""), "\(page.text)")
            #expect(try await server.send(.get, "/saml/login?org=\(org)&RelayState=\(state)").status == 302)
            let other = try await server.send(.get, "/organizations/nonsense/logins")
            #expect(!other.text.contains("RelayState"))
        }
    }

    @Test func `says a program's problem in a type that leads to its explanation`() async throws {
        try await TestServer.run(base: "http://127.0.0.1:8080/sso") { server in
            let answer = try await server.send(.get, "/sso/v1/organizations")
            #expect(answer.status == 401)
            #expect(answer.json["type"]?.stringValue == "http://127.0.0.1:8080/sso/help/unauthorized")
            #expect(answer.json["title"]?.stringValue == "Sign in first")
            #expect(try await server.send(.get, "/sso/help/unauthorized").status == 200)
        }
    }
}

@Suite struct `A refusal's code` {
    @Test func `is in the catalogue, and nothing else is`() {
        let codes = RefusalCode.allCases.map(\.rawValue) + RuleError.Code.allCases.map(\.rawValue)
        #expect(Set(codes) == Set(RefusalTexts.all.keys))
        #expect(Set(RefusalTexts.codes) == Set(codes))
        #expect(RefusalTexts.codes.count == Set(codes).count)
        #expect(Set(RefusalTexts.all.values.map(\.title)).count == Set(codes).count, "a title says which it is")
    }

    @Test func `says of every login's refusal what happened, without blame and without secrets`() throws {
        for code in RefusalCode.allCases {
            let text = try #require(RefusalTexts.all[code.rawValue])
            let happened = try #require(text.happened, "\(code)")
            for word in ["SAML", "XML", "exception", "invalid", "failed", "error"] {
                #expect(!happened.contains(word), "\(code) says “\(word)” to a person")
            }
            #expect(!text.causes.isEmpty && !text.changes.isEmpty && !text.person.isEmpty)
            #expect((text.again == .no) || text.ask != .nobody || code == .replayed, "\(code)")
        }
    }

    @Test func `has a page that anyone may read`() async throws {
        try await TestServer.run { server in
            let index = try await server.send(.get, "/help")
            #expect(index.status == 200)
            for code in RefusalTexts.codes {
                let page = try await server.send(.get, "/help/\(code)")
                #expect(page.status == 200, "\(code)")
                #expect(page.body.count < 50 << 10)
                #expect(index.text.contains("/help/\(code)\""))
            }
            #expect(try await server.send(.get, "/help/no_such_code").status == 404)
            let audience = try await server.send(.get, "/help/audience_mismatch")
            #expect(audience.text.contains("In Okta, set “Audience URI (SP Entity ID)”"))
        }
    }

    /// `scripts/refusal-pages` sets the variable, to write what this test would compare.
    @Test func `has its page in the documentation, as the catalogue says it`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("docs/refusals")
        let files = RefusalDocument.files
        if ProcessInfo.processInfo.environment["WRITE_REFUSAL_PAGES"] != nil {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for file in files { try file.text.write(to: folder.appendingPathComponent(file.name), atomically: true, encoding: .utf8) }
        }
        for file in files {
            let found = try? String(contentsOf: folder.appendingPathComponent(file.name), encoding: .utf8)
            #expect(found == file.text, "docs/refusals/\(file.name) is not what the catalogue says: run scripts/refusal-pages")
        }
        let present = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(present) == Set(files.map(\.name)))
    }
}
