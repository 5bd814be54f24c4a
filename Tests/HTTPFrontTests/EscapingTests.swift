import Foundation
import HTTPTypes
import Testing

@testable import HTTPFront

@Suite struct `What a page puts in` {
    private static let marks: [(String, String)] = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")]
    // A sign that Swift joins with what follows, and one that it joins with what stands before.
    private static let joined = [
        ("\u{600}", ""), ("", "\u{301}"), ("\u{600}", "\u{301}"), ("\r", "\u{301}"), ("", "\u{200D}"), ("", "\u{FE0F}"),
    ]

    @Test func `is escaped whatever stands beside its markup`() {
        for (mark, entity) in Self.marks {
            for (before, after) in Self.joined {
                #expect(
                    PageContent.escaped(before + mark + after).utf8.elementsEqual((before + entity + after).utf8),
                    "\(mark) \(before) \(after)")
            }
        }
        #expect(PageContent.escaped("Ünïcode without any") == "Ünïcode without any")
    }

    @Test func `is escaped in every template, included and repeated ones too`() throws {
        var appearance = Appearance()
        let own = "<i>{{a}}</i>{{#list}}<b>{{.}}</b>{{> whom}}{{/list}}{{^none}}{{a}}{{/none}}{{> whom}}{{#object}}{{a}}{{who}}{{/object}}"
        try appearance.set(files: [("home.mustache", Array(own.utf8))])
        let pages = try Pages(base: "", appearance: appearance)
        let hostile = "\u{600}<\u{301}\u{600}\"\u{301}"
        let html = pages.render(
            "home", title: hostile,
            [
                "a": hostile, "who": hostile, "list": [hostile, hostile], "object": ["a": hostile],
                "sentence": SignInPhrase.goingOn(["host": hostile]),
            ])
        let found = html.utf8.count(where: { $0 == UInt8(ascii: "<") })
        let plain = pages.render("home", title: "x", ["a": "x", "who": "x", "list": ["x", "x"], "object": ["a": "x"]])
        #expect(found == plain.utf8.count(where: { $0 == UInt8(ascii: "<") }))
        #expect(html.utf8.count(where: { $0 == UInt8(ascii: "\"") }) == plain.utf8.count(where: { $0 == UInt8(ascii: "\"") }))
    }

    @Test func `from an address can't become a form of somebody else's`() async throws {
        let hostile = "\u{600}\"\u{600}>\u{600}</form \u{600}>\u{600}<form data-submit action=https://evil.example/ \u{600}>"
        try await TestServer.run { server in
            let query = PercentCoding.encode(hostile)
            let page = try await server.send(.get, "/login?org=\(query)")
            let plain = try await server.send(.get, "/login?org=x")
            for mark in "<>\"".utf8 {
                #expect(page.body.count(where: { $0 == mark }) == plain.body.count(where: { $0 == mark }))
            }
        }
    }
}
