import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The logins page` {
    @Test func `is filtered by its address, leads to a reference, and draws the last days`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            _ = try await server.signIn(org, "ann@acme.example")
            _ = try await server.api(.patch, "/v1/organizations/\(org)/policy", ["allowedEmailDomains": ["acme.example"]])
            let refused = try await server.signIn(org, "eve@other.example")
            let reference = try #require(refused.json["reference"]?.integerValue)
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/logins"
            let page = try await server.send(.get, path, headers: cookies)
            #expect(page.status == 200 && page.body.count < 50 << 10, "\(page.body.count)")
            for words in [
                "role=\"img\"", "In all: accepted 1, refused 1, tests 0.", ">eve@other.example</td>", ">ann@acme.example</td>",
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
            let filtered = try await server.send(
                .get, path + "?outcome=refused&code=email_domain_not_allowed&until=2099-01-01", headers: cookies)
            #expect(filtered.text.contains(">eve@other.example</td>") && !filtered.text.contains(">ann@acme.example</td>"))
            #expect(filtered.text.contains("type=\"date\" id=\"until\" name=\"until\" value=\"2099-01-01\""))
            #expect(try await server.send(.get, path + "?since=2099-01-01T00:00:00Z", headers: cookies).text.contains("No logins."))
            for query in ["?since=yesterday", "?outcome=maybe", "?code=nonsense", "?before=x", "?reference=nonsense"] {
                #expect(try await server.send(.get, path + query, headers: cookies).status == 400, "\(query)")
            }
            let found = try await server.send(.get, path + "?reference=%20\(reference)", headers: cookies)
            #expect(found.status == 303 && found.location == "\(TestServer.base)\(path)/\(reference)")
            let sheet = try await server.send(.get, path + ".csv?outcome=refused", headers: cookies)
            let lines = sheet.text.split(separator: "\r\n")
            #expect(lines.count == 2 && lines[1].hasPrefix("\(reference),") && lines[1].contains(",email_domain_not_allowed,"))
        }
    }
}

@Suite struct `The history page` {
    @Test func `tells events in sentences, each with a page of its own and the state after it`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization("Acme")
            let then = try server.ledger.eventCount()
            _ = try await server.api(.patch, "/v1/organizations/\(org)/policy", ["clockSkewSeconds": 5])
            _ = try await server.signIn(org, "ann@acme.example")
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/history"
            let page = try await server.send(.get, path, headers: cookies)
            for words in ["The organization was made, named “Acme”.", "The policy was changed: clockSkewSeconds.", "A login was accepted."]
            {
                #expect(page.text.contains(words), "\(words)")
            }
            let changes = try await server.send(.get, path + "?type=changes", headers: cookies)
            #expect(changes.text.contains("The policy was changed") && !changes.text.contains("A login was accepted."))
            let event = try await server.send(.get, "\(path)/\(then + 1)", headers: cookies)
            #expect(event.text.contains("The policy was changed: clockSkewSeconds.") && event.text.contains("clockSkewSeconds&quot;: 5"))
            let state = try await server.send(.get, "\(path)?at=\(then)&compare=now", headers: cookies)
            #expect(state.text.contains("The policy&#39;s clockSkewSeconds was 60 and is 5."), "\(state.text)")
            #expect(state.text.contains("ann@acme.example was provisioned by a login."))
            let sheet = try await server.send(.get, path + ".csv?type=PolicyChanged", headers: cookies)
            #expect(sheet.text.split(separator: "\r\n").count == 2 && sheet.text.contains("The policy was changed: clockSkewSeconds."))
            #expect(try await server.send(.get, path + "?type=Nonsense", headers: cookies).status == 400)
            #expect(state.text.contains("The organization as it was after event \(then)."))
            let instant = server.ledger.now.rfc3339
            let now = try await server.send(.get, "\(path)?at=\(PercentCoding.encode(instant))", headers: cookies)
            #expect(now.text.contains("The organization as it was at \(instant)."), "\(now.text)")
            #expect([400, 422].contains(try await server.send(.get, path + "?at=999999", headers: cookies).status))
        }
    }

    @Test func `is paged back to the first event`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            for number in 0..<70 {
                _ = try await server.api(.patch, "/v1/organizations/\(org)/policy", ["clockSkewSeconds": .integer(Int64(number))])
            }
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/history"
            let first = try await server.send(.get, path, headers: cookies)
            #expect(first.body.count < 50 << 10, "\(first.body.count)")
            let next = try #require(first.text.firstMatch(of: /history\?before=[0-9]+/)).output
            let second = try await server.send(.get, "/organizations/\(org)/\(next)", headers: cookies)
            #expect(second.text.contains("The organization was made") && second.text.contains(">First page<"))
            #expect(!second.text.contains(">Next page<"))
        }
    }
}

@Suite struct `The certificates page` {
    @Test func `shows when each ends, what it signed, and what to do`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/certificates"
            let before = try await server.send(.get, path, headers: cookies)
            #expect(before.text.contains("nothing: there are no logins yet"), "\(before.text)")
            _ = try await server.signIn(org, "ann@acme.example")
            let page = try await server.send(.get, path, headers: cookies)
            #expect(page.text.contains("1 of the newest 1 logins, last <a href=\"\(TestServer.base)/organizations/\(org)/logins/"))
            for words in ["role=\"img\"", "Days until the certificates end", "Ours for encryption"] {
                #expect(page.text.contains(words), "\(words)")
            }
            #expect(page.text.contains("aria-current=\"page\">Certificates<"))
            let bare = try await server.organization("Bare", configured: false)
            let none = try await server.send(
                .get, "/organizations/\(bare)/certificates", headers: .cookies(try await server.administrator(bare)))
            #expect(none.status == 200 && none.text.contains("No identity provider is configured yet"))
        }
    }
}
