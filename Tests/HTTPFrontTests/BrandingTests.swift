import Events
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `A brand` {
    private static let logo = Array(
        "<?xml version=\"1.0\"?><!-- ours --><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".utf8)

    private static func appearance() throws -> Appearance {
        var appearance = Appearance()
        try appearance.set(name: "Acme & Sons")
        try appearance.set(color: "#ffcc00")
        try appearance.set(support: "help@acme.example")
        try appearance.set(logo: logo, file: "logo.svg")
        return appearance
    }

    @Test func `stands above every page, and in its styles`() async throws {
        try await TestServer.run(appearance: try Self.appearance()) { server in
            let page = try await server.send(.get, "/login")
            #expect(page.text.contains("<title>Sign in · Acme &amp; Sons</title>"))
            #expect(page.text.contains(/<img src="\/assets\/logo\?v=[0-9a-f]{12}" alt="">/))
            #expect(!page.text.contains("style="), "no inline style")
            let css = try await server.send(.get, "/assets/page.css")
            #expect(css.text.contains("--brand: #ffcc00; --on-brand: #000000;"))
            let missing = try await server.send(.get, "/nowhere")
            #expect(missing.text.contains("<a href=\"mailto:help@acme.example\">help@acme.example</a>"), "\(missing.text)")
            let help = try await server.send(.get, "/help/audience_mismatch")
            #expect(help.text.contains("If nobody there can help: <a href=\"mailto:help@acme.example\">"), "\(help.text)")
            #expect(missing.text.contains("The support of Acme &amp; Sons."))
        }
    }

    @Test func `is kept by browsers at an address that changes with it`() async throws {
        #expect(Assets(Appearance()).styles.address != Assets(try Self.appearance()).styles.address)
        try await TestServer.run(appearance: try Self.appearance()) { server in
            let page = try await server.send(.get, "/login")
            let address = String(try #require(page.text.firstMatch(of: /href="(\/assets\/page\.css\?v=[0-9a-f]{12})"/)).1)
            let styles = try await server.send(.get, address)
            #expect(styles.status == 200)
            #expect(styles.headers[.cacheControl] == "public, max-age=31536000, immutable")
            for (other, kept) in [("/assets/page.css", "public, max-age=600"), ("/assets/page.css?v=0", "no-store")] {
                let answer = try await server.send(.get, other)
                #expect(answer.headers[.cacheControl] == kept && answer.body == styles.body)
            }
        }
    }

    @Test func `has a logo that can do nothing, not even opened by itself`() async throws {
        try await TestServer.run(appearance: try Self.appearance()) { server in
            let logo = try await server.send(.get, "/assets/logo")
            #expect(logo.status == 200)
            #expect(logo.body == Self.logo)
            #expect(logo.headers[.contentType] == "image/svg+xml")
            #expect(logo.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
            #expect(logo.headers[.contentSecurityPolicy]?.contains("script") == false)
            #expect(logo.headers[.xContentTypeOptions] == "nosniff")
        }
        try await TestServer.run { server in
            let none = try await server.send(.get, "/assets/logo")
            #expect(none.status == 404)
        }
    }

    @Test func `can be read in whatever colour it has`() throws {
        var random = Seeded(state: 7)
        var texts = ["#000000", "#ffffff", "#767676", "#777777", "#ff0000", "#00FF00", "#0b57d0"]
        for _ in 0..<2000 {
            texts.append("#" + String(UInt32.random(in: 0...0xFF_FFFF, using: &random) | 0x100_0000, radix: 16).dropFirst())
        }
        for text in texts {
            let color = try #require(BrandColor(text), "\(text)")
            #expect(color.contrast >= 4.5, "\(text): \(color.contrast)")
            #expect(color.css.contains(text.lowercased()))
        }
    }

    @Test(arguments: ["", "#fff", "red", "#12345g", "#+12345", "#1234567", "0b57d0", "#0b57d0; }"])
    func `of no colour is refused`(_ text: String) {
        var appearance = Appearance()
        #expect(throws: AppearanceError.self) { try appearance.set(color: text) }
    }

    @Test(
        arguments: [
            ("", nil), ("GIF89a", nil), ("<html><svg></svg></html>", nil), ("<svgx>", nil), ("<!DOCTYPE svg><svg></svg>", nil),
            ("<svg><!ENTITY x></svg>", nil), ("<!-- no end", nil), ("<svg/>", nil), ("<svg width=\"1\"></svg>", "image/svg+xml"),
            ("\u{FEFF}<svg></svg>", "image/svg+xml"), ("RIFF1234WEBPVP8 ", "image/webp"), ("RIFF1234WAVE", nil),
        ] as [(String, String?)])
    func `has a logo of a kind that its bytes tell`(_ text: String, _ type: String?) {
        let logo = try? BrandLogo(Array(text.utf8), file: "logo")
        #expect(logo?.contentType == type)
    }

    @Test func `has a logo of a bounded size`() {
        var appearance = Appearance()
        let large = Array("<svg>".utf8) + [UInt8](repeating: 32, count: Appearance.logoBytes)
        let error = #expect(throws: AppearanceError.self) { try appearance.set(logo: large, file: "big.svg") }
        #expect(error?.detail.contains("big.svg") == true)
    }

    @Test(
        arguments: [
            ("help@acme.example", "mailto:help@acme.example"), ("https://acme.example/help", "https://acme.example/help"),
            ("javascript:alert(1)", nil), ("http://acme.example", nil), ("Reception, extension 12", nil),
        ] as [(String, String?)])
    func `names whom to ask, as a link where that is safe`(_ text: String, _ href: String?) throws {
        let contact = try #require(SupportContact(text))
        #expect(contact.href == href)
    }
}

@Suite struct `An operator's templates and texts` {
    private static func appearance(_ files: [String: String]) throws -> Appearance {
        var appearance = Appearance()
        try appearance.set(files: files.map { ($0.key, Array($0.value.utf8)) })
        return appearance
    }

    @Test func `stand in the place of the built-in ones`() async throws {
        let texts = """
            {"lang": "de", "titles": {"Sign in": "Anmelden"}, "sentences": {"input.neitherAddressNorID": "Keine Adresse."},
             "refusals": {"not_found": {"title": "Hier ist nichts", "again": "later", "causes": ["Vertippt."]}}}
            """
        let appearance = try Self.appearance(["texts.json": texts, "home.mustache": "<p>Willkommen {{base}}</p>"])
        try await TestServer.run(appearance: appearance) { server in
            let page = try await server.send(.get, "/login")
            #expect(page.text.contains("<html lang=\"de\">"))
            #expect(page.text.contains("<h1>Anmelden</h1>"))
            #expect(try await server.send(.get, "/").text.contains("<p>Willkommen </p>"))
            #expect(try await server.post("/login", [("who", "x")]).text.contains("Keine Adresse."))
            let missing = try await server.send(.get, "/nowhere")
            #expect(missing.text.contains("<h1>Hier ist nichts</h1>"))
            #expect(missing.text.contains("Yes, after a while."))
            #expect(try await server.send(.get, "/help/not_found").text.contains("<li>Vertippt.</li>"))
            let program = try await server.send(.get, "/v1/nowhere")
            #expect(program.json["title"]?.stringValue == "Nothing here", "programs read the same in every language")
        }
    }

    @Test func `may be all the built-in ones, which change nothing`() throws {
        var appearance = Appearance()
        try appearance.set(files: Appearance.builtInFiles.map { ($0.name, Array($0.text.utf8)) })
        #expect(appearance.texts.json == Texts().json)
        let (own, builtIn) = (try Pages(base: ""), try Pages(base: "", appearance: appearance))
        for template in Templates.all where template.name != "layout" {
            let (one, other) = (own.render(template.name, title: "x"), builtIn.render(template.name, title: "x"))
            #expect(one.filter { !$0.isWhitespace } == other.filter { !$0.isWhitespace }, "\(template.name)")
        }
    }

    @Test(arguments: [
        ("hom.mustache", "", "hom.mustache"), ("other.json", "{}", "other.json"), ("home.mustache", "a\n{{#x}}b", "home.mustache, line"),
        ("home.mustache", "a\n{{#x}}b{{/y}}", "home.mustache, line 2"), ("home.mustache", "a\n{{{who}}}", "home.mustache, line 2"),
        ("home.mustache", "{{& who}}", "home.mustache, line 1"), ("home.mustache", "{{\n& who}}", "line 1"),
        ("home.mustache", "{{=<% %>=}}", "line 1"), ("home.mustache", "{{% CONTENT_TYPE:TEXT}}", "line 1"),
        ("home.mustache", "{{> nothing}}", "nothing"), ("home.mustache", "{{> home}}", "includes itself"),
        ("checks.mustache", "{{> refused}}", "includes itself"), ("texts.json", "{", "no JSON"),
        ("texts.json", "{\"language\": \"de\"}", "language"), ("texts.json", "{\"lang\": \"de\\\" x\"}", "lang"),
        ("texts.json", "{\"titles\": {\"Nothing\": \"x\"}}", "Nothing"),
        ("texts.json", "{\"sentences\": {\"signIn.goingOn\": \"Los.\"}}", "{host}"),
        ("texts.json", "{\"sentences\": {\"signIn.goingOn\": \"{host} {user}\"}}", "{user}"),
        ("texts.json", "{\"sentences\": {\"signIn.goingOn\": \"{{host}}\"}}", "signIn.goingOn"),
        ("texts.json", "{\"refusals\": {\"x\": {}}}", "x"),
        ("texts.json", "{\"refusals\": {\"expired\": {\"again\": \"maybe\"}}}", "refusals.expired.again"),
        ("texts.json", "{\"refusals\": {\"expired\": {\"causes\": [1]}}}", "refusals.expired.causes"),
    ])
    func `that can't be used are refused with their place and what to do`(_ file: String, _ text: String, _ place: String) {
        let error = #expect(throws: AppearanceError.self, "\(text)") { try Self.appearance([file: text]) }
        #expect(error?.detail.contains(place) == true, "\(error?.detail ?? "")")
        #expect(error?.detail.contains(file) == true)
        #expect(error?.remedy.isEmpty == false)
    }

    @Test func `never end the program, whatever stands in them`() throws {
        var random = Seeded(state: 11)
        let pieces = [
            "{{", "}}", "{{{", "#", "/", "^", ">", "x", "body", "\n", " ", "{{#x}}", "{{/x}}", "=", "!", "é", "{{> checks}}", "\"", "\\",
            "{}", "[",
        ]
        for _ in 0..<200 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            if let appearance = try? Self.appearance(["layout.mustache": text]) {
                _ = try Pages(base: "", appearance: appearance).render("home", title: "x")
            }
            _ = try? Self.appearance(["texts.json": text])
        }
        let deep = String(repeating: "{{#x}}", count: 10_000) + String(repeating: "{{/x}}", count: 10_000)
        #expect(throws: AppearanceError.self) { try Self.appearance(["home.mustache": deep]) }
    }

    @Test func `can translate every title that a page gives itself`() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Sources/HTTPFront")
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        var (missing, count): ([String], Int) = ([], 0)
        for file in files where file.pathExtension == "swift" && file.lastPathComponent != "DescriptionRoutes.swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            // Given to `render`, and to `post`, which renders.
            let found = text.matches(of: /render\(\s*"\w+",\s*title: "([^"]+)"/).map { String($0.1) }
            for title in found + text.matches(of: /title: "([^"]+)",\s*text:/).map({ String($0.1) }) {
                count += 1
                if !title.contains("\\("), !Texts.titles.contains(title) { missing.append("\(file.lastPathComponent): \(title)") }
            }
        }
        #expect(count > 20)
        #expect(missing.isEmpty, "Texts.titles lacks these")
    }

    @Test func `put values into sentences once`() {
        let texts = Texts()
        #expect(SignInPhrase.goingOn(["host": "{host}"]).text(in: texts) == "Going on to {host}.")
        #expect(
            SignInPhrase.leadsToNamed(["name": "a", "host": "b"]).text(in: texts) == "You sign in to a at b: that is where this leads.")
    }
}
