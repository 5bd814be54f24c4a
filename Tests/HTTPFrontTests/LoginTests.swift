import Cryptography
import DevelopmentIdP
import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

/// An organization at a server, and what its identity provider sends there.
private struct Customer: Sendable {
    let server: TestServer
    let org: String

    init(_ server: TestServer) async throws {
        self.server = server
        org = try await server.organization()
    }

    var acsURL: String { "\(TestServer.base)/saml/acs?org=\(org)" }
    var audience: String { "\(TestServer.base)/saml/login?org=\(org)" }

    func response(
        email: String = "ann@acme.example", inResponseTo: String? = nil, misbehaviour: Misbehaviour? = nil,
        _ change: (inout ResponseBuilder) -> Void = { _ in }
    ) throws -> String {
        let now = Int64(server.ledger.now.nanoseconds / 1_000_000_000)
        let bytes = try TestIdentityProvider.shared.response(
            to: acsURL, audience: audience, at: now, email: email, inResponseTo: inResponseTo,
            misbehaviour: misbehaviour, change)
        return String(decoding: bytes, as: UTF8.self)
    }

    func post(
        _ response: String, relayState: String? = nil, cookies: [String: String] = [:], json: Bool = true,
        more: [(String, String)] = [], path: String? = nil
    ) async throws -> TestServer.Answer {
        var headers = HTTPFields.cookies(cookies)
        if json { headers[.accept] = "application/json" }
        // As browsers say it of a page of the identity provider's.
        headers[.origin] = more.isEmpty ? "https://idp.example" : TestServer.base
        var fields = [("SAMLResponse", response)]
        if let relayState { fields.append(("RelayState", relayState)) }
        return try await server.post(path ?? "/saml/acs?org=\(org)", fields + more, headers: headers)
    }

    /// Starts a login; the request's ID and the cookies.
    func start(relayState: String? = nil) async throws -> (
        request: String, relayState: String?, cookies: [String: String]
    ) {
        let query = relayState.map { "&RelayState=\(PercentCoding.encode($0))" } ?? ""
        let started = try await server.send(.get, "/saml/login?org=\(org)\(query)")
        #expect(started.status == 302, "\(started.text)")
        let location = try #require(started.location)
        let fields = try Fields(urlEncoded: Array(location.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()))
        let sealed = try #require(started.cookies.values.first)
        let sealer = CookieSealer(secret: try Core(ledger: server.ledger).cookieSecret())
        let cookie = try #require(RequestCookie(sealed: sealed, by: sealer, now: server.ledger.now))
        return (cookie.requestID, try fields.one("RelayState"), started.cookies)
    }
}

