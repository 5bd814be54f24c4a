import DevelopmentIdP
import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The access report` {
    /// An owner who signed in, as the browser's cookies.
    private static func owner(_ server: TestServer, _ org: String) async throws -> [String: String] {
        let organization = try #require(Identifier(org))
        let account = try #require(try server.ledger.accounts(organization, page: .init(), by: .commandLine()).items.first)
        let users: JSON = [
            "email": "owner@example.com", "name": "=cmd|' /C calc'!A0", "signInMethod": "sso",
            "roles": .object([.init(account.id.description, "owner")]),
        ]
        #expect(try await server.api(.post, "/v1/organizations/\(org)/users", users).status == 201)
        let addresses = OrganizationAddresses(base: TestServer.base, organization: organization)
        let response = try TestIdentityProvider.shared.response(
            to: addresses.acsURL, audience: addresses.audienceURI,
            at: Int64(server.ledger.now.nanoseconds / 1_000_000_000), email: "owner@example.com"
        ) { $0.attributes = [] }
        let answer = try await server.post("/saml/acs?org=\(org)", [("SAMLResponse", String(decoding: response, as: UTF8.self))])
        #expect(answer.status == 303, "\(answer.text)")
        return answer.cookies
    }

    @Test func `is a page without scripts for administrators, with its period and its checkpoint`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let path = "/organizations/\(org)/report"
            #expect(try await server.send(.get, path).status == 401)
            let cookies = try await Self.owner(server, org)
            let page = try await server.send(.get, path, headers: .cookies(cookies))
            #expect(page.status == 200, "\(page.text)")
            for text in [
                "1 of 1 users; 1 gained it, 0 lost it", "1 accepted, 0 refused", "owner@example.com",
                "The identity provider was configured",
                "owner in Example", "aria-current=\"page\">Report<", "identity-ledger verify --checkpoint",
            ] { #expect(page.text.contains(text), "\(text)") }
            #expect(page.text.contains("— 127.0.0.1:8080 "))
            #expect(!page.text.contains("style="))
            let before = try await server.send(.get, path + "?from=2020-01-01&to=2020-02-01", headers: .cookies(cookies))
            #expect(
                before.text.contains("No users.") && before.text.contains("No changes.") && before.text.contains("value=\"2020-02-01\""))
            #expect(try await server.send(.get, path + "?from=yesterday", headers: .cookies(cookies)).status == 400)
            #expect(try await server.send(.get, path + "?from=2021-01-01&to=2020-01-01", headers: .cookies(cookies)).status == 422)
            let other = try await server.organization("Other")
            #expect(try await server.send(.get, "/organizations/\(other)/report", headers: .cookies(cookies)).status == 404)
        }
    }

    @Test func `is CSV that a spreadsheet shows and doesn't compute`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let cookies = try await Self.owner(server, org)
            let path = "/organizations/\(org)/report.csv"
            let people = try await server.send(.get, path, headers: .cookies(cookies))
            #expect(people.headers[.contentType] == "text/csv; charset=utf-8; header=present")
            #expect(people.headers[.contentDisposition] == "attachment; filename=\"access-people-example.csv\"")
            let lines = people.text.split(separator: "\r\n")
            #expect(lines.count == 2 && lines.first?.hasPrefix("organization,user,email,name,") == true)
            #expect(lines.last?.contains(",owner@example.com,'=cmd|' /C calc'!A0,sso,yes,gained,owner in Example,no,") == true)
            let changes = try await server.send(.get, path + "?table=changes", headers: .cookies(cookies))
            #expect(changes.text.contains(",configuration,IdentityProviderConfigured,"))
            #expect(changes.text.contains(",access,UserImported,"))
            #expect(try await server.send(.get, path + "?table=else", headers: .cookies(cookies)).status == 400)
            #expect(try await server.send(.get, path).status == 401)
        }
    }

    @Test func `is JSON in the API, also for an auditor, and is of no other organization`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            _ = try await Self.owner(server, org)
            let path = "/v1/organizations/\(org)/reports/access"
            let report = try await server.api(.get, path)
            #expect(report.status == 200, "\(report.text)")
            #expect(report.json["users"]?.arrayValue?.first?["access"]?.stringValue == "gained")
            #expect(report.json["basis"]?["checkpoint"]?.stringValue?.contains("127.0.0.1:8080") == true)
            #expect(report.json["anomalies"]?.arrayValue?.isEmpty == true)
            let other = try await server.organization("Other")
            let auditor = try await server.ledger.issueToken(
                role: "auditor", organization: Identifier(other), by: .commandLine())
            #expect(try await server.api(.get, path, token: auditor.token).status == 404)
            #expect(try await server.api(.get, "/v1/organizations/\(other)/reports/access", token: auditor.token).status == 200)
        }
    }

    @Test func `is a document that needs nothing from elsewhere, and holds what came from outside as text`() async throws {
        try await TestServer.run { server in
            let org = try #require(Identifier(try await server.organization("<script>alert(1)</script>")))
            let report = try server.ledger.accessReport(org, by: .commandLine())
            let html = try ReportDocument.html(report)
            #expect(html.hasPrefix("<!doctype html>") && html.contains("@media print"))
            #expect(!html.contains("<script") && !html.contains("src=") && !html.contains("<link"))
            #expect(html.contains("&lt;script&gt;alert(1)"))
        }
    }
}

@Suite struct `What changed in an identity provider's responses` {
    @Test func `is asked for in the API, since a day or an instant`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let drift = try await server.api(.get, "/v1/organizations/\(org)/drift")
            #expect(drift.status == 200 && drift.json["drifts"]?.arrayValue?.isEmpty == true, "\(drift.text)")
            #expect(try await server.api(.get, "/v1/organizations/\(org)/drift?since=2026-01-01T00:00:00Z").status == 200)
            #expect(try await server.api(.get, "/v1/organizations/\(org)/drift?since=monday").status == 400)
            #expect(try await server.api(.get, "/v1/organizations/\(org)/drift", token: "none").status == 401)
        }
    }
}
