import Cryptography
import DevelopmentIdP
import Events
import HTTPTypes
import Identity
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The story of a login` {
    @Test func `is a page that says what arrived, each check, what it rested on and changed, and that it is in the log`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            #expect(try await server.signIn(org, "ann@acme.example").status == 303)
            let logins = try await server.api(.get, "/v1/organizations/\(org)/logins")
            let sequence = try #require(logins.json["items"]?.arrayValue?.first?["sequence"]?.integerValue)
            let user = try #require(logins.json["items"]?.arrayValue?.first?["user"]?.stringValue)
            let cookies = try await server.administrator(org)
            let path = "/organizations/\(org)/logins"
            let list = try await server.send(.get, path, headers: .cookies(cookies))
            #expect(list.text.contains("href=\"\(path)/\(sequence)\""))
            let page = try await server.send(.get, "\(path)/\(sequence)", headers: .cookies(cookies))
            #expect(page.status == 200, "\(page.text)")
            let signer = TestIdentityProvider.shared.signer.certificate
            for text in [
                "Every check passed", "/users/\(user)\">ann@acme.example</a></dd>", "the identity provider began it",
                "SHA-256 \(signer.sha256.hexadecimal)",
                "\(TestServer.base)/organizations/\(org)/history?at=", "The defaults: no policy",
                "SessionStarted: <span lang=\"en\">A session began",
                "UserProvisioned: <span lang=\"en\">Made by a first login: member in “Example”.", "\(TestServer.base)/log/checkpoint",
            ] { #expect(page.text.contains(text), "\(text)") }
            let event = try #require(try server.ledger.event(UInt64(sequence), by: .commandLine()))
            let leaf = try #require(event["leafHash"]?.stringValue)
            #expect(page.text.contains(leaf))
            #expect(!page.text.contains("style=") && page.body.count < 50 << 10)
            let proved = try await server.api(.get, "/v1/organizations/\(org)/logins/\(sequence)")
            #expect(proved.json["judgment"]?["outcome"] == "accepted")
            #expect(proved.json["caused"]?.arrayValue?.count == 2)
            let root = try #require(proved.json["proof"]?["root"]?.stringValue)
            #expect(page.text.contains(root))
        }
    }

    @Test func `tells of a refusal what failed and what helps, and stays short whatever came`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let addresses = OrganizationAddresses(base: TestServer.base, organization: try #require(Identifier(org)))
            let response = try TestIdentityProvider.shared.response(
                to: addresses.acsURL, audience: "https://other.example/<script>",
                at: Int64(server.ledger.now.nanoseconds / 1_000_000_000), email: "ann@acme.example"
            ) { $0.attributes = [.init("groups", (0..<2000).map { "CN=Group \($0),OU=Groups,DC=acme,DC=example" })] }
            let answer = try await server.post(
                "/saml/acs?org=\(org)", [("SAMLResponse", String(decoding: response, as: UTF8.self))],
                headers: [.accept: "application/json"])
            #expect(answer.code == "audience_mismatch")
            let reference = try #require(answer.json["reference"]?.integerValue)
            let cookies = try await server.administrator(org)
            let page = try await server.send(.get, "/organizations/\(org)/logins/\(reference)", headers: .cookies(cookies))
            #expect(page.text.contains("Refused. <span lang=\"en\">audience_mismatch") && page.text.contains(">failed<"))
            #expect(page.text.contains("https://other.example/&lt;script&gt;") && !page.text.contains("example/<script>"))
            #expect(page.text.contains("values are left out here"))
            #expect(page.text.contains("Nothing: only that it came was recorded."))
            #expect(page.body.count < 50 << 10)
        }
    }

    @Test func `leads on to what its code means, to the person, and to the page where it is mended`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let user: JSON = ["email": "ann@acme.example", "signInMethod": "password"]
            let made = try await server.api(.post, "/v1/organizations/\(org)/users", user)
            let id = try #require(made.json["id"]?.stringValue)
            let refused = try await server.signIn(org, "ann@acme.example")
            #expect(refused.code == "user_not_converted")
            let reference = try #require(refused.json["reference"]?.integerValue)
            let (pages, cookies) = ("\(TestServer.base)/organizations/\(org)", HTTPFields.cookies(try await server.administrator(org)))
            let story = try await server.send(.get, "/organizations/\(org)/logins/\(reference)", headers: cookies)
            for text in [
                "href=\"\(TestServer.base)/help/user_not_converted\"", "href=\"\(pages)/users/\(id)\">ann@acme.example</a>",
                "href=\"\(pages)/conversion\">Conversion</a>", "<li>Convert the user, or everyone, on the conversion page.</li>",
            ] { #expect(story.text.contains(text), "\(text) in \(story.text)") }
            #expect(!story.text.contains("Sign in with your password"))
            let list = try await server.send(.get, "/organizations/\(org)/logins", headers: cookies)
            #expect(list.text.contains("<a class=\"code\" href=\"/help/user_not_converted\">user_not_converted</a>"))
        }
    }

    @Test func `says what to change also where the response is not to be had any more`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let broken = try await server.post("/saml/acs?org=\(org)", [("SAMLResponse", "%%%")], headers: [.accept: "application/json"])
            #expect(broken.code == "base64_malformed")
            let reference = try #require(broken.json["reference"]?.integerValue)
            let story = try await server.send(
                .get, "/organizations/\(org)/logins/\(reference)", headers: .cookies(try await server.administrator(org)))
            #expect(story.text.contains("<li>At the identity provider, choose the HTTP-POST binding.</li>"), "\(story.text)")
            #expect(story.text.contains("/help/base64_malformed\"") && story.text.contains("<dd>3 bytes, "))
        }
    }

    @Test func `is no other organization's, and of no event that is no login`() async throws {
        try await TestServer.run { server in
            let (org, other) = (try await server.organization(), try await server.organization("Other"))
            _ = try await server.signIn(other, "ann@acme.example")
            let logins = try await server.api(.get, "/v1/organizations/\(other)/logins")
            let foreign = try #require(logins.json["items"]?.arrayValue?.first?["sequence"]?.integerValue)
            let cookies = try await server.administrator(org)
            for sequence in ["\(foreign)", "2", "0", "99999", "x"] {
                let page = try await server.send(.get, "/organizations/\(org)/logins/\(sequence)", headers: .cookies(cookies))
                #expect(page.status == 404, "\(sequence)")
                #expect(!page.text.contains("ann@acme.example"))
                #expect(try await server.api(.get, "/v1/organizations/\(org)/logins/\(sequence)").status == 404)
            }
            let theirs = try await server.send(.get, "/organizations/\(other)/logins/\(foreign)", headers: .cookies(cookies))
            #expect([401, 404].contains(theirs.status))
        }
    }

    @Test func `names who was erased by a part of the user's ID alone`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            _ = try await server.signIn(org, "ann@acme.example")
            let login = try #require(try await server.api(.get, "/v1/organizations/\(org)/logins").json["items"]?.arrayValue?.first)
            let user = try #require(login["user"]?.stringValue)
            #expect(try await server.api(.delete, "/v1/organizations/\(org)/users/\(user)").status == 204)
            let cookies = try await server.administrator(org)
            let path = "/organizations/\(org)/logins"
            for page in [path, "\(path)/\(login["sequence"]?.integerValue ?? 0)"] {
                let answer = try await server.send(.get, page, headers: .cookies(cookies))
                #expect(answer.text.contains("User \(user.prefix(8))…") && !answer.text.contains("ann@acme.example"))
            }
            let story = try await server.send(.get, "\(path)/\(login["sequence"]?.integerValue ?? 0)", headers: .cookies(cookies))
            #expect(story.text.contains("Accepted, as was recorded"), "\(story.text)")
        }
    }
}

@Suite struct `The history of an organization` {
    @Test func `says what an event was taken from`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let organization = try #require(Identifier(org))
            let then = try server.ledger.eventCount()
            _ = try await server.api(.patch, "/v1/organizations/\(org)/policy", ["clockSkewSeconds": 5])
            let restored = try await server.api(
                .post, "/v1/organizations/\(org)/restore", ["at": JSON(then), "what": ["policy"], "apply": true])
            #expect(restored.json["applied"] == true, "\(restored.text)")
            let ann = NewUser(email: try #require(EmailAddress("ann@acme.example")), name: "", signInMethod: .password, roles: [])
            _ = try await server.ledger.importUsers(organization, [ann], fromFile: [1], by: .commandLine())
            let page = try await server.send(
                .get, "/organizations/\(org)/history", headers: .cookies(try await server.administrator(org)))
            #expect(page.text.contains("Brought back as it was after event \(then)."), "\(page.text)")
            #expect(page.text.contains("Taken from a file, whose keyed hash begins with "))
        }
    }
}
