import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The administration API` {
    @Test func `says which user of an array can't be brought in, and brings none of them in`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let path = "/v1/organizations/\(org)/users"
            let answer = try await server.api(.post, path, [["email": "ann@acme.example"], ["email": "us er@acme.example"]])
            #expect(answer.status == 422 && answer.code == "invalid_request")
            let detail = answer.json["detail"]?.stringValue ?? ""
            #expect(detail.contains("index 1") && detail.contains("“us er@acme.example” is none"), "\(detail)")
            let missing = try await server.api(.post, path, [["name": "Ann"]])
            #expect(missing.json["detail"]?.stringValue?.contains("index 0") == true, "\(missing.text)")
            let twice = try await server.api(.post, path, [["email": "ann@acme.example"], ["email": "Ann@acme.example"]])
            #expect(twice.status == 409 && twice.code == "conflict" && twice.json["title"] == "At odds with what is there", "\(twice.text)")
            #expect(try await server.api(.get, path).json["items"]?.arrayValue?.isEmpty == true)
        }
    }

    @Test func `takes a vendor from a new organization to converted users`() async throws {
        try await TestServer.run { server in
            let made = try await server.api(.post, "/v1/organizations", ["name": "Acme"])
            #expect(made.status == 201)
            let org = try #require(made.json["id"]?.stringValue)
            #expect(made.json["acsURL"]?.stringValue == "\(TestServer.base)/saml/acs?org=\(org)")
            #expect(made.json["audienceURI"]?.stringValue == "\(TestServer.base)/saml/login?org=\(org)")
            #expect(made.json["setupURL"]?.stringValue?.hasPrefix(TestServer.base) == true)

            let configured = try await server.send(
                .put, "/v1/organizations/\(org)/identity-provider",
                headers: [.authorization: "Bearer \(server.token)", .contentType: "text/xml"],
                body: TestIdentityProvider.shared.metadata)
            #expect(configured.status == 200, "\(configured.text)")
            #expect(configured.json["entityID"]?.stringValue == TestIdentityProvider.shared.entityID)
            #expect(configured.json["singleSignOnURL"]?.stringValue == "https://idp.example/sso")

            let users: JSON = [["email": "ann@acme.example", "name": "Ann"], ["email": "bob@acme.example"]]
            let imported = try await server.api(.post, "/v1/organizations/\(org)/users", users)
            #expect(imported.status == 201, "\(imported.text)")

            let untested = try await server.api(.post, "/v1/organizations/\(org)/conversions", ["all": true])
            #expect(untested.status == 409)
            #expect(untested.code == "conversion_untested")
            let one = try await server.api(
                .post, "/v1/organizations/\(org)/conversions", ["emails": ["ann@acme.example"]])
            #expect(one.status == 200, "\(one.text)")
            let method = try await server.api(.get, "/v1/login-method?email=ann@acme.example")
            #expect(method.json["method"]?.stringValue == "sso")

            let list = try await server.api(.get, "/v1/organizations/\(org)/users?email=ann@acme.example")
            let user = try #require(list.json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let account = try #require(
                try await server.api(.get, "/v1/organizations/\(org)/accounts").json["items"]?.arrayValue?.first?["id"]?
                    .stringValue)
            let role = try await server.api(
                .put, "/v1/organizations/\(org)/users/\(user)/roles/\(account)", ["role": "administrator"])
            #expect(role.json["roles"]?[account]?.stringValue == "administrator", "\(role.text)")
            let inactive = try await server.api(
                .put, "/v1/organizations/\(org)/users/\(user)/active", ["active": false])
            #expect(inactive.json["active"]?.boolValue == false)
            #expect(try await server.api(.delete, "/v1/organizations/\(org)/users/\(user)").status == 204)
        }
    }

    @Test func `refuses unknown members by name, and what is no JSON`() async throws {
        try await TestServer.run { server in
            let unknown = try await server.api(.post, "/v1/organizations", ["name": "A", "colour": "red"])
            #expect(unknown.status == 400)
            #expect(unknown.code == "invalid_request")
            #expect(unknown.json["detail"]?.stringValue?.contains("colour") == true)
            let broken = try await server.send(
                .post, "/v1/organizations",
                headers: [.authorization: "Bearer \(server.token)", .contentType: "application/json"],
                body: Array("{".utf8))
            #expect(broken.status == 400)
            #expect(broken.headers[.contentType] == "application/problem+json")
        }
    }

    @Test func `asks for a token that allows it`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(configured: false)
            let other = try #require(Identifier(try await server.organization("Other", configured: false)))
            let auditor = try await server.ledger.issueToken(
                role: "auditor", organization: nil, expiresAt: nil, by: .commandLine())
            let foreign = try await server.ledger.issueToken(
                role: "operator", organization: other, expiresAt: nil, by: .commandLine())
            #expect(try await server.send(.get, "/v1/organizations").status == 401)
            #expect(try await server.api(.get, "/v1/organizations", token: "iltok_nonsense").status == 401)
            #expect(try await server.api(.get, "/v1/organizations/\(org)", token: auditor.token).status == 200)
            #expect(try await server.api(.post, "/v1/organizations", ["name": "x"], token: auditor.token).status == 403)
            let hidden = try await server.api(.get, "/v1/organizations/\(org)", token: foreign.token)
            let absent = try await server.api(
                .get, "/v1/organizations/\(String(repeating: "0", count: 32))", token: foreign.token)
            #expect(hidden.status == 404)
            #expect(hidden.body == absent.body)
        }
    }

    @Test func `lists in pages, and events as lines too`() async throws {
        try await TestServer.run { server in
            for name in ["A", "B", "C"] { _ = try await server.organization(name, configured: false) }
            let first = try await server.api(.get, "/v1/events?limit=2")
            #expect(first.json["items"]?.arrayValue?.count == 2)
            let cursor = try #require(first.json["next"]?.stringValue)
            let second = try await server.api(.get, "/v1/events?limit=2&cursor=\(PercentCoding.encode(cursor))")
            #expect(second.json["items"]?.arrayValue?.first?["sequence"]?.integerValue == 3)
            #expect(try await server.api(.get, "/v1/events?limit=0").status == 400)
            #expect(try await server.api(.get, "/v1/events?type=Nothing").status == 400)
            let lines = try await server.send(
                .get, "/v1/events",
                headers: [.authorization: "Bearer \(server.token)", .accept: "application/x-ndjson"])
            #expect(lines.headers[.contentType] == "application/x-ndjson")
            #expect(lines.text.split(separator: "\n").count >= 5)
            let organizations = try await server.api(.get, "/v1/organizations?limit=1")
            #expect(organizations.json["items"]?.arrayValue?.count == 1)
            #expect(organizations.json["next"]?.stringValue != nil)
        }
    }

    @Test func `merges a policy's patch and says what it doesn't know`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(configured: false)
            let patched = try await server.api(.patch, "/v1/organizations/\(org)/policy", ["allowUnsolicited": false])
            #expect(patched.json["allowUnsolicited"]?.boolValue == false, "\(patched.text)")
            #expect(patched.json["clockSkewSeconds"]?.integerValue == 60)
            let unknown = try await server.api(.patch, "/v1/organizations/\(org)/policy", ["nonsense": 1])
            #expect([400, 422].contains(unknown.status))
            #expect(unknown.json["detail"]?.stringValue?.contains("nonsense") == true)
        }
    }

    @Test func `answers other methods with 405 and addresses of nothing with 404`() async throws {
        try await TestServer.run { server in
            let method = try await server.api(.delete, "/v1/organizations")
            #expect(method.status == 405)
            #expect(method.headers[.allow] == "POST, GET")
            #expect(try await server.api(.get, "/v1/nothing").status == 404)
            #expect(try await server.send(.get, "/v1/openapi.json").status == 200)
            #expect(try await server.send(.get, "/%zz").status == 400)
        }
    }
}
