import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `Pages of another language` {
    // Every phrase with a mark before it, as a translation of everything would have.
    private static func marked() throws -> Appearance {
        let sentences = Texts.phrases.map { JSON.Member($0.name, .string("§" + $0.english)) }
        let texts: JSON = ["lang": "de", "sentences": .object(sentences)]
        var appearance = Appearance()
        try appearance.set(files: [("texts.json", texts.encoded())])
        return appearance
    }

    // What pages say by one phrase alone: long enough to be no word of something else, and in no template.
    private static let sayings: [String] = Texts.phrases.compactMap { phrase in
        let words = phrase.english.prefix { $0 != "{" }
        let isElsewhere =
            Templates.all.contains { $0.text.contains(words) }
            || Texts.phrases.contains { $0.name != phrase.name && $0.english.contains(words) }
        return words.utf8.count >= 10 && !isElsewhere ? Drawing.escape(String(words)) : nil
    }

    private static func unmarked(_ page: String) -> [String] {
        sayings.filter { saying in page.ranges(of: saying).contains { !page[..<$0.lowerBound].hasSuffix("§") } }
    }

    @Test func `say of users, conversion, logins, history and certificates nothing in English but what the ledger says`() async throws {
        try await TestServer.run(appearance: try Self.marked()) { server in
            let org = try await server.organization("Acme")
            try await `The users page`.people(server, org, 2)
            #expect(try await server.signIn(org, "ann@acme.example").status == 303)
            let logins = try await server.api(.get, "/v1/organizations/\(org)/logins")
            let login = try #require(logins.json["items"]?.arrayValue?.first?["sequence"]?.integerValue)
            let users = try await server.api(.get, "/v1/organizations/\(org)/users")
            let user = try #require(users.json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let expected = [
                ("users", "§none"), ("users/\(user)", "§In “Acme”: member, who"), ("users/\(user)?at=\(login + 2)", "§Signs in through"),
                ("conversion", "§2 people are on a password."), ("conversion?ask=all", "§Yes, convert 2 people"),
                ("conversion?ask=revert", "§Put one person back"), ("logins", "§In all: §§accepted 1"),
                ("logins/\(login)", "§Login \(login)"), ("history", "§changes: no logins"), ("history/\(login)", "§Event \(login)"),
                ("history?at=\(login)&compare=now", "Acme"), ("certificates", "§Ends §in "),
            ]
            for (path, words) in expected {
                let page = try await server.send(.get, "/organizations/\(org)/\(path)", headers: cookies)
                #expect(page.status == 200 && page.text.contains(words), "\(path): \(page.text)")
                #expect(Self.unmarked(page.text) == [], "\(path)")
            }
            let history = try await server.send(.get, "/organizations/\(org)/history", headers: cookies)
            #expect(history.text.contains("<span lang=\"en\">A login was accepted.</span>"))
            let sheet = try await server.send(.get, "/organizations/\(org)/logins.csv", headers: cookies)
            #expect(!sheet.text.contains("§"))
        }
    }
}
