import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

/// What can't be used is said on the page whose form asked for it.
@Suite struct `A field that can't be used` {
    /// That the page of the form came again: its links, what was typed, and what is wrong beside the field.
    private static func expect(
        _ page: TestServer.Answer, _ status: Int, _ field: String, _ phrase: InputPhrase, typed: String, _ place: String
    ) {
        #expect(page.status == status, "\(place): \(page.status)")
        let words = PageContent.escaped(phrase.english)
        for text in [
            "<nav aria-label=\"Organization\">", "role=\"alert\"", "<a href=\"#\(field)\">\(words)</a>",
            "<p class=\"bad\" id=\"\(field)-wrong\">\(words)</p>", "aria-invalid=\"true\"", "name=\"\(field)\" value=\"\(typed)\"",
        ] {
            #expect(page.text.contains(text), "\(place) lacks \(text)")
        }
        #expect(!page.text.contains("Go to the sign-in page") && !page.text.contains("Whom to ask"), "\(place)")
    }

    @Test func `is said on the history page, below which all events stay`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/history"
            let moments: [(String, Int, InputPhrase)] = [
                ("1", 404, .beforeOrganization), ("0", 404, .beforeOrganization), ("2001-01-01", 404, .beforeOrganization),
                ("999999", 422, .noSuchEvent), ("29.11.2026", 400, .moment), ("2026-02-30", 400, .moment), ("yesterday", 400, .moment),
            ]
            for (typed, status, phrase) in moments {
                let page = try await server.send(.get, "\(path)?at=\(typed)", headers: cookies)
                Self.expect(page, status, "at", phrase, typed: typed, "history at \(typed)")
                #expect(page.text.contains("The organization was made"), "the events stay")
                #expect(page.body.count < 50 << 10)
            }
            let reversed = try await server.send(.get, path + "?since=2026-11-29&until=2026-11-01", headers: cookies)
            Self.expect(reversed, 422, "until", .endsBeforeItBegins, typed: "2026-11-01", "history")
            #expect(reversed.text.contains("value=\"2026-11-29\"") && !reversed.text.contains("<caption>Events"))
            let since = try await server.send(.get, path + "?since=29.11.2026", headers: cookies)
            Self.expect(since, 400, "since", .day, typed: "29.11.2026", "history since")
            #expect(since.text.contains("type=\"text\" id=\"since\""), "browsers show no such date")
        }
    }

    @Test func `is said on the logins page, the report and a person's page`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            #expect(try await server.signIn(org, "ann@acme.example").status == 303)
            let users = try await server.api(.get, "/v1/organizations/\(org)/users")
            let user = try #require(users.json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/"
            let logins = try await server.send(.get, path + "logins?since=2026-11-29&until=2026-11-01", headers: cookies)
            Self.expect(logins, 422, "until", .endsBeforeItBegins, typed: "2026-11-01", "logins")
            #expect(!logins.text.contains("No logins."))
            let reference = try await server.send(.get, path + "logins?reference=abc", headers: cookies)
            Self.expect(reference, 400, "reference", .reference, typed: "abc", "reference")
            #expect(reference.text.contains(">ann@acme.example</td>"), "the logins stay")
            let report = try await server.send(.get, path + "report?from=2026-11-29&to=2026-11-01", headers: cookies)
            Self.expect(report, 422, "to", .endsBeforeItBegins, typed: "2026-11-01", "report")
            #expect(report.text.contains("name=\"from\" value=\"2026-11-29\""))
            let garbled = try await server.send(.get, path + "report?from=soon", headers: cookies)
            Self.expect(garbled, 400, "from", .day, typed: "soon", "report from")
            for (typed, status, phrase) in [("1", 404, InputPhrase.beforePerson), ("soon", 400, .moment), ("99999", 422, .noSuchEvent)] {
                let person = try await server.send(.get, path + "users/\(user)?at=\(typed)", headers: cookies)
                Self.expect(person, status, "at", phrase, typed: typed, "person at \(typed)")
                #expect(person.text.contains("<strong>ann@acme.example</strong>"))
            }
            let unknown = try await server.send(.get, path + "users/\(org)?at=1", headers: cookies)
            #expect(unknown.status == 404 && !unknown.text.contains(InputPhrase.beforePerson.english))
        }
    }

    @Test func `is said on the users page, which shows everyone whom the other fields leave`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            try await `The users page`.people(server, org, 2)
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/users"
            for query in ["?email=user1001&page=0", "?email=user1001&method=nonsense"] {
                let page = try await server.send(.get, path + query, headers: cookies)
                #expect(page.status == 400 && page.text.contains("role=\"alert\"") && page.text.contains("value=\"user1001\""))
                #expect(page.text.contains(">user1001@acme.example<") && !page.text.contains(">user1000@acme.example<"))
                #expect(!page.text.contains("method=nonsense"))
                #expect(try await server.send(.get, "\(path).csv\(query)", headers: cookies).status == 400)
            }
        }
    }

    @Test func `is said to programs as ever`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            var headers = HTTPFields.cookies(try await server.administrator(org))
            headers[.accept] = "application/json"
            let path = "/organizations/\(org)/"
            let problems = [
                ("history?at=soon", 400, "invalid_request"), ("history?at=1", 404, "organization_unknown"),
                ("logins?reference=abc", 400, "invalid_request"), ("report?from=2026-11-29&to=2026-11-01", 422, "invalid_request"),
                ("logins?since=2026-11-29&until=2026-11-01", 422, "invalid_request"),
            ]
            for (place, status, code) in problems {
                let answer = try await server.send(.get, path + place, headers: headers)
                #expect(answer.status == status && answer.code == code, "\(place): \(answer.text)")
            }
        }
    }

    @Test func `takes days and instants as people write them`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/history?at="
            let today = String(server.ledger.now.rfc3339.prefix(10))
            let day = try await server.send(.get, path + today, headers: cookies)
            #expect(day.status == 200 && day.text.contains("as it was at the end of \(today) (UTC)."), "\(day.text)")
            #expect(day.text.contains("?at=\(today)&amp;compare=now"))
            for typed in ["2099-11-29T21:04", "2099-11-29 21:04:00Z", " 2099-11-29 21:04 ", "2099-11-29T21:04:00"] {
                let page = try await server.send(.get, path + PercentCoding.encode(typed), headers: cookies)
                #expect(page.status == 200 && page.text.contains("as it was at 2099-11-29T21:04:00Z."), "\(typed)")
            }
        }
    }

    @Test func `is found in spite of white space around it`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization("  New one\t")
            let made = try await server.api(.get, "/v1/organizations/\(org)")
            #expect(made.json["name"]?.stringValue == "New one")
            let account = try await server.api(.post, "/v1/organizations/\(org)/accounts", ["name": " Team "])
            #expect(account.json["name"]?.stringValue == "Team")
            let renamed = try await server.api(.patch, "/v1/organizations/\(org)", ["name": "\u{A0}Newer"])
            #expect(renamed.json["name"]?.stringValue == "Newer", "\(renamed.text)")
            try await `The users page`.people(server, org, 2)
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let found = try await server.send(.get, "/organizations/\(org)/users?email=%20user1001%C2%A0", headers: cookies)
            #expect(found.text.contains(">user1001@acme.example<") && !found.text.contains(">user1000@acme.example<"))
        }
    }
}

@Suite struct `What was entered at the sign-in page` {
    @Test func `is told apart by what is wrong with it, and never by who is a user (C49)`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            #expect(try await server.signIn(org, "ann@acme.example").status == 303)
            let cases: [(String, InputPhrase)] = [
                ("", .nobodyNamed), (" \u{A0}\t", .nobodyNamed), ("acme", .neitherAddressNorID),
                (String(repeating: "0", count: 32), .noSuchID), ("ann@acme.example", .domainLeadsNowhere),
                ("nobody@elsewhere.example", .domainLeadsNowhere),
            ]
            for (who, phrase) in cases {
                let page = try await server.post("/login", [("who", who)])
                #expect(page.status == 404 && page.text.contains("id=\"who-wrong\">\(PageContent.escaped(phrase.english))"), "\(who)")
            }
            for who in ["\(org)\t", "\u{A0}\(org.uppercased())\n"] {
                #expect(try await server.post("/login", [("who", who)]).location == "\(TestServer.base)/saml/login?org=\(org)")
            }
            #expect(try await server.send(.get, "/saml/login?org=\(org.uppercased())").status == 302)
        }
    }
}
