import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The sign-in page` {
    private static let name = "Acme Limited"

    @Test func `offers one click to where this browser last signed in, and says where that leads`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(Self.name)
            let login = try await server.signInFromHere(org, "ann@acme.example")
            #expect(login.status == 303, "\(login.text)")
            let header = try #require(login.headers[values: .setCookie].first { $0.hasPrefix("organization=") })
            for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"] { #expect(header.contains(part)) }
            #expect(!header.contains(org), "the ID is sealed")
            let kept = try #require(login.cookies["organization"])
            for path in ["/", "/login"] {
                let page = try await server.send(.get, path, headers: .cookies(["organization": kept]))
                #expect(page.text.contains("href=\"/saml/login?org=\(org)\">Continue to \(Self.name)</a>"), "\(page.text)")
                #expect(page.text.contains("at idp.example"))
            }
        }
    }

    @Test func `lets the browser forget it, by a form of its own alone`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(Self.name)
            let kept = try await server.signInFromHere(org, "ann@acme.example").cookies.filter { $0.key == "organization" }
            let page = try await server.send(.get, "/login", headers: .cookies(kept))
            let form = try #require(page.field("form"))
            #expect(try await server.post("/login/forget", [], headers: .cookies(kept)).status == 403)
            #expect(try await server.post("/login/forget", [("form", form)]).status == 403, "the token is tied to the cookie")
            var foreign = HTTPFields.cookies(kept)
            foreign[.origin] = "https://evil.example"
            #expect(try await server.post("/login/forget", [("form", form)], headers: foreign).status == 403)
            let gone = try await server.post("/login/forget", [("form", form)], headers: .cookies(kept))
            #expect(gone.status == 303)
            #expect(gone.headers[values: .setCookie].contains { $0.hasPrefix("organization=;") && $0.contains("Max-Age=0") })
            let after = try await server.send(.get, "/login?forgotten=1")
            #expect(after.text.contains("has forgotten the organization"))
            #expect(!after.text.contains("/login/forget\""))
        }
    }

    @Test func `tells an organization's name to nobody who only knows its ID or a domain that it names`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(Self.name)
            let policy = try await server.api(.patch, "/v1/organizations/\(org)/policy", ["allowedEmailDomains": ["acme.example"]])
            #expect(policy.status == 200, "\(policy.text)")
            for who in [org, "ann@acme.example"] {
                let shown = try await server.post("/login", [("who", who), ("do", "show")])
                #expect(shown.status == 200)
                #expect(shown.text.contains("Continue to idp.example"), "\(shown.text)")
                #expect(!shown.text.contains(Self.name))
                let chosen = try await server.post("/login", [("who", who)])
                #expect(chosen.location == "\(TestServer.base)/saml/login?org=\(org)")
                guard who == org else {
                    #expect(chosen.cookies["organization"] == nil, "a domain that nobody has proved is not remembered")
                    continue
                }
                let again = try await server.send(.get, "/login", headers: .cookies(chosen.cookies))
                #expect(again.text.contains("Continue to idp.example"))
                #expect(!again.text.contains(Self.name), "nor later to the same browser")
            }
            let link = try await server.send(.get, "/login?org=\(org)")
            #expect(link.text.contains("idp.example") && !link.text.contains(Self.name))
            // What was sealed for another purpose, or by nobody, is no memory.
            for forged in [org, Base64URL.encode(Array(org.utf8)), "x"] {
                let page = try await server.send(.get, "/login", headers: .cookies(["organization": forged]))
                #expect(page.status == 200)
                #expect(!page.text.contains("idp.example"))
            }
        }
    }

    @Test func `warns where only the organization itself says that the domain is its own`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(Self.name)
            _ = try await server.api(.patch, "/v1/organizations/\(org)/policy", ["allowedEmailDomains": ["acme.example"]])
            let shown = try await server.post("/login", [("who", "ann@acme.example"), ("do", "show")])
            #expect(shown.text.contains("Nobody has proved"))
        }
    }

    @Test func `says the name where a proved domain leads`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(Self.name)
            let id = try #require(Identifier(org))
            let record = try server.ledger.domain("acme.example", id, by: .commandLine()).recordValue
            _ = try await server.ledger.verifyDomain("acme.example", id, records: [record], by: .commandLine())
            let shown = try await server.post("/login", [("who", "ann@acme.example"), ("do", "show")])
            #expect(shown.text.contains("Continue to \(Self.name)"), "\(shown.text)")
            let chosen = try await server.post("/login", [("who", "ann@acme.example")])
            let again = try await server.send(.get, "/login", headers: .cookies(chosen.cookies))
            #expect(again.text.contains("Continue to \(Self.name)"))
        }
    }

    @Test func `remembers nothing that another site's form chose`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let chosen = try await server.post("/login", [("who", org)], headers: [.origin: "https://evil.example"])
            #expect(chosen.status == 303)
            #expect(chosen.cookies["organization"] == nil)
        }
    }

    @Test func `remembers nothing of a login that this browser did not begin`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(Self.name)
            let login = try await server.signIn(org, "ann@acme.example")
            #expect(login.status == 303 && login.cookies["session"] != nil, "\(login.text)")
            #expect(login.cookies["organization"] == nil)
        }
    }

    @Test func `answers as ever where the organization that is remembered is gone or not set up`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(configured: false)
            let chosen = try await server.post("/login", [("who", org)])
            let page = try await server.send(.get, "/login", headers: .cookies(chosen.cookies))
            #expect(page.status == 200)
            #expect(!page.text.contains("Continue to"))
            #expect(try await server.send(.get, "/", headers: .cookies(chosen.cookies)).text.contains("href=\"/login\""))
        }
    }

    @Test func `counts look-ups that find nothing, whichever way they are asked`() async throws {
        try await TestServer.run { server in
            var statuses: [Int] = []
            for number in 0..<45 {
                let id = String(repeating: "0", count: 30) + (number < 10 ? "0" : "") + String(number)
                let answer =
                    number % 2 == 0 ? try await server.send(.get, "/login?org=\(id)") : try await server.post("/login", [("who", id)])
                statuses.append(answer.status)
            }
            // A minute may end in between, and then counting starts afresh.
            #expect(statuses.contains(429))
            #expect(try await server.send(.get, "/login").status == 200, "the page itself is always there")
        }
    }

    @Test func `keeps the memory to this host and to TLS under https`() throws {
        let names = CookieNames(secure: true)
        #expect(names.organization == "__Host-organization")
        let sealer = CookieSealer(secret: [1, 2, 3])
        let organization = try #require(Identifier(bytes: [UInt8](repeating: 7, count: 16)))
        for isNamed in [true, false] {
            let memory = RememberedOrganization(organization: organization, isNamed: isNamed)
            let sealed = try #require(memory.sealed(by: sealer))
            #expect(RememberedOrganization(sealed: sealed, by: sealer) == memory)
            #expect(RememberedOrganization(sealed: sealed, by: CookieSealer(secret: [4])) == nil)
        }
    }
}
