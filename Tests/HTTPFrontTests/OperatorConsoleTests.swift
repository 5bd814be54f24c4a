import Events
import HTTPTypes
import Identity
import IdentityLedger
import Synchronization
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The operator's console` {
    private static let accept: HTTPFields = [.accept: "text/html"]

    /// The cookies of an operator who signed in with a token.
    static func signIn(_ server: TestServer, token: String? = nil) async throws -> [String: String] {
        let page = try await server.send(.get, "/operator/sign-in")
        var headers = HTTPFields.cookies(page.cookies)
        headers[.origin] = TestServer.base
        let form = try #require(page.field("form"))
        let answer = try await server.post("/operator/sign-in", [("form", form), ("token", token ?? server.token)], headers: headers)
        #expect(answer.status == 303, "\(answer.text)")
        #expect(answer.location == "\(TestServer.base)/operator")
        return answer.cookies
    }

    private static func form(_ server: TestServer, _ cookies: [String: String], _ path: String = "/operator") async throws -> String {
        try #require(try await server.send(.get, path, headers: .cookies(cookies)).field("form"))
    }

    @Test func `opens with an operator's token, which is in no page, address or cookie`() async throws {
        try await TestServer.run { server in
            #expect(try await server.send(.get, "/operator").location == "\(TestServer.base)/operator/sign-in")
            #expect(try await server.send(.get, "/operator", headers: [.accept: "application/json"]).status == 401)
            let cookies = try await Self.signIn(server)
            let session = try #require(cookies["operator"])
            #expect(session != server.token)
            let page = try await server.send(.get, "/operator", headers: .cookies(cookies))
            #expect(page.status == 200)
            #expect(!page.text.contains(server.token))
            #expect(page.text.contains("Create an organization"))
        }
    }

    @Test func `has a cookie that no other site makes a browser send`() async throws {
        try await TestServer.run { server in
            let page = try await server.send(.get, "/operator/sign-in")
            let form = try #require(page.field("form"))
            let answer = try await server.post(
                "/operator/sign-in", [("form", form), ("token", server.token)], headers: .cookies(page.cookies))
            let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("operator=") })
            #expect(cookie.contains("HttpOnly"))
            #expect(cookie.contains("SameSite=Strict"))
            #expect(cookie.contains("Max-Age=14400"))
        }
    }

    @Test func `refuses other tokens, and guessing`() async throws {
        // Guesses are counted by the minute: none ends in between.
        try await TestServer.run(clock: { Instant(seconds: 1_795_000_000) }) { server in
            let org = try #require(Identifier(try await server.organization(configured: false)))
            let auditor = try await server.ledger.issueToken(role: "auditor", by: .commandLine()).token
            let limited = try await server.ledger.issueToken(role: "operator", organization: org, by: .commandLine()).token
            let page = try await server.send(.get, "/operator/sign-in")
            let form = try #require(page.field("form"))
            let headers = HTTPFields.cookies(page.cookies)
            func attempt(_ token: String, _ form: String) async throws -> TestServer.Answer {
                try await server.post("/operator/sign-in", [("form", form), ("token", token)], headers: headers)
            }
            for token in [auditor, limited] {
                let answer = try await attempt(token, form)
                #expect(answer.status == 403)
                #expect(answer.cookies["operator"] == nil)
                #expect(!answer.text.contains(token))
            }
            #expect(try await attempt(server.token, "wrong").status == 403)
            #expect(try await server.post("/operator/sign-in", [("form", form), ("token", server.token)]).status == 403)
            var foreign = headers
            foreign[.origin] = "https://evil.example"
            #expect(try await server.post("/operator/sign-in", [("form", form), ("token", server.token)], headers: foreign).status == 403)
            // C50: five guesses a minute.
            var statuses: [Int] = []
            for number in 0..<6 { statuses.append(try await attempt("iltok_guess\(number)", form).status) }
            #expect(statuses.last == 429)
            #expect(try await attempt(server.token, form).status == 429)
        }
    }

    @Test func `closes with the token, and when the operator signs out`() async throws {
        try await TestServer.run { server in
            let issued = try await server.ledger.issueToken(role: "operator", by: .commandLine())
            let cookies = try await Self.signIn(server, token: issued.token)
            let others = try await Self.signIn(server)
            #expect(try await server.send(.get, "/operator/people", headers: .cookies(cookies)).status == 200)
            try await server.ledger.revokeToken(issued.id, by: .commandLine())
            #expect(try await server.send(.get, "/operator/people", headers: .cookies(cookies)).status == 401)

            #expect(try await server.send(.get, "/operator/people", headers: .cookies(others)).status == 200)
            let out = try await server.post("/logout", [], headers: .cookies(others))
            #expect(out.status == 303)
            #expect(try await server.send(.get, "/operator/people", headers: .cookies(others)).status == 401)
        }
    }

    @Test func `creates an organization, and shows its setup link once`() async throws {
        try await TestServer.run { server in
            let cookies = try await Self.signIn(server)
            let form = try await Self.form(server, cookies)
            #expect(try await server.post("/operator/organizations", [("name", "No form")], headers: .cookies(cookies)).status == 403)
            let made = try await server.post(
                "/operator/organizations", [("form", form), ("name", "Bluebird <Ltd>")], headers: .cookies(cookies))
            #expect(made.status == 303, "\(made.text)")
            let path = String(try #require(made.location).dropFirst(TestServer.base.count))
            #expect(!path.contains("ilsetup_"))
            let first = try await server.send(.get, path, headers: .cookies(cookies))
            let events = try #require(path.firstMatch(of: /organizations\/([0-9a-f]{32})\?done=([0-9]+)-([0-9]+)$/))
            let history = "\(TestServer.base)/organizations/\(events.1)/history/\(events.2)"
            #expect(first.text.contains("<a href=\"\(history)\">Events \(events.2) to \(events.3)</a>"), "\(first.text)")
            let appended = try await server.send(.get, String(history.dropFirst(TestServer.base.count)), headers: .cookies(cookies))
            #expect(appended.status == 200 && appended.text.contains("OrganizationCreated"))
            let link = try #require(first.text.firstMatch(of: /http:\/\/127.0.0.1:8080(\/setup\/ilsetup_[A-Za-z0-9_-]+)/))
            #expect(first.text.contains("Bluebird &lt;Ltd&gt;"))
            #expect(!(try await server.send(.get, path, headers: .cookies(cookies)).text.contains("ilsetup_")))
            #expect(try await server.send(.get, String(link.1)).status == 200)

            let empty = try await server.post("/operator/organizations", [("form", form), ("name", "")], headers: .cookies(cookies))
            #expect(empty.status == 422)
            #expect(empty.text.contains("Create an organization"))
        }
    }

    @Test func `makes and revokes setup links`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(configured: false)
            let cookies = try await Self.signIn(server)
            let path = "/operator/organizations/\(org)"
            let form = try await Self.form(server, cookies, path)
            /// The page that follows a change, which names its event.
            func change(_ action: String) async throws -> String {
                let answer = try await server.post(action, [("form", form)], headers: .cookies(cookies))
                #expect(answer.status == 303, "\(answer.text)")
                let location = String(try #require(answer.location).dropFirst(TestServer.base.count))
                return try await server.send(.get, location, headers: .cookies(cookies)).text
            }
            let issued = try await change("\(path)/setup-links")
            #expect(issued.contains("/organizations/\(org)/history/\(try server.ledger.eventCount())\">Event "), "\(issued)")
            let page = try await server.send(.get, path, headers: .cookies(cookies)).text
            #expect(page.matches(of: /\/setup-links\/[0-9a-f]{32}\/revoke/).count == 2)
            let revoke = try #require(page.firstMatch(of: /\/operator\/organizations\/[0-9a-f]{32}\/setup-links\/[0-9a-f]{32}\/revoke/))
            let after = try await change(String(revoke.0))
            #expect(after.contains("/history/\(try server.ledger.eventCount())\">Event "), "\(after)")
            #expect(try await change(String(revoke.0)).contains("Nothing had to be changed"))
            #expect(after.matches(of: /\/setup-links\/[0-9a-f]{32}\/revoke/).count == 1)
        }
    }

    @Test func `finds what needs attention, by name, and in pages`() async throws {
        try await TestServer.run { server in
            let good = try await server.organization("Aardvark")
            _ = try await server.organization("Zebra", configured: false)
            let failing = try await server.organization("Marmot")
            #expect(try await server.signIn(good, "ada@example.com").status == 303)
            let stranger = TestIdentityProvider(signer: TestIdentityProvider.stranger)
            #expect(try await server.signIn(failing, "ada@example.com", by: stranger).code == "certificate_untrusted")
            let cookies = try await Self.signIn(server)
            func list(_ query: String) async throws -> String {
                try await server.send(.get, "/operator\(query)", headers: .cookies(cookies)).text
            }
            let all = try await list("")
            let names = all.matches(of: /operator\/organizations\/[0-9a-f]{32}">([A-Za-z]+)</).map { String($0.1) }
            #expect(names == ["Aardvark", "Marmot", "Zebra"])
            #expect(all.contains("1 accepted, 0 refused"))
            #expect(all.contains("refused: certificate_untrusted") || all.contains("refused: "))
            let attention = try await list("?show=attention")
            #expect(!attention.contains(">Aardvark<"))
            #expect(attention.contains(">Marmot<"))
            #expect(attention.contains("Logins fail"))
            #expect(attention.contains("Not set up"))
            #expect(try await list("?q=EBR").contains(">Zebra<"))
            #expect(!(try await list("?q=ebr").contains(">Marmot<")))
            #expect(try await list("?q=\(good.prefix(8))").contains(">Aardvark<"))
            let first = try server.ledger.overview(OverviewRequest(limit: 2), by: .commandLine())
            #expect(first.items.map(\.name) == ["Aardvark", "Marmot"])
            let second = try server.ledger.overview(OverviewRequest(cursor: first.next, limit: 2), by: .commandLine())
            #expect(second.items.map(\.name) == ["Zebra"])
            #expect(second.next == nil)
            #expect(try await server.send(.get, "/operator?cursor=x", headers: .cookies(cookies)).status == 400)
        }
    }

    @Test func `finds where a person belongs`() async throws {
        try await TestServer.run { server in
            let one = try await server.organization("One")
            let other = try await server.organization("Other")
            _ = try await server.api(.post, "/v1/organizations/\(one)/users", ["email": "Ada@example.com"])
            #expect(try await server.signIn(other, "ada@example.com").status == 303)
            let cookies = try await Self.signIn(server)
            let form = try await Self.form(server, cookies, "/operator/people")
            func find(_ email: String) async throws -> TestServer.Answer {
                try await server.post("/operator/people", [("form", form), ("email", email)], headers: .cookies(cookies))
            }
            let found = try await find("ADA@example.com").text
            #expect(found.contains(">One<"))
            #expect(found.contains("With a password"))
            #expect(found.contains(">Other<"))
            #expect(found.contains("Through the identity provider"))
            #expect(try await find("nobody@example.org").text.contains("No organization knows this address."))
            #expect(try await find("nonsense").status == 422)
            #expect(try await server.post("/operator/people", [("email", "ada@example.com")], headers: .cookies(cookies)).status == 403)
        }
    }

    @Test func `leads to every page of an organization, where what the operator does is the token's`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let issued = try await server.ledger.issueToken(role: "operator", by: .commandLine())
            let cookies = try await Self.signIn(server, token: issued.token)
            for page in ["settings", "test", "users", "conversion", "logins", "history", "report"] {
                let answer = try await server.send(.get, "/organizations/\(org)/\(page)", headers: .cookies(cookies))
                #expect(answer.status == 200, "\(page)")
                #expect(answer.text.contains("Operator&#39;s console") || answer.text.contains("Operator's console"), "\(page)")
            }
            let path = "/organizations/\(org)/settings"
            let form = try await Self.form(server, cookies, path)
            _ = try await server.post("/operator/organizations/\(org)/setup-links", [("form", form)], headers: .cookies(cookies))
            let events = try await server.api(.get, "/v1/organizations/\(org)/events?type=SetupLinkIssued")
            let actor = events.json["items"]?.arrayValue?.last?["actor"]
            #expect(actor?["kind"] == "token")
            #expect(actor?["id"]?.stringValue == issued.id.description)
        }
    }
}