@Suite struct `A login` {
    @Test func `that the identity provider starts gives a session that says who it is`() async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            let answer = try await customer.post(try customer.response())
            #expect(answer.status == 303, "\(answer.text)")
            let header = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("session=") })
            #expect(header.contains("HttpOnly") && header.contains("SameSite=Lax"))
            let cookies = answer.cookies
            let session = try await server.send(.get, "/session", headers: .cookies(cookies))
            #expect(session.json["email"]?.stringValue == "ann@acme.example", "\(session.text)")
            #expect(session.json["organization"]?.stringValue == customer.org)
            #expect(session.json["accounts"]?.arrayValue?.first?["role"]?.stringValue == "member")
            let auth = try await server.send(.get, "/auth?org=\(customer.org)", headers: .cookies(cookies))
            #expect(auth.status == 202)
            #expect(auth.headers[.requestEmail] == "ann@acme.example")
            #expect(auth.headers[.requestUser] == session.json["user"]?.stringValue)
            let foreign = try await server.send(
                .get, "/auth?org=\(String(repeating: "0", count: 32))", headers: .cookies(cookies))
            #expect(foreign.status == 403)
            #expect(try await server.post("/logout", [], headers: .cookies(cookies)).status == 303)
            #expect(try await server.send(.get, "/session", headers: .cookies(cookies)).status == 401)
        }
    }

    @Test func `that we start goes where the person wanted, and its request is answered once`() async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            let (request, key, cookies) = try await customer.start(relayState: "\(TestServer.base)/reports?year=1")
            let answer = try await customer.post(
                try customer.response(inResponseTo: request), relayState: key, cookies: cookies)
            #expect(answer.status == 303, "\(answer.text)")
            #expect(answer.location == "\(TestServer.base)/reports?year=1")
            #expect(
                answer.headers[values: .setCookie].contains { $0.hasPrefix("request-") && $0.contains("Max-Age=0") })
            let again = try await customer.post(
                try customer.response(inResponseTo: request), relayState: key, cookies: cookies)
            #expect(again.code == "request_unknown", "\(again.text)")
        }
    }

    @Test func `without its cookie is posted once more from our page, then refused`() async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            let (request, key, cookies) = try await customer.start()
            let response = try customer.response(inResponseTo: request)
            let page = try await customer.post(response, relayState: key, json: false)
            #expect(page.status == 200, "\(page.text)")
            #expect(page.field("posted-again") == "1")
            let refused = try await customer.post(response, relayState: key, json: false, more: [("posted-again", "1")])
            #expect(refused.status == 403)
            #expect(refused.text.contains("request_other_browser"))
            let other = try customer.response(inResponseTo: request)
            #expect(try await customer.post(other, relayState: key).code == "request_other_browser")
            let good = try await customer.post(
                try customer.response(inResponseTo: request), relayState: key, cookies: cookies, json: false,
                more: [("posted-again", "1")])
            #expect(good.status == 303, "\(good.text)")
        }
    }

    @Test func `is accepted at the other form of the address too`() async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            let answer = try await customer.post(try customer.response(), path: "/saml/acs/\(customer.org)")
            #expect(answer.status == 303, "\(answer.text)")
        }
    }

    @Test func `that is repeated is a conflict`() async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            let response = try customer.response()
            #expect(try await customer.post(response).status == 303)
            let again = try await customer.post(response)
            #expect(again.status == 409)
            #expect(again.code == "replayed")
            #expect(again.json["reference"]?.integerValue != nil)
        }
    }

    @Test(arguments: [
        (Misbehaviour.expired, "expired"), (.wrongAudience, "audience_mismatch"), (.unsigned, "signature_missing"),
        (.alteredAfterSigning, "reference_mismatch"), (.notAnAddress, "email_missing"),
    ])
    func `that is spoilt is refused by its name`(_ misbehaviour: Misbehaviour, _ code: String) async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            let answer = try await customer.post(try customer.response(misbehaviour: misbehaviour))
            #expect(answer.status == 403, "\(answer.text)")
            #expect(answer.code == code)
            #expect(answer.cookies["session"] == nil)
        }
    }

    @Test func `for someone else asks first who one wants to be`() async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            let first = try await customer.post(try customer.response())
            let marker = first.cookies.filter { $0.key == "marker" }
            #expect(marker.count == 1)
            let response = try customer.response(email: "bob@acme.example")
            let page = try await customer.post(response, cookies: marker, json: false)
            #expect(page.status == 200, "\(page.text)")
            #expect(page.text.contains("bob@acme.example"))
            let token = try #require(page.field("confirmation"))
            let answer = try await customer.post(
                response, cookies: first.cookies, json: false, more: [("posted-again", "1"), ("confirmation", token)])
            #expect(answer.status == 303, "\(answer.text)")
            #expect(try await server.send(.get, "/session", headers: .cookies(first.cookies)).status == 401)
        }
    }

    @Test func `still asks after another site has called the logout address`() async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            let first = try await customer.post(try customer.response())
            let marker = first.cookies.filter { $0.key == "marker" }
            // As a picture on a page of another site does it, where the session's cookie stays away; then as a window, where it comes along.
            var inWindow: HTTPFields = .cookies(first.cookies)
            inWindow[.secFetchSite] = "cross-site"
            for headers in [.cookies(marker), inWindow] as [HTTPFields] {
                let called = try await server.send(.get, "/saml/logout?org=\(customer.org)", headers: headers)
                #expect(called.status == 200)
                #expect(called.text.contains("still signed in"))
                #expect(called.headers[values: .setCookie].isEmpty)
            }
            #expect(try await server.send(.get, "/session", headers: .cookies(first.cookies)).status == 200)
            let page = try await customer.post(try customer.response(email: "bob@acme.example"), cookies: marker, json: false)
            #expect(page.field("confirmation") != nil, "\(page.text)")
        }
    }

    @Test func `ends by the logout address, and what stands for it goes`() async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            let first = try await customer.post(try customer.response())
            let own = try await server.send(.get, "/saml/logout?org=\(customer.org)", headers: .cookies(first.cookies))
            #expect(own.text.contains("signed out"))
            #expect(own.headers[values: .setCookie].filter { $0.contains("Max-Age=0") }.count == 2)
            #expect(try await server.send(.get, "/session", headers: .cookies(first.cookies)).status == 401)
        }
    }

    @Test func `that can't be decrypted may be tried ten times in a minute, and what is not encrypted ever after`() async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            let stranger = TestIdentityProvider.stranger.certificate.publicKey
            var statuses: [Int] = []
            for _ in 0..<25 {
                let answer = try await customer.post(try customer.response { $0.encryption = .init(for: stranger) })
                statuses.append(answer.status)
                if answer.status == 403 { #expect(answer.code == "encryption_unreadable") }
            }
            // A minute may end in between, and then counting starts afresh.
            #expect(statuses.first == 403)
            #expect(statuses.contains(429))
            #expect(statuses.filter { $0 == 403 }.count <= 20)
            #expect(try await customer.post(try customer.response()).status == 303)
        }
    }

    @Test func `to another allowed origin brings a code that is good once`() async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            _ = try await server.api(
                .patch, "/v1/organizations/\(customer.org)/policy", ["relayStateOrigins": ["https://app.example"]])
            let answer = try await customer.post(try customer.response(), relayState: "https://app.example/home")
            let location = try #require(answer.location, "\(answer.text)")
            #expect(location.hasPrefix("https://app.example/home?code="))
            let code = String(location.dropFirst("https://app.example/home?code=".count))
            let exchanged = try await server.api(.post, "/v1/sign-ins", ["code": .string(code)])
            #expect(exchanged.json["email"]?.stringValue == "ann@acme.example", "\(exchanged.text)")
            #expect(try await server.api(.post, "/v1/sign-ins", ["code": .string(code)]).status >= 400)
        }
    }

    @Test func `is shown in the history with its evidence`() async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            _ = try await customer.post(try customer.response())
            _ = try await customer.post(try customer.response(misbehaviour: .expired))
            let logins = try await server.api(.get, "/v1/organizations/\(customer.org)/logins")
            #expect(logins.json["items"]?.arrayValue?.map { $0["outcome"]?.stringValue } == ["accepted", "refused"])
            let sequence = try #require(logins.json["items"]?.arrayValue?.first?["sequence"]?.integerValue)
            let session = try await customer.post(try customer.response(email: "boss@acme.example"))
            let users = try await server.api(.get, "/v1/organizations/\(customer.org)/users?email=boss@acme.example")
            let user = try #require(users.json["items"]?.arrayValue?.first)
            let account = try #require(user["roles"]?.members?.first?.name)
            let page = "/organizations/\(customer.org)/logins/\(sequence)"
            #expect(try await server.send(.get, page, headers: .cookies(session.cookies)).status == 403)
            _ = try await server.api(
                .put, "/v1/organizations/\(customer.org)/users/\(user["id"]?.stringValue ?? "")/roles/\(account)",
                ["role": "administrator"])
            let proved = try await server.send(.get, page, headers: .cookies(session.cookies))
            #expect(proved.status == 200, "\(proved.text)")
            #expect(proved.text.contains("Every check passed"))
        }
    }

    @Test func `as a test shows every step and makes no session`() async throws {
        try await TestServer.run { server in
            let customer = try await Customer(server)
            let made = try await server.api(.post, "/v1/organizations/\(customer.org)/setup-links")
            let path = String(try #require(made.json["setupURL"]?.stringValue).dropFirst(TestServer.base.count))
            let link = try #require(try await server.send(.get, path).field("form"))
            let setup = try await server.post(path, [("form", link)]).cookies
            let test = "/organizations/\(customer.org)/test"
            let form = try #require(try await server.send(.get, test, headers: .cookies(setup)).field("form"))
            let started = try await server.post(test, [("form", form)], headers: .cookies(setup))
            #expect(started.status == 302, "\(started.text)")
            let sealer = CookieSealer(secret: try Core(ledger: server.ledger).cookieSecret())
            let request = try #require(
                started.cookies.values.compactMap { RequestCookie(sealed: $0, by: sealer, now: server.ledger.now) }
                    .first)
            let answer = try await customer.post(
                try customer.response(inResponseTo: request.requestID), relayState: request.relayKey,
                cookies: started.cookies,
                json: false)
            #expect(answer.status == 303 && answer.cookies["session"] == nil, "\(answer.text)")
            let page = String(try #require(answer.location).dropFirst(TestServer.base.count))
            #expect(try await server.send(.get, page, headers: .cookies(setup)).text.contains("Every check"))
            let users = try await server.api(.get, "/v1/organizations/\(customer.org)/users")
            #expect(users.json["items"]?.arrayValue?.isEmpty == true)
        }
    }
}

@Suite struct `The transparency log` {
    @Test func `gives a signed checkpoint, its key and its tiles`() async throws {
        try await TestServer.run { server in
            _ = try await server.organization()
            let checkpoint = try await server.send(.get, "/log/checkpoint")
            #expect(checkpoint.status == 200, "\(checkpoint.text)")
            #expect(checkpoint.text.hasPrefix("127.0.0.1:8080\n"))
            #expect(try await server.send(.get, "/log/key").text.hasPrefix("127.0.0.1:8080+"))
            let tile = try await server.send(.get, "/log/tile/0/000.p/2")
            #expect(tile.body.count == 64)
            #expect(try await server.send(.get, "/log/tile/0/000").status == 404)
            #expect(try await server.send(.get, "/log/tile/entries/000.p/2").status == 401, "entries are for auditors")
            #expect(try await server.api(.get, "/log/tile/entries/000.p/2").status == 200)
            #expect(try await server.api(.get, "/log/tile/entries/000").status == 404)
        }
    }
}
