import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `Saving metadata on the settings page` {
    private static let stranger = TestIdentityProvider(signer: TestIdentityProvider.stranger)

    private static func parts(
        _ page: TestServer.Answer, _ provider: TestIdentityProvider, _ what: String = "save"
    ) throws -> [(name: String, file: String?, value: String)] {
        [
            ("form", nil, try #require(page.field("form"))), ("metadata", "idp.xml", String(decoding: provider.metadata, as: UTF8.self)),
            ("metadataURL", nil, ""), ("do", nil, what),
        ]
    }

    @Test func `shows first what it would change and for whom, and saves what was shown`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let path = "/organizations/\(org)/settings"
            #expect(try await server.signIn(org, "ann@acme.example").status == 303)
            #expect(try await server.signIn(org, "ben@acme.example", by: Self.stranger).code == "certificate_untrusted")
            let cookies = try await server.administrator(org)
            let settings = try await server.send(.get, path, headers: .cookies(cookies))
            #expect(settings.text.contains(">Show what would change</button>"))
            let before = try server.ledger.eventCount()
            let shown = try await server.post(path, parts: try Self.parts(settings, Self.stranger, "preview"), cookies: cookies)
            #expect(shown.status == 200, "\(shown.text)")
            for text in [
                "Nothing is saved yet.", "It adds the signing certificate", "One person who can sign in now would be refused.",
                "Signed with an unknown certificate", ">ann@acme.example</a>", "One person who was refused would be accepted.",
                ">ben@acme.example</a>",
                ">Save all the same</button>",
            ] { #expect(shown.text.contains(text), "\(text)") }
            #expect(try server.ledger.eventCount() == before)

            let form: [(name: String, file: String?, value: String)] = [
                ("form", nil, try #require(shown.field("form"))), ("shown", nil, try #require(shown.field("shown"))),
            ]
            #expect(try await server.post(path, parts: [form[1]], cookies: cookies).status == 403, "a form of ours alone (C43)")
            let saved = try await server.post(path, parts: form, cookies: cookies)
            #expect(saved.status == 303, "\(saved.text)")
            #expect(try await server.signIn(org, "ann@acme.example", by: Self.stranger).status == 303)
        }
    }

    @Test func `stops where somebody of the last logins would be locked out, until that is confirmed`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let path = "/organizations/\(org)/settings"
            #expect(try await server.signIn(org, "ann@acme.example").status == 303)
            let cookies = try await server.administrator(org)
            let settings = try await server.send(.get, path, headers: .cookies(cookies))
            let parts = try Self.parts(settings, Self.stranger)
            let stopped = try await server.post(path, parts: parts, cookies: cookies)
            #expect(stopped.status == 409, "\(stopped.text)")
            #expect(stopped.text.contains(">ann@acme.example</a>"))
            #expect(try await server.signIn(org, "ann@acme.example").status == 303, "nothing was saved")

            // What changed meanwhile is looked at again.
            _ = try await server.api(.patch, "/v1/organizations/\(org)/policy", ["clockSkewSeconds": 5])
            let form = try #require(stopped.field("form"))
            let confirmation: [(name: String, file: String?, value: String)] = [
                ("form", nil, form), ("shown", nil, try #require(stopped.field("shown"))),
            ]
            let again = try await server.post(path, parts: confirmation, cookies: cookies)
            #expect(again.status == 409 && again.text.contains("changed meanwhile"))
            let sealed = try #require(again.field("shown"))
            let forged: [(name: String, file: String?, value: String)] = [("form", nil, form), ("shown", nil, String(sealed.reversed()))]
            #expect(try await server.post(path, parts: forged, cookies: cookies).status == 403)
            let saved = try await server.post(path, parts: [("form", nil, form), ("shown", nil, sealed)], cookies: cookies)
            #expect(saved.status == 303, "\(saved.text)")
            #expect(try await server.signIn(org, "ann@acme.example").code == "certificate_untrusted")

            // What was shown to one organization is nobody else's.
            let other = try await server.organization("Other")
            let theirs = try await server.administrator(other)
            let page = try await server.send(.get, "/organizations/\(other)/settings", headers: .cookies(theirs))
            let foreign: [(name: String, file: String?, value: String)] = [
                ("form", nil, try #require(page.field("form"))), ("shown", nil, sealed),
            ]
            #expect(try await server.post("/organizations/\(other)/settings", parts: foreign, cookies: theirs).status == 403)
        }
    }

    @Test func `is one step where nobody is locked out, and then says who can try again`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let path = "/organizations/\(org)/settings"
            #expect(try await server.signIn(org, "ann@acme.example", by: Self.stranger).code == "certificate_untrusted")
            #expect(try await server.signIn(org, "ben@acme.example", by: Self.stranger).code == "certificate_untrusted")
            let cookies = try await server.administrator(org)
            let settings = try await server.send(.get, path, headers: .cookies(cookies))
            let saved = try await server.post(path, parts: try Self.parts(settings, Self.stranger), cookies: cookies)
            #expect(saved.status == 303, "\(saved.text)")
            let shown = try #require(saved.location).dropFirst(TestServer.base.count)
            let page = try await server.send(.get, String(shown), headers: .cookies(cookies))
            for text in ["2 people who were refused", "Ask them to try again.", ">ann@acme.example</a>", ">ben@acme.example</a>"] {
                #expect(page.text.contains(text), "\(text)")
            }
            #expect(try await server.signIn(org, "ann@acme.example", by: Self.stranger).status == 303)
            let after = try await server.send(.get, String(shown), headers: .cookies(cookies))
            #expect(after.text.contains("One person who was refused") && !after.text.contains(">ann@acme.example</a>"))
        }
    }

    @Test func `is asked for once more where the change that waits for a person locks somebody out`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            #expect(try await server.signIn(org, "ann@acme.example").status == 303)
            let other = TestIdentityProvider(entityID: "https://elsewhere.example", signer: TestIdentityProvider.stranger)
            let held = try await server.ledger.refreshIdentityProvider(try #require(Identifier(org)), metadata: other.metadata)
            let event = try #require(held.heldEvent)
            let cookies = try await server.administrator(org)
            let path = "/organizations/\(org)/settings"
            let settings = try await server.send(.get, path, headers: .cookies(cookies))
            let fields = [("form", try #require(settings.field("form"))), ("event", "\(event)")]
            let stopped = try await server.post(path + "/approve", fields, headers: .cookies(cookies))
            #expect(stopped.status == 409 && stopped.text.contains(">ann@acme.example</a>"), "\(stopped.text)")
            #expect(stopped.field("event") == "\(event)")
            let shown = try #require(stopped.field("shown"))
            let taken = try await server.post(path + "/approve", fields + [("shown", shown)], headers: .cookies(cookies))
            #expect(taken.status == 303, "\(taken.text)")
            #expect(try await server.api(.get, "/v1/organizations/\(org)").json["heldRefresh"] == .null)
        }
    }

    @Test func `is asked about and answered in the API, whose PUT saves as ever`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let path = "/v1/organizations/\(org)/identity-provider"
            let headers: HTTPFields = [.authorization: "Bearer \(server.token)", .contentType: "text/xml"]
            #expect(try await server.signIn(org, "ann@acme.example").status == 303)
            #expect(try await server.signIn(org, "ben@acme.example", by: Self.stranger).code == "certificate_untrusted")
            let preview = try await server.send(.post, path + "/preview", headers: headers, body: Self.stranger.metadata)
            #expect(preview.json["lockedOut"] == 1 && preview.json["letIn"] == 1, "\(preview.text)")
            let group = preview.json["people"]?["lockedOut"]?.arrayValue?.first
            #expect(group?["code"] == "certificate_untrusted")
            #expect(group?["people"]?.arrayValue?.first?["email"] == "ann@acme.example")
            let policy = try await server.api(
                .post, "/v1/organizations/\(org)/policy/preview", ["allowedEmailDomains": ["other.example"]])
            #expect(policy.json["changes"] == ["allowedEmailDomains"] && policy.json["lockedOut"] == 1, "\(policy.text)")
            #expect(policy.json["people"]?["lockedOut"]?.arrayValue?.first?["code"] == "email_domain_not_allowed")
            let saved = try await server.send(.put, path, headers: headers, body: Self.stranger.metadata)
            #expect(saved.status == 200)
            let passing = saved.json["refusalsThatWouldPass"]?.arrayValue?.first
            #expect(passing?["people"]?.arrayValue?.first?["email"] == "ben@acme.example", "\(saved.text)")
        }
    }
}