@Suite struct `The operator's organization` {
    /// The owner's cookies, in an organization whose owners are operators.
    private static func run(
        clock: (@Sendable () -> Instant)? = nil,
        _ body: @escaping @Sendable (TestServer, _ home: String, _ cookies: [String: String]) async throws -> Void
    ) async throws {
        var home: Identifier?
        try await TestServer.run(
            operatorOrganization: { home }, clock: clock,
            before: { ledger in home = try await ledger.createOrganization(name: "Vendor", by: .commandLine()).id }
        ) { server in
            let first = try await server.api(.get, "/v1/organizations").json["items"]?.arrayValue?.first
            let id = try #require(first?["id"]?.stringValue.flatMap { Identifier($0) })
            _ = try await server.ledger.configureIdentityProvider(
                id, metadata: TestIdentityProvider.shared.metadata, by: .commandLine())
            let answer = try await server.signIn(id.description, "ada@example.com")
            #expect(answer.status == 303, "\(answer.text)")
            try await body(server, id.description, answer.cookies)
        }
    }

    private static func setRole(_ server: TestServer, _ home: String, _ role: String) async throws {
        let users = try await server.api(.get, "/v1/organizations/\(home)/users")
        let user = try #require(users.json["items"]?.arrayValue?.first)
        let accounts = try await server.api(.get, "/v1/organizations/\(home)/accounts")
        for account in accounts.json["items"]?.arrayValue ?? [] {
            let path = "/v1/organizations/\(home)/users/\(user["id"]?.stringValue ?? "")/roles/\(account["id"]?.stringValue ?? "")"
            #expect(try await server.api(.put, path, ["role": .string(role)]).status == 200)
        }
    }

