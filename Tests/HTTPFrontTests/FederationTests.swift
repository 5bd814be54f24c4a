import Cryptography
import Events
import HTTPTypes
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `A federation's metadata` {
    private typealias Parts = [(name: String, file: String?, value: String)]

    /// With random names: it can't be packed into a page.
    private static func metadata(_ count: Int) throws -> String {
        let one = String(decoding: TestIdentityProvider(entityID: "ENTITY", signer: TestIdentityProvider.pair).metadata, as: UTF8.self)
            .replacing("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", with: "")
        let entities = (0..<count).map { number in
            one.replacing("ENTITY", with: "https://idp\(number).example/\(TestIdentityProvider.newID())/metadata")
        }
        return "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">\(entities.joined())</md:EntitiesDescriptor>"
    }

    @Test func `is kept while any of its identity providers is chosen, on a small page`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(configured: false)
            let cookies = try await server.administrator(org)
            let path = "/organizations/\(org)/settings"
            let form = try #require(try await server.send(.get, path, headers: .cookies(cookies)).field("form"))
            func post(_ parts: Parts) async throws -> TestServer.Answer {
                try await server.post(path, parts: [("form", nil, form), ("metadataURL", nil, "")] + parts, cookies: cookies)
            }
            let document = try Self.metadata(1000)
            for given: Parts in [[("metadata", "all.xml", document)], [("metadataText", nil, document)]] {
                let asked = try await post(given)
                #expect(asked.status == 422 && asked.body.count < 50_000, "\(asked.body.count)")
                #expect(asked.text.contains("It describes 1,000 identity providers, of which the list offers the first 100."))
                #expect(asked.text.contains("name=\"entityID\" value=\"\""))
                let kept = try #require(asked.field("kept"))
                let wrong = try await post([("kept", nil, kept), ("entityID", nil, "https://nobody.example")])
                #expect(wrong.status == 422 && wrong.body.count < 50_000 && wrong.text.contains("“https://nobody.example”; it does not."))
                // The last one is in no list.
                let last = try #require(document.matches(of: /https:\/\/idp999\.example\/[0-9a-f]+\/metadata/).first).output
                let again = try #require(wrong.field("kept"))
                let shown = try await post([("kept", nil, again), ("entityID", nil, String(last)), ("do", nil, "preview")])
                #expect(shown.status == 200 && shown.body.count < 50_000, "\(shown.body.count)")
                let saved = try await post([("shown", nil, try #require(shown.field("shown")))])
                #expect(saved.status == 303, "\(saved.text)")
                let provider = try await server.api(.get, "/v1/organizations/\(org)").json["identityProvider"]
                #expect(provider?["entityID"] == .string(String(last)))
            }
            let gone = try await post([("kept", nil, "kept.nothing")])
            #expect(gone.status == 409 && gone.text.contains("Choose the file"))
        }
    }

    @Test func `that was pasted and is wrong is asked for again, on a small page`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(configured: false)
            let cookies = try await server.administrator(org)
            let path = "/organizations/\(org)/settings"
            let form = try #require(try await server.send(.get, path, headers: .cookies(cookies)).field("form"))
            let page = try await server.post(
                path, parts: [("form", nil, form), ("metadataText", nil, String(repeating: "<a/>", count: 20_000))], cookies: cookies)
            #expect(page.status == 422 && page.body.count < 50_000 && page.text.contains("paste it anew"))
        }
    }

    @Test func `is no empty file, and none that is chosen by mistake`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let cookies = try await server.administrator(org)
            let path = "/organizations/\(org)/settings"
            let form = try #require(try await server.send(.get, path, headers: .cookies(cookies)).field("form"))
            let empty = try await server.post(
                path, parts: [("form", nil, form), ("metadata", "idp.xml", ""), ("metadataURL", nil, "https://idp.example/metadata")],
                cookies: cookies)
            #expect(empty.status == 422 && empty.text.contains("The metadata file that was chosen is empty."))
        }
    }

    @Test func `boxes are each organization's own, two at a time, for an hour`() throws {
        let boxes = KeptBoxes()
        let one = try #require(Identifier(TestIdentityProvider.newID()))
        let other = try #require(Identifier(TestIdentityProvider.newID()))
        let now = Instant(seconds: 1_000_000)
        func sealed(_ letter: String) -> String { String(repeating: letter, count: KeptBoxes.formBytes + 1) }
        #expect(boxes.value(of: "short", for: one, at: now) == "short")
        let keys = ["a", "b", "c"].map { boxes.value(of: sealed($0), for: one, at: now) }
        #expect(try boxes.sealed(keys[2], for: one, at: now) == sealed("c"))
        #expect(throws: Problem.self) { try boxes.sealed(keys[0], for: one, at: now) }
        #expect(throws: Problem.self) { try boxes.sealed(keys[2], for: other, at: now) }
        #expect(throws: Problem.self) { try boxes.sealed(keys[2], for: one, at: now.adding(seconds: 3600)) }
    }
}

@Suite struct `A name of another direction` {
    @Test func `is isolated in a sentence, and turns nothing after it`() {
        let texts = Texts()
        #expect(SettingsPhrase.doneWith(["product": "Acme"]).text(in: texts) == "done: Acme")
        #expect(SettingsPhrase.doneWith(["product": "\u{202E}שלום"]).text(in: texts) == "done: \u{2068}שלום\u{2069}")
        #expect(SettingsPhrase.doneWith(["product": "\u{2069}\u{202E}exe"]).text(in: texts) == "done: \u{2068}exe\u{2069}")
        #expect("\u{202E}gpj.exe".undirected == "gpj.exe")
    }
}
