import Events
import TestSupport
import Testing

@testable import SAML

@Suite struct `A judgment that explains itself` {
    private static func judged(_ sample: Sample, explains: Bool = true) -> Judgment {
        var facts = Sample.facts()
        facts.explains = explains
        return judge(response: Array(sample.xml().utf8), facts)
    }

    @Test func `goes through every usual step in its order, and compares as the checks do`() {
        let judgment = Self.judged(Sample())
        let names = judgment.steps.map(\.name)
        #expect(names.filter { Step.usual.contains($0) } == Step.usual)
        #expect(judgment.steps.filter { !$0.ok }.isEmpty)
        for comparison in judgment.steps.flatMap(\.compared)
        where ["Audience", "Recipient", "Destination", "Status"].contains(comparison.name) {
            #expect(comparison.expected == comparison.received, "\(comparison.name)")
        }
    }

    @Test(arguments: [
        ("Audience", "https://other.example"), ("Issuer of the assertion", "https://stranger.example"),
        ("Destination", "https://other.example/acs"),
        ("Recipient", "https://other.example/acs"),
    ])
    func `shows the value that came where it is another`(_ name: String, _ value: String) throws {
        var sample = Sample()
        switch name {
        case "Audience": sample.audiences = ["<saml:Audience>\(value)</saml:Audience>"]
        case "Destination": sample.destination = value
        case "Recipient": sample.recipient = value
        default: sample.assertionIssuer = value
        }
        let judgment = Self.judged(sample)
        let last = try #require(judgment.steps.last)
        let comparison = try #require(last.compared.first { $0.name == name })
        #expect(!last.ok && comparison.received == value && comparison.expected != value)
        #expect(judgment.assertion?.xml.contains("<saml:NameID>alice@example.com</saml:NameID>") == true)
    }

    @Test func `gives the verdict that it gives otherwise, and compares nothing unasked`() {
        for signed in Sample.Signed.allCases {
            var sample = Sample()
            sample.signed = signed
            let (explained, plain) = (Self.judged(sample), Self.judged(sample, explains: false))
            #expect(explained.outcome == plain.outcome)
            #expect(explained.steps.map(\.detail) == plain.steps.map(\.detail))
            #expect(plain.steps.flatMap(\.compared).isEmpty)
            #expect(plain.assertion == nil)
        }
    }

    @Test(arguments: [
        ("<a><b>x</b><c></c></a>", "<a>\n  <b>x</b>\n  <c></c>\n</a>"),
        ("<a>\n <b x=\"1>0\">y\n</b></a>", "<a>\n  <b x=\"1>0\">y\n</b>\n</a>"),
        ("<a></a>", "<a></a>"), ("<a>t<b></b></a>", "<a>t\n  <b></b>\n</a>"), ("", ""), ("<a", "<a"), ("</a></a>", "</a>\n</a>"),
    ])
    func `indents canonical XML by depth`(_ text: String, _ indented: String) {
        #expect(IndentedXML(Array(text.utf8), limit: 1000).text == indented)
    }

    @Test(arguments: 0..<200) func `indents whatever bytes there are, within the limit, and loses no line uncounted`(_ seed: Int) {
        var random = Seeded(state: UInt64(seed))
        let alphabet = Array("<></a b=\"\n\u{E9}".utf8)
        let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        let limit = Int.random(in: 0...200, using: &random)
        let (cut, whole) = (IndentedXML(bytes, limit: limit), IndentedXML(bytes, limit: .max))
        #expect(cut.text.utf8.count <= limit && whole.text.hasPrefix(cut.text))
        #expect((cut.linesLeftOut == 0) == (cut.text == whole.text))
    }
}

@Suite struct `What each part of an assertion became` {
    private static func uses(_ nameID: String?, _ names: [String], _ mapping: AttributeMapping = AttributeMapping()) -> [String:
        AttributeUse]
    {
        let attributes = names.map { name in
            var attribute = Attribute()
            attribute.name = name
            attribute.values = ["x"]
            return attribute
        }
        let uses = AttributeUses(nameID: nameID, attributes, mapping)
        return Dictionary(uniqueKeysWithValues: names.compactMap { name in uses.use(of: name).map { (name, $0) } })
    }

    @Test func `follows the choice that the claims are made by`() {
        #expect(Self.uses("ann@acme.example", ["email", "displayName", "givenName"]) == ["displayName": .name])
        #expect(Self.uses("ann", ["mail", "email", "givenName", "sn"]) == ["email": .email, "givenName": .firstName, "sn": .lastName])
        var mapping = AttributeMapping()
        mapping.email = "work"
        mapping.groups = "teams"
        #expect(Self.uses("ann@acme.example", ["work", "email", "teams", "groups"], mapping) == ["work": .email, "teams": .groups])
        #expect(Self.uses(nil, ["department"]) == [:])
    }
}
