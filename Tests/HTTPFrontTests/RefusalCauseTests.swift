import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `A refusal whose cause has words of its own` {
    private static let no = "No, not before something was changed."

    @Test func `says of a form that is too old to open its page again, and leads there`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let forms = [
                ("/login/forget", "/login"), ("/organizations/\(org)/conversion", "/organizations/\(org)/conversion"),
                ("/organizations/\(org)/users/\(org)/role", "/organizations/\(org)/users/\(org)"),
                ("/organizations/\(org)/settings/domains", "/organizations/\(org)/settings"),
            ]
            for (path, page) in forms {
                let refused = try await server.post(path, [("form", "old")], headers: cookies)
                #expect(refused.status == 403)
                for text in [
                    "<h1>The page was too old</h1>", "Yes, after opening the page again.",
                    "href=\"\(TestServer.base)\(page)\">Open the page</a>",
                ] {
                    #expect(refused.text.contains(text), "\(path) lacks \(text)")
                }
                #expect(!refused.text.contains("Whom to ask") && !refused.text.contains("Not yours"))
                #expect(refused.text.contains("aria-label=\"Organization\"") == path.hasPrefix("/organizations/"))
            }
            var headers = cookies
            headers[.accept] = "application/json"
            #expect(try await server.post("/organizations/\(org)/conversion", [], headers: headers).code == "forbidden")
        }
    }

    @Test func `never says that what can't work works at once`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let plain: HTTPFields = [.contentType: "text/plain"]
            let answers = [
                (405, try await server.send(.get, "/logout"), "/"), (405, try await server.send(.get, "/login/forget"), "/login"),
                (405, try await server.send(.put, "/login"), "/login"),
                (415, try await server.send(.post, "/login", headers: plain, body: [1]), "/login"),
                (
                    400, try await server.send(.get, "/organizations/\(org)/logins?user=a&user=b", headers: cookies),
                    "/organizations/\(org)/logins"
                ),
            ]
            for (status, page, back) in answers {
                #expect(page.status == status)
                #expect(page.text.contains(Self.no) && !page.text.contains("Yes, at once."), "\(page.text)")
                #expect(page.text.contains("href=\"\(TestServer.base)\(back)\">Open the page</a>"), "\(page.text)")
            }
        }
    }

    @Test func `tells programs what a program can do`() async throws {
        try await TestServer.run { server in
            let method = try await server.api(.post, "/v1/openapi.json", [:])
            #expect(method.json["detail"]?.stringValue == "This address takes GET only. Send the request with GET.")
            let twice = try await server.api(.get, "/v1/organizations?limit=1&limit=2")
            #expect(twice.json["detail"]?.stringValue == "The field “limit” comes 2 times; once is expected. Send it once.")
            #expect(twice.code == "request_malformed" && twice.status == 400)
        }
    }

    @Test func `blames no identity provider for a form that is too large`() async throws {
        let large = [("who", String(repeating: "x", count: 600 << 10))]
        // The connection ends with each answer, and the next server has another.
        try await TestServer.run { server in
            let form = try await server.post("/login", large)
            #expect(form.status == 413 && !form.text.contains("identity provider"), "\(form.text)")
            #expect(form.text.contains("What was sent is more than is read here."))
        }
        try await TestServer.run { server in
            let org = try await server.organization()
            #expect(try await server.post("/saml/acs?org=\(org)", large).text.contains("Your identity provider sent more"))
        }
    }

    @Test func `says who is signed in to whoever may not see a page`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let member = try await server.signIn(org, "ann@acme.example").cookies
            let page = try await server.send(.get, "/organizations/\(org)/history", headers: .cookies(member))
            #expect(page.status == 403)
            for text in [
                "<h1>Not yours to do</h1>", "You are signed in as ann@acme.example.", "Sign out, to sign in as someone else",
                "Your organization&#39;s administrator.",
            ] {
                #expect(page.text.contains(text), "\(text) is not in \(page.text)")
            }
            #expect(!page.text.contains("operator or an owner"))
            let own = try await server.send(.get, "/organizations/\(org)", headers: .cookies(member))
            #expect(own.status == 403)
            let other = try await server.organization("Other")
            #expect(try await server.send(.get, "/organizations/\(other)", headers: .cookies(member)).status == 404)
        }
    }

    @Test func `leaves an administrator among their pages, and leads them from the organization's address to the first`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let missing = try await server.send(.get, "/organizations/\(org)/history/999999", headers: cookies)
            #expect(missing.status == 404 && missing.text.contains("/organizations/\(org)/settings\">Settings</a>"))
            #expect(!missing.text.contains("Go to the sign-in page"))
            let first = try await server.send(.get, "/organizations/\(org)", headers: cookies)
            #expect(first.location == "\(TestServer.base)/organizations/\(org)/settings")
            let foreign = try await server.organization("Other")
            let stranger = try await server.send(.get, "/organizations/\(foreign)/history", headers: cookies)
            #expect(!stranger.text.contains("aria-label=\"Organization\""))
            #expect(try await server.send(.get, "/organizations/\(org)").status == 401)
        }
    }

    @Test func `has its own words in texts.json`() throws {
        var appearance = Appearance()
        try appearance.set(files: [("texts.json", Array(#"{"refusals": {"forbidden.formTooOld": {"title": "Zu alt"}}}"#.utf8))])
        #expect(appearance.texts.refusal(of: .forgedForm)?.title == "Zu alt")
        #expect(appearance.texts.refusal("forbidden")?.title == "Not yours to do")
        #expect(Set(RefusalTexts.names).count == RefusalTexts.codes.count + RefusalCause.allCases.count)
    }
}
