import Events
import Foundation
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The policy page` {
    /// What a browser would send back of the page's form, with these fields changed; nil takes a field away, as an unchecked box does.
    private static func fields(_ page: TestServer.Answer, _ changes: [String: String?] = [:], _ what: String = "save") -> [(String, String)]
    {
        var fields: [(String, String)] = []
        func value(_ name: String, of tag: Substring) -> String? {
            guard let start = tag.range(of: " \(name)=\"") else { return nil }
            return String(tag[start.upperBound...].prefix { $0 != "\"" })
        }
        let start = page.text.range(of: "<input type=\"hidden\" name=\"form\"")
        let form = start.map { page.text[$0.lowerBound...] } ?? ""
        for tag in form.split(separator: "<") {
            guard let name = value("name", of: tag), !tag.hasPrefix("button") else { continue }
            if tag.hasPrefix("input"), !tag.contains("checkbox") || tag.contains(" checked") {
                fields.append((name, value("value", of: tag) ?? ""))
            }
            if tag.hasPrefix("textarea") { fields.append((name, String(tag.drop { $0 != ">" }.dropFirst()))) }
            if tag.hasPrefix("select") {
                let options = form[(form.range(of: String(tag))?.upperBound ?? form.startIndex)...]
                let body = options.prefix(upTo: options.range(of: "</select>")?.lowerBound ?? options.endIndex)
                let chosen = body.split(separator: "<option").first { $0.contains(" selected") } ?? body.split(separator: "<option").first
                let text = chosen.map { String($0.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }) } ?? ""
                fields.append((name, chosen.flatMap { value("value", of: $0) } ?? text))
            }
        }
        for (name, value) in changes {
            let place = fields.firstIndex { $0.0 == name }
            if let place { fields.remove(at: place) }
            if let value { fields.insert((name, value), at: place ?? fields.count) }
        }
        return fields + [("do", what)]
    }

    private static func open(_ server: TestServer) async throws -> (org: String, path: String, cookies: HTTPFields, page: TestServer.Answer)
    {
        let org = try await server.organization()
        let path = "/organizations/\(org)/policy"
        let cookies = HTTPFields.cookies(try await server.administrator(org))
        let page = try await server.send(.get, path, headers: cookies)
        #expect(page.status == 200, "\(page.text)")
        return (org, path, cookies, page)
    }

    @Test func `has every member of the policy and says what it means`() async throws {
        try await TestServer.run { server in
            let (org, _, _, page) = try await Self.open(server)
            let policy = try await server.api(.get, "/v1/organizations/\(org)/policy").json
            for member in policy.members ?? [] where member.name != "roleMapping" {
                let inner = member.value.members?.map { "\(member.name).\($0.name)" } ?? [member.name]
                for name in inner { #expect(page.text.contains("name=\"\(name)\""), "\(name)") }
            }
            #expect(page.text.contains("name=\"rule-attribute\"") && page.body.count < 50_000)
        }
    }

    @Test func `saves what was changed and nothing where nothing was`() async throws {
        try await TestServer.run { server in
            let (org, path, cookies, page) = try await Self.open(server)
            let before = try server.ledger.eventCount()
            #expect(try await server.post(path, Self.fields(page), headers: cookies).status == 303)
            #expect(try server.ledger.eventCount() == before, "an unchanged form is no event")
            let account = try #require(
                try await server.api(.get, "/v1/organizations/\(org)/accounts").json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let changes: [String: String?] = [
                "allowUnsolicited": nil, "allowedEmailDomains": "acme.example\r\n other.example ", "clockSkewSeconds": "5",
                "attributeMapping.groups": "groups", "evidenceRetentionDays": "90", "rule-attribute": "groups",
                "rule-value": "CN=Admins,OU=x",
                "rule-role": "administrator",
            ]
            let saved = try await server.post(path, Self.fields(page, changes), headers: cookies)
            #expect(saved.status == 303, "\(saved.text)")
            let policy = try await server.api(.get, "/v1/organizations/\(org)/policy").json
            #expect(policy["allowUnsolicited"] == false && policy["clockSkewSeconds"] == 5 && policy["evidenceRetentionDays"] == 90)
            #expect(policy["allowedEmailDomains"] == ["acme.example", "other.example"])
            #expect(policy["attributeMapping"]?["groups"] == "groups" && policy["sessionSeconds"] == 28800)
            #expect(
                policy["roleMapping"]
                    == [["attribute": "groups", "value": "CN=Admins,OU=x", "account": .string(account), "role": "administrator"]])
            // What is set is shown, and goes again.
            let again = try await server.send(.get, path + "?saved=1", headers: cookies)
            #expect(again.text.contains("CN=Admins,OU=x") && again.text.contains("Saved."))
            let removed = try await server.post(
                path, Self.fields(again, ["rule-attribute": "", "rule-value": "", "evidenceRetentionDays": ""]), headers: cookies)
            #expect(removed.status == 303, "\(removed.text)")
            let last = try await server.api(.get, "/v1/organizations/\(org)/policy").json
            #expect(last["roleMapping"] == [] && last["evidenceRetentionDays"] == .null && last["clockSkewSeconds"] == 5)
        }
    }

    @Test func `keeps what was typed beside the reason why it can't be taken`() async throws {
        try await TestServer.run { server in
            let (_, path, cookies, page) = try await Self.open(server)
            let before = try server.ledger.eventCount()
            for (name, value, words) in [
                ("clockSkewSeconds", "301", "whole number from 0 to 300"), ("clockSkewSeconds", "soon", "whole number"),
                ("clockSkewSeconds", "", "whole number"), ("allowedEmailDomains", "acme.example\nno domain", "“nodomain” is none"),
                ("allowedEmailDomains", "a.example,b.example", "one e-mail domain to a line"),
                ("landingURL", "javascript:alert(1)", "a whole address"), ("allowSHA1Until", "next year", "a day and a time in UTC"),
                ("nameIDFormat", "<b>", "nameid-format"), ("requestedAuthnContext", "x", "ac:classes"),
                ("sessionSeconds", "99999999999999999999", "whole number"),
                ("relayStateOrigins", "https://a.example/b", "one origin to a line"),
            ] {
                let answer = try await server.post(path, Self.fields(page, [name: value]), headers: cookies)
                #expect(answer.status == 422, "\(name): \(answer.status)")
                #expect(answer.text.contains("<a href=\"#\(name)\">") && answer.text.contains(words), "\(answer.text)")
                #expect(answer.text.contains("aria-invalid=\"true\" aria-describedby=\"\(name)-fault"), "\(answer.text)")
                #expect(!answer.text.contains("” must be"), "that is said to programs")
                #expect(!answer.text.contains("<b>\""))
            }
            #expect(try server.ledger.eventCount() == before)
        }
    }

    @Test func `shows whom a change would lock out, and saves it when that is confirmed`() async throws {
        try await TestServer.run { server in
            let (org, path, cookies, page) = try await Self.open(server)
            #expect(try await server.signIn(org, "ann@acme.example").status == 303)
            let changes: [String: String?] = ["allowedEmailDomains": "other.example"]
            let shown = try await server.post(path, Self.fields(page, changes, "preview"), headers: cookies)
            #expect(shown.status == 200 && shown.text.contains(">ann@acme.example</a>"), "\(shown.text)")
            #expect(shown.text.contains("E-mail domains that may sign in: none until now, then other.example."))
            let stopped = try await server.post(path, Self.fields(page, changes), headers: cookies)
            #expect(stopped.status == 409, "\(stopped.text)")
            #expect(try await server.signIn(org, "ann@acme.example").status == 303, "nothing was saved")
            let confirmed = try await server.post(path, Self.fields(stopped, [:]), headers: cookies)
            #expect(confirmed.status == 303, "\(confirmed.text)")
            #expect(try await server.signIn(org, "ann@acme.example").code == "email_domain_not_allowed")
        }
    }

    @Test func `shows what it would change now where somebody else changed the settings meanwhile`() async throws {
        try await TestServer.run { server in
            let (org, path, cookies, page) = try await Self.open(server)
            _ = try await server.api(.patch, "/v1/organizations/\(org)/policy", ["sessionSeconds": 60])
            let answer = try await server.post(path, Self.fields(page, ["clockSkewSeconds": "5"]), headers: cookies)
            #expect(answer.status == 409 && answer.text.contains("changed meanwhile"), "\(answer.text)")
            #expect(answer.text.contains("How long a session lasts: 60 seconds until now, then 28800 seconds."))
            #expect(try await server.api(.get, "/v1/organizations/\(org)/policy").json["sessionSeconds"] == 60)
        }
    }

    @Test func `is for who may configure, with a form of ours`() async throws {
        try await TestServer.run { server in
            let (org, path, cookies, page) = try await Self.open(server)
            #expect(try await server.send(.get, path).status == 401)
            let other = HTTPFields.cookies(try await server.administrator(try await server.organization("Other")))
            #expect(try await server.send(.get, path, headers: other).status == 401)
            #expect(try await server.post(path, Self.fields(page, ["form": "x"]), headers: cookies).status == 403)
            #expect(try await server.api(.get, "/v1/organizations/\(org)/policy").json["clockSkewSeconds"] == 60)
        }
    }
}
