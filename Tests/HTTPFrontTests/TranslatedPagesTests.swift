import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `Policy, preview, report and console in another language` {
    /// Every sentence is told by its name, with its places in the other order.
    private static func appearance() throws -> Appearance {
        let sentences = Texts.phrases.map { phrase in
            JSON.Member(phrase.name, .string("§\(phrase.name)" + phrase.places.reversed().map { " {\($0)}" }.joined()))
        }
        let texts: JSON = ["lang": "x-names", "titles": ["Users": "Leute"], "sentences": .object(sentences)]
        var appearance = Appearance()
        try appearance.set(files: [("texts.json", texts.encoded())])
        return appearance
    }

    /// The English words of these phrases that a page has: those that are long enough to be nothing else.
    private static func english(_ page: TestServer.Answer, _ phrases: [any Phrase]) -> [String] {
        phrases.filter { $0.english.count > 12 && $0.places.isEmpty && page.text.contains($0.english) }.map(\.name)
    }

    @Test func `say everything in it`() async throws {
        try await TestServer.run(appearance: try Self.appearance()) { server in
            let org = try await server.organization()
            #expect(try await server.signIn(org, "ann@acme.example").status == 303)
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let pages = "/organizations/\(org)"
            let policy = try await server.send(.get, "\(pages)/policy?saved=1", headers: cookies)
            #expect(Self.english(policy, PolicyPhrase.allCases).isEmpty)
            for text in [
                "lang=\"x-names\"", "§policy.allowedEmailDomainsHint", ">§policy.recognised<", "(§policy.hours)", "§settings.saved",
            ] {
                #expect(policy.text.contains(text), "\(text)")
            }

            let form = try #require(policy.field("form"))
            let basis = try #require(policy.field("basis"))
            let preview = try await server.post(
                "\(pages)/policy", [("form", form), ("basis", basis), ("allowedEmailDomains", "other.example"), ("do", "preview")],
                headers: cookies)
            #expect(preview.text.contains("§policy.changed other.example §policy.empty §policy.allowedEmailDomains"), "\(preview.text)")
            for text in ["§consequence.judgedOneAnew", "§consequence.oneLockedOut", "§consequence.onePerson"] {
                #expect(preview.text.contains(text), "\(text)")
            }
            #expect(Self.english(preview, ConsequencePhrase.allCases).isEmpty)

            let report = try await server.send(.get, "\(pages)/report", headers: cookies)
            for text in ["§report.fromOn", "§report.gained", "§report.byLogin", "<td>§report.configuration</td>"] {
                #expect(report.text.contains(text), "\(text)")
            }
            #expect(report.text.contains("<td lang=\"en\">The identity provider was configured"), "\(report.text)")
        }
    }

    @Test func `say so on the operator's console`() async throws {
        try await TestServer.run(appearance: try Self.appearance()) { server in
            let org = try await server.organization()
            _ = try await server.organization("Empty", configured: false)
            #expect(try await server.signIn(org, "ann@acme.example").status == 303)
            let door = try await server.send(.get, "/operator/sign-in")
            let entered = try await server.post(
                "/operator/sign-in", [("form", try #require(door.field("form"))), ("token", server.token)], headers: .cookies(door.cookies))
            let cookies = HTTPFields.cookies(entered.cookies)
            let list = try await server.send(.get, "/operator?q=e&show=attention", headers: cookies)
            #expect(list.text.contains("§operator.oneNeedsAttention 2 §operator.organizationsFound e 2"), "\(list.text)")
            #expect(list.text.contains("§operator.notConfigured<") && list.text.contains("§operator.noLoginsToday"))
            let page = try await server.send(.get, "/operator/organizations/\(org)", headers: cookies)
            #expect(page.text.contains("§certificate.endsShort") && page.text.contains(">Leute</a>"), "\(page.text)")
            let people = try await server.post(
                "/operator/people", [("form", try #require(page.field("form"))), ("email", "ann@acme.example")], headers: cookies)
            #expect(people.text.contains("<td>§operator.byProvider</td>"), "\(people.text)")
            for shown in [list, page, people] { #expect(Self.english(shown, OperatorPhrase.allCases).isEmpty) }
        }
    }
}
