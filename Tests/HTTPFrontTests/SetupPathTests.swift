import DevelopmentIdP
import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The path of the settings page` {
    private typealias Parts = [(name: String, file: String?, value: String)]

    /// An organization without an identity provider, and its administrator in front of the page.
    private struct Setup {
        let server: TestServer
        let org: String
        let cookies: [String: String]
        var path: String { "/organizations/\(org)/settings" }

        init(_ server: TestServer, configured: Bool = false) async throws {
            self.server = server
            org = try await server.organization(configured: configured)
            cookies = try await server.administrator(org)
        }

        func page(_ query: String = "") async throws -> TestServer.Answer {
            try await server.send(.get, path + query, headers: .cookies(cookies))
        }

        func post(_ parts: Parts, query: String = "") async throws -> TestServer.Answer {
            let form = try #require(try await page(query).field("form"))
            return try await server.post(path + query, parts: [("form", nil, form)] + parts, cookies: cookies)
        }
    }

    private static let metadata = String(decoding: TestIdentityProvider.shared.metadata, as: UTF8.self)

    /// Two identity providers, as a federation publishes them.
    private static var federation: String {
        let names = ["https://one.example/metadata", "https://two.example/metadata"]
        let entities = names.map { name in
            let text = String(
                decoding: TestIdentityProvider(entityID: name, signer: TestIdentityProvider.pair).metadata, as: UTF8.self)
            return text.replacing("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", with: "")
        }
        return "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">\(entities.joined())</md:EntitiesDescriptor>"
    }

    @Test(arguments: Guide.all.map(\.id))
    func `says each product's steps with each value beside the name of its field, and ours with theirs`(_ id: String) async throws {
        try await TestServer.run { server in
            let setup = try await Setup(server)
            let guide = try #require(Guide.named(id))
            let page = try await setup.page("?provider=\(id)")
            #expect(page.status == 200 && page.body.count < 50_000)
            let fields = guide.steps.flatMap(\.fields)
            #expect(!fields.isEmpty)
            for field in fields {
                #expect(
                    page.text.contains(
                        ">\(field.name.text(in: Texts()).replacing("\"", with: "&quot;").replacing("<", with: "&lt;"))</label>"),
                    "\(field.name)")
            }
            for label in ["Organization ID", "Assertion Consumer Service URL", "Audience URI (Entity ID)", "Metadata file", "Metadata URL"]
            {
                #expect(page.text.contains(">\(label)</label>"), "\(label)")
            }
            #expect(page.text.contains("action=\"\(setup.path)?provider=\(id)\""))
            let ids = page.text.split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
            #expect(Set(ids).count == ids.count, "an element has an ID of its own")
        }
    }

    @Test func `keeps the product that was chosen when saving fails, and when it succeeds`() async throws {
        try await TestServer.run { server in
            let setup = try await Setup(server)
            let failed = try await setup.post([("metadataText", nil, "<no")], query: "?provider=okta")
            #expect(failed.status == 422)
            #expect(failed.text.contains(">Single sign-on URL</label>"))
            let saved = try await setup.post([("metadataText", nil, Self.metadata)], query: "?provider=okta")
            #expect(saved.status == 303, "\(saved.text)")
            #expect(saved.location?.contains("/settings?saved=1&done=") == true && saved.location?.hasSuffix("&provider=okta") == true)
            #expect(try await setup.page("?provider=nonsense").status == 200)
        }
    }

    @Test func `takes pasted metadata, and says in words what was read from it`() async throws {
        try await TestServer.run { server in
            let setup = try await Setup(server)
            let before = try await setup.page()
            #expect(!before.text.contains("href=\"#try\"") && before.text.contains("<span class=\"name\">next</span>"))
            let saved = try await setup.post([("metadataText", nil, "\r\n \(Self.metadata)\r\n"), ("metadataURL", nil, "")])
            #expect(saved.status == 303, "\(saved.text)")
            let page = try await setup.page()
            for text in [
                "https://idp.example/sso by a redirect (HTTP-Redirect).", "They are not signed", "It ends in ", "on 1 January 2100",
                "The metadata was given as a document", ">Login URL</label>", "No login has passed yet", "href=\"#try\"",
            ] { #expect(page.text.contains(text), "\(text)") }
            #expect(try await server.signIn(setup.org, "ann@acme.example").status == 303)
            #expect(try await setup.page().text.contains("A login has passed since the metadata was saved."))
        }
    }

    @Test(arguments: [
        ("<!DOCTYPE html><html></html>", "This is a web page"), ("<html></html>", "This is a web page"),
        ("-----BEGIN CERTIFICATE-----\nMIIC\n", "This is a certificate or a key alone"),
        ("{\"issuer\":\"https://idp.example\"}", "This is JSON"), ("https://idp.example/metadata", "save it as Metadata URL"),
        ("<EntityDescriptor", "federation metadata XML"), ("", "paste the metadata"),
    ])
    func `tells what was sent instead of metadata, and keeps it`(_ text: String, _ words: String) async throws {
        try await TestServer.run { server in
            let setup = try await Setup(server)
            let typed: Parts = [
                ("metadataText", nil, text), ("metadataURL", nil, ""), ("entityID", nil, "https://me.example"),
                ("metadataCertificate", nil, "none"),
            ]
            let page = try await setup.post(Array(typed.dropLast()))
            #expect(page.status == 422, "\(page.text)")
            #expect(page.text.contains(words), "\(page.text)")
            let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing(
                "\"", with: "&quot;")
            #expect(page.text.contains(">\(escaped)</textarea>"))
            #expect(page.text.contains("name=\"entityID\" value=\"https://me.example\""))
            #expect(try await setup.post(typed).text.contains(">none</textarea>"))
        }
    }

    @Test(arguments: [
        ("ftp://idp.example/metadata", "metadata_address_forbidden"), ("http://127.0.0.1:1/metadata", "metadata_unreachable"),
    ])
    func `keeps a URL that nothing could be fetched from, with the remedy`(_ url: String, _ code: String) async throws {
        try await TestServer.run { server in
            let setup = try await Setup(server)
            let page = try await setup.post([("metadataURL", nil, url)])
            #expect(page.text.contains(code) && page.text.contains("a file"), "\(page.text)")
            #expect(page.text.contains("name=\"metadataURL\" value=\"\(url)\""))
        }
    }

    @Test func `lists the identity providers of metadata that describes several, and keeps the file`() async throws {
        try await TestServer.run { server in
            let setup = try await Setup(server)
            let asked = try await setup.post([("metadata", "federation.xml", Self.federation), ("metadataURL", nil, "")])
            #expect(asked.status == 422)
            #expect(asked.text.contains("Choose it in the form below"))
            #expect(asked.text.contains("name=\"entityID\" value=\"\""), "nobody's is chosen")
            for name in ["one", "two"] { #expect(asked.text.contains("<option value=\"https://\(name).example/metadata\">")) }
            let kept = try #require(asked.field("kept"))
            let saved = try await setup.post([
                ("metadata", "", ""), ("metadataURL", nil, ""), ("kept", nil, kept), ("entityID", nil, "https://two.example/metadata"),
            ])
            #expect(saved.status == 303, "\(saved.text)")
            #expect(try await setup.page().text.contains("value=\"https://two.example/metadata\""))
            let forged = try await setup.post([("metadataURL", nil, ""), ("kept", nil, String(kept.reversed()))])
            #expect(forged.status == 403)
        }
    }

    @Test func `stays within its bounds: what is larger is refused on the page`() async throws {
        try await TestServer.run { server in
            let setup = try await Setup(server)
            let page = try await setup.post([("metadataText", nil, String(repeating: "<a/>", count: 540_000))])
            #expect(page.status == 413)
            #expect(page.text.contains("that of a whole federation"))
        }
    }
}