    @Test func `lets its owners in, and nobody else`() async throws {
        try await Self.run { server, home, cookies in
            for role in ["member", "administrator"] {
                try await Self.setRole(server, home, role)
                #expect(try await server.send(.get, "/operator/people", headers: .cookies(cookies)).status == 401, "\(role)")
            }
            try await Self.setRole(server, home, "owner")
            #expect(try await server.send(.get, "/operator/people", headers: .cookies(cookies)).status == 200)
            // Of every account: a new one has no owner yet.
            let more = try await server.api(.post, "/v1/organizations/\(home)/accounts", ["name": "More"])
            #expect(more.status == 201)
            #expect(try await server.send(.get, "/operator/people", headers: .cookies(cookies)).status == 401)
            // An owner elsewhere is nothing here.
            let other = try await server.organization("Other")
            let stranger = try await server.signIn(other, "eve@example.com")
            try await Self.setRole(server, other, "owner")
            #expect(try await server.send(.get, "/operator/people", headers: .cookies(stranger.cookies)).status == 401)
        }
    }

    @Test func `has its owner recorded as who did it`() async throws {
        try await Self.run { server, home, cookies in
            try await Self.setRole(server, home, "owner")
            let other = try await server.organization("Other")
            let page = try await server.send(.get, "/operator/organizations/\(other)", headers: .cookies(cookies))
            let form = try #require(page.field("form"))
            let made = try await server.post("/operator/organizations/\(other)/setup-links", [("form", form)], headers: .cookies(cookies))
            #expect(made.status == 303, "\(made.text)")
            let events = try await server.api(.get, "/v1/organizations/\(other)/events?type=SetupLinkIssued")
            #expect(events.json["items"]?.arrayValue?.last?["actor"]?["kind"] == "user")
        }
    }

