import Events
import HTTPTypes
import IdentityLedger
import Testing

@testable import HTTPFront

@Suite struct `An organization that the API brings back` {
    @Test func `is compared with what it was, and then is what it was`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let path = "/v1/organizations/\(org)/restore"
            let then = try server.ledger.eventCount()
            _ = try await server.api(.patch, "/v1/organizations/\(org)/policy", ["clockSkewSeconds": 5])
            let count = try server.ledger.eventCount()
            let shown = try await server.api(.post, path, ["at": JSON(then)])
            #expect(shown.status == 200 && shown.json["applied"] == false, "\(shown.text)")
            #expect(shown.json["differences"]?.arrayValue?.first?["what"] == "policy.clockSkewSeconds")
            #expect(shown.json["refusal"] == .null)
            #expect(try server.ledger.eventCount() == count)
            let other = try await server.api(.post, path, ["at": .string("\(then)"), "what": ["roles"], "apply": true])
            #expect(other.json["differences"]?.arrayValue?.isEmpty == true)
            let done = try await server.api(.post, path, ["at": .string("\(then)"), "what": ["policy"], "apply": true])
            #expect(done.json["events"] == [JSON(count + 1)], "\(done.text)")
            #expect(try await server.api(.get, "/v1/organizations/\(org)/policy").json["clockSkewSeconds"] == 60)
        }
    }

    @Test func `shows the differences beside the reason why it stays as it is`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let organization = try #require(Identifier(org))
            let account = try #require(try server.ledger.accounts(organization, page: .init(), by: .commandLine()).items.first?.id)
            let made = try await server.api(.post, "/v1/organizations/\(org)/users", ["email": "ann@acme.example"])
            let user = try #require(made.json["id"]?.stringValue)
            let then = try server.ledger.eventCount()
            let role = "/v1/organizations/\(org)/users/\(user)/roles/\(account)"
            #expect(try await server.api(.put, role, ["role": "owner"]).status == 200)
            let path = "/v1/organizations/\(org)/restore"
            let shown = try await server.api(.post, path, ["at": JSON(then)])
            #expect(shown.status == 200 && shown.json["refusal"]?["code"] == "last_owner", "\(shown.text)")
            #expect(shown.json["differences"]?.arrayValue?.first?["what"] == "role")
            let refused = try await server.api(.post, path, ["at": JSON(then), "apply": true])
            #expect(refused.status == 409 && refused.code == "last_owner")
        }
    }

    @Test func `is an operator's to bring back, and asks for what it knows`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let path = "/v1/organizations/\(org)/restore"
            let auditor = try await server.ledger.issueToken(role: "auditor", organization: nil, expiresAt: nil, by: .commandLine())
            #expect(try await server.api(.post, path, ["at": 3], token: auditor.token).status == 403)
            #expect(try await server.api(.post, path, ["at": 3], token: "none").status == 401)
            let other = try #require(Identifier(try await server.organization("Other")))
            let foreign = try await server.ledger.issueToken(role: "operator", organization: other, expiresAt: nil, by: .commandLine())
            #expect(try await server.api(.post, path, ["at": 3], token: foreign.token).status == 404)
            let unreadable: [JSON] = [
                [:], ["at": "yesterday"], ["at": 3, "what": ["people"]], ["at": 3, "what": []], ["at": 3, "now": true], ["at": -1],
            ]
            for body in unreadable {
                let status = try await server.api(.post, path, body).status
                #expect(status == 400 || status == 422, "\(body.text)")
            }
            #expect(try await server.api(.post, path, ["at": 100_000]).status == 422)
        }
    }
}
