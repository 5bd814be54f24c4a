import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The home page` {
    /// Signed in, with the role in the organization's one account.
    static func signedIn(_ server: TestServer, _ org: String, _ email: String, as role: String? = nil) async throws -> [String: String] {
        let cookies = try await server.signIn(org, email).cookies
        guard let role else { return cookies }
        let (user, account) = try await `The home page`.ids(server, org, email)
        let path = "/v1/organizations/\(org)/users/\(user)/roles/\(account)"
        #expect(try await server.api(.put, path, ["role": .string(role)]).status == 200)
        return cookies
    }

    /// The user's, and the organization's one account's.
    static func ids(_ server: TestServer, _ org: String, _ email: String) async throws -> (user: String, account: String) {
        let users = try await server.api(.get, "/v1/organizations/\(org)/users?email=\(email)")
        let accounts = try await server.api(.get, "/v1/organizations/\(org)/accounts")
        return (
            try #require(users.json["items"]?.arrayValue?.first?["id"]?.stringValue),
            try #require(accounts.json["items"]?.arrayValue?.first?["id"]?.stringValue)
        )
    }

    @Test func `leads an administrator to every page that is theirs, and a member to none`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization("Acme")
            let pages = "\(TestServer.base)/organizations/\(org)/"
            let administrator = try await Self.signedIn(server, org, "ann@acme.example", as: "administrator")
            let page = try await server.send(.get, "/", headers: .cookies(administrator))
            for name in ["settings", "policy", "test", "users", "conversion", "logins", "history", "certificates", "report"] {
                #expect(page.text.contains("href=\"\(pages)\(name)\""), "\(name)")
                let found = try await server.send(.get, "/organizations/\(org)/\(name)", headers: .cookies(administrator))
                #expect(found.status == 200, "\(name)")
            }
            #expect(page.text.contains("<strong>ann@acme.example</strong>") && page.text.contains("href=\"/login\""))
            let member = try await server.send(.get, "/", headers: .cookies(try await Self.signedIn(server, org, "bob@acme.example")))
            #expect(member.text.contains("<strong>bob@acme.example</strong>") && !member.text.contains(pages))
            let anyone = try await server.send(.get, "/")
            #expect(!anyone.text.contains(pages) && !anyone.text.contains("Acme"))
        }
    }

    @Test func `leads back to the settings that a setup link opened, and signing out leaves them open`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization("Acme")
            let settings = "/organizations/\(org)/settings"
            let setup = try await server.administrator(org)
            #expect(try await server.send(.get, "/", headers: .cookies(setup)).text.contains("\(TestServer.base)\(settings)\""))
            let login = try await server.signIn(org, "ann@acme.example").cookies
            let both = setup.merging(login) { $1 }
            let page = try await server.send(.get, "/", headers: .cookies(both))
            #expect(page.text.contains("ann@acme.example") && page.text.contains("\(TestServer.base)\(settings)\""))

            let out = try await server.post("/logout", [], headers: .cookies(both))
            #expect(out.status == 303 && !out.headers[values: .setCookie].contains { $0.hasPrefix("setup") })
            #expect(try await server.send(.get, "/session", headers: .cookies(both)).status == 401)
            #expect(try await server.send(.get, settings, headers: .cookies(setup)).status == 200)
        }
    }

    @Test func `signs out of setting up where nobody is signed in`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization("Acme")
            let setup = try await server.administrator(org)
            let out = try await server.post("/logout", [], headers: .cookies(setup))
            #expect(
                out.status == 303 && out.headers[values: .setCookie].contains { $0.hasPrefix("setup-\(org)=") && $0.contains("Max-Age=0") })
            #expect(try await server.send(.get, "/organizations/\(org)/settings", headers: .cookies(setup)).status == 401)
        }
    }

    @Test func `forgets setup sessions that have ended when another one begins`() async throws {
        try await TestServer.run { server in
            let (first, second) = (try await server.organization("First"), try await server.organization("Second"))
            let ended = try await server.administrator(first)
            _ = try await server.post("/logout", [("setup", first)], headers: .cookies(ended))
            let link = try await server.ledger.issueSetupLink(try #require(Identifier(second)), by: .commandLine())
            let path = "/setup/\(link.token)"
            let page = try await server.send(.get, path).text
            let form = try #require(page.firstMatch(of: /name="form" value="([^"]+)"/)?.1)
            let used = try await server.post(path, [("form", String(form))], headers: .cookies(ended))
            let cookies = used.headers[values: .setCookie]
            #expect(used.status == 303 && cookies.contains { $0.hasPrefix("setup-\(first)=") && $0.contains("Max-Age=0") })
            #expect(cookies.contains { $0.hasPrefix("setup-\(second)=") && !$0.contains("Max-Age=0;") })
        }
    }

    @Test func `ends a setup session by its own button, and the login stays`() async throws {
        try await TestServer.run { server in
            let (org, other) = (try await server.organization("Acme"), try await server.organization("Bluebird"))
            let login = try await server.signIn(org, "ann@acme.example").cookies
            let all = try await server.administrator(org).merging(try await server.administrator(other)) { $1 }.merging(login) { $1 }
            let settings = try await server.send(.get, "/organizations/\(org)/settings", headers: .cookies(all))
            #expect(settings.text.contains("name=\"setup\" value=\"\(org)\"") && !settings.text.contains(">Sign out<"))
            #expect(try await server.post("/logout", [("setup", "x")], headers: .cookies(all)).status == 400)
            let ended = try await server.post("/logout", [("setup", org)], headers: .cookies(all))
            let removed = ended.headers[values: .setCookie]
            #expect(removed.count == 1 && removed[0].hasPrefix("setup-\(org)=") && removed[0].contains("Max-Age=0"))
            #expect(try await server.send(.get, "/organizations/\(other)/settings", headers: .cookies(all)).status == 200)
            #expect(try await server.send(.get, "/session", headers: .cookies(all)).status == 200)
            #expect(try await server.send(.get, "/organizations/\(org)/settings", headers: .cookies(all)).status != 200)
            let home = try await server.send(.get, "/", headers: .cookies(all))
            #expect(home.text.contains("Bluebird") && !home.text.contains("value=\"\(org)\""))
        }
    }

    @Test func `leads an operator to the console`() async throws {
        try await TestServer.run { server in
            let cookies = try await `The operator's console`.signIn(server)
            let page = try await server.send(.get, "/", headers: .cookies(cookies))
            #expect(page.text.contains("href=\"/operator\"") && page.text.contains("Sign out"))
        }
    }
}