    @Test func `is changed by nobody but an operator`() async throws {
        try await Self.run { server, home, cookies in
            let id = try #require(Identifier(home))
            try await Self.setRole(server, home, "administrator")
            let pages = "/organizations/\(home)"
            let limited = try await server.ledger.issueToken(role: "operator", organization: id, by: .commandLine()).token
            let api = "/v1/organizations/\(home)"
            let metadata = HTTPFields([
                .init(name: .authorization, value: "Bearer \(limited)"), .init(name: .contentType, value: "application/samlmetadata+xml"),
            ])
            let stranger = TestIdentityProvider(signer: TestIdentityProvider.stranger).metadata
            let configured = try await server.send(.put, "\(api)/identity-provider", headers: metadata, body: stranger)
            #expect(configured.status == 403 && configured.text.contains("operator's own organization"), "\(configured.text)")
            let owner: JSON = ["email": "eve@evil.example", "roles": [["account": "x", "role": "owner"]]]
            #expect(try await server.api(.post, "\(api)/users", owner, token: limited).status == 403)
            #expect(try await server.api(.patch, "\(api)/policy", ["provisionUsers": false], token: limited).status == 403)
            #expect(try await server.api(.post, "\(api)/conversions", ["all": true], token: limited).status == 403)
            #expect(try await server.api(.get, api, token: limited).status == 403)

            let setup = try await server.administrator(home)
            for visitor in [setup, cookies] {
                for page in ["settings", "policy", "test", "conversion"] {
                    let answer = try await server.post("\(pages)/\(page)", [], headers: .cookies(visitor))
                    #expect([403, 405].contains(answer.status), "\(page): \(answer.status)")
                    let shown = try await server.send(.get, "\(pages)/\(page)", headers: .cookies(visitor))
                    #expect(shown.status == 403 || (page == "conversion" && visitor == cookies), "\(page): \(shown.status)")
                }
            }
            for page in ["users", "logins", "history", "certificates", "report"] {
                let shown = try await server.send(.get, "\(pages)/\(page)", headers: .cookies(cookies))
                #expect(shown.status == 200, "\(page)")
                // Its links lead to the pages that whoever sees this one may open.
                let links = shown.text.matches(of: /<li><a href="[^"]+\/([a-z]+)"[^>]*>[A-Z][a-z]+<\/a><\/li>/).map { String($0.1) }
                #expect(links == ["users", "logins", "history", "certificates", "report"], "\(page)")
                #expect(try await server.send(.get, "\(pages)/\(page)", headers: .cookies(setup)).status == 403, "\(page)")
            }
            // By the shell itself, whichever page or route asks.
            let session = try #require(cookies["session"])
            let user = try #require(try server.ledger.authenticate(session: session))
            let someone = try #require(try await server.api(.get, "\(api)/users").json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let account = try #require(try await server.api(.get, "\(api)/accounts").json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let (person, place) = (try #require(Identifier(someone)), try #require(Identifier(account)))
            for role in [Role.member, .owner] {
                let error = await #expect(throws: ServiceError.self) {
                    _ = try await server.ledger.setRole(id, person, account: place, role: role, by: user)
                }
                #expect(error?.code == "forbidden")
            }
            let error = await #expect(throws: ServiceError.self) { _ = try await server.ledger.setActive(id, person, false, by: user) }
            #expect(error?.code == "forbidden")

            // Other organizations are as ever, and so is this one for its operators.
            let other = try await server.organization("Other")
            let administrator = try await server.administrator(other)
            #expect(try await server.send(.get, "/organizations/\(other)/settings", headers: .cookies(administrator)).status == 200)
            try await Self.setRole(server, home, "owner")
            for visitor in [cookies, cookies.merging(setup) { $1 }] {
                #expect(try await server.send(.get, "\(pages)/settings", headers: .cookies(visitor)).status == 200)
            }
        }
    }

    @Test func `asks its owner to sign in again after four hours`() async throws {
        let hours = Mutex(0)
        let start = Instant(seconds: 1_795_000_000)
        try await Self.run(clock: { start.adding(seconds: Int64(hours.withLock { $0 }) * 3600) }) { server, home, cookies in
            try await Self.setRole(server, home, "owner")
            hours.withLock { $0 = 3 }
            #expect(try await server.send(.get, "/operator/people", headers: .cookies(cookies)).status == 200)
            hours.withLock { $0 = 4 }
            let late = try await server.send(.get, "/operator/people", headers: .cookies(cookies))
            #expect(late.status == 401)
            let program = try await server.send(
                .get, "/operator", headers: [.accept: "application/json", .cookie: "session=\(cookies["session"] ?? "")"])
            #expect(program.status == 401 && program.text.contains("more than four hours ago"), "\(program.text)")
            let door = try await server.send(.get, "/operator/sign-in", headers: .cookies(cookies))
            #expect(door.text.contains("more than four hours ago") && door.text.contains("Sign in again"), "\(door.text)")
            // Still signed in, as whoever sees this organization and changes nothing.
            #expect(try await server.send(.get, "/organizations/\(home)/users", headers: .cookies(cookies)).status == 200)
            #expect(try await server.send(.get, "/organizations/\(home)/settings", headers: .cookies(cookies)).status == 403)
            let again = try await server.signIn(home, "ada@example.com")
            #expect(try await server.send(.get, "/operator/people", headers: .cookies(again.cookies)).status == 200)
        }
    }

    @Test func `is nobody's unless the server is told`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let answer = try await server.signIn(org, "ada@example.com")
            try await Self.setRole(server, org, "owner")
            #expect(try await server.send(.get, "/operator/people", headers: .cookies(answer.cookies)).status == 401)
        }
    }
}
