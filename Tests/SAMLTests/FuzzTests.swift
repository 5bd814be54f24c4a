import Compression
import Events
import Foundation
import Testing
import XML

@testable import SAML

/// Bytes that nobody expects, made from those of the corpus. Seeded: a failure names the seed that repeats it.
///
/// A second each; `IDENTITY_LEDGER_FUZZ_SECONDS` says how many, `IDENTITY_LEDGER_FUZZ_SEED` where to begin. `Tests/Fuzz/run` runs these
/// with the address sanitizer.
struct Fuzzer {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { bound <= 0 ? 0 : Int(next() % UInt64(bound)) }

    // What parsers stumble over.
    private static let pieces: [[UInt8]] = [
        "<!--", "-->", "<![CDATA[", "]]>", "<?x ?>", "&#0;", "&#x10FFFF;", "&lt;", "&amp;", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;",
        " xmlns=\"\"", " xmlns:a=\"b\"",
        " xml:space='preserve'", "<a xmlns:b='urn:b' b:ID='_assertion'/>", "\u{FEFF}", "\u{2028}", "</", "/>", "<", ">", "\"", "'", "=",
        "\r\n", "\0", "#", "%00", "%", "&SAMLRequest=", "==",
    ].map { Array($0.utf8) }

    /// The same with one to four things changed.
    mutating func mutate(_ bytes: [UInt8], with others: [[UInt8]]) -> [UInt8] {
        var result = bytes
        for _ in 0...below(3) {
            let place = below(result.count + 1)
            switch below(7) {
            case 0 where !result.isEmpty: result[min(place, result.count - 1)] ^= UInt8(1 << below(8))
            case 1: result.insert(contentsOf: Self.pieces[below(Self.pieces.count)], at: place)
            case 2: result.removeSubrange(place..<min(result.count, place + below(64)))
            case 3:
                let other = others[below(others.count)]
                let start = below(other.count)
                result.insert(contentsOf: other[start..<min(other.count, start + below(400))], at: place)
            case 4: result = Array(result.prefix(place))
            case 5:
                let end = min(result.count, place + below(200))
                result.insert(contentsOf: result[place..<end], at: below(result.count))
            default: result.insert(contentsOf: [UInt8](repeating: UInt8(below(256)), count: below(300)), at: place)
            }
        }
        return result
    }

    static let seconds = ProcessInfo.processInfo.environment["IDENTITY_LEDGER_FUZZ_SECONDS"].flatMap(Double.init) ?? 1
    static let firstSeed = ProcessInfo.processInfo.environment["IDENTITY_LEDGER_FUZZ_SEED"].flatMap(UInt64.init) ?? 1

    /// Runs `body` with one mutation after another until the time is over.
    static func run(_ good: [[UInt8]], _ body: (_ bytes: [UInt8], _ seed: UInt64) throws -> Void) rethrows {
        let end = ContinuousClock.now + .seconds(seconds)
        var seed = firstSeed
        while ContinuousClock.now < end {
            var fuzzer = Fuzzer(seed: seed)
            let bytes = good[fuzzer.below(good.count)]
            try body(fuzzer.mutate(bytes, with: good), seed)
            seed += 1
        }
    }
}

@Suite struct `C58 Bytes that nobody expects` {
    private static func responses() throws -> [[UInt8]] {
        try ValidResponse.all.map { try decodeResponseField($0.field).get() } + Fixture.all.map(\.message)
    }

    @Test func `as a response let nobody else in, and are judged twice alike`() throws {
        let (facts, email) = try ValidResponse.facts()
        let good = try Self.responses()
        Fuzzer.run(good) { bytes, seed in
            let judgment = judge(response: bytes, facts)
            if case .accepted(let claims) = judgment.outcome { #expect(claims.email.text == email, "seed \(seed)") }
            if seed % 16 == 0 { #expect(judge(response: bytes, facts).outcome == judgment.outcome, "seed \(seed)") }
        }
    }

    @Test func `have one canonical form, which is its own`() throws {
        let good = try Self.responses()
        Fuzzer.run(good) { bytes, seed in
            guard let document = try? XMLDocument(parsing: bytes), let form = try? document.root.canonicalized() else { return }
            let again = try? XMLDocument(parsing: form, limits: .metadata).root.canonicalized()
            let isSame = again == form
            #expect(isSame, "seed \(seed)")
        }
    }

    @Test func `as metadata are read or refused`() {
        let metadata = Metadata()
        let aggregate =
            "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">\(metadata.entity)</md:EntitiesDescriptor>"
        let good = [Array(metadata.entity.utf8), Array(aggregate.utf8)]
        Fuzzer.run(good) { bytes, seed in
            guard let read = try? IdentityProviderMetadata.read(bytes) else { return }
            #expect(!read.signingCertificates.isEmpty && !read.singleSignOnServices.isEmpty, "seed \(seed)")
        }
    }

    @Test func `as base64 are strict: one value, one spelling`() throws {
        Fuzzer.run(ValidResponse.all.prefix(8).map(\.field)) { bytes, seed in
            guard let decoded = Base64Field.decode(bytes) else { return }
            let compact = bytes.filter { !" \t\r\n\u{0B}\u{0C}".utf8.contains($0) }
            let isOneSpelling = Array(Base64Field.encode(decoded).utf8) == compact
            #expect(isOneSpelling, "seed \(seed)")
        }
    }

    @Test func `inflate to what fits, or to nothing`() throws {
        let good = try Self.responses().prefix(8).map { Deflate.compress($0) }
        Fuzzer.run(good) { bytes, seed in
            guard let inflated = try? Deflate.decompress(bytes, limit: 64 * 1024) else { return }
            let size = inflated.count
            #expect(size <= 64 * 1024, "seed \(seed)")
        }
    }

    @Test func `as a query end nobody's session`() throws {
        let (facts, _) = try ValidResponse.facts()
        let logout = LogoutFacts(
            logoutURLs: ["https://sp.example/saml/logout"], identityProvider: facts.identityProvider, instant: facts.instant)
        let request = AuthnRequest(
            id: "_1", issueInstant: facts.instant, destination: "https://sp.example/saml/logout", acsURL: "https://sp.example",
            issuer: "https://idp.example")
        let query = try request.redirectURL(relayState: "x").split(separator: "?").last.map(String.init) ?? ""
        Fuzzer.run([
            Array(query.utf8),
            Array((query + "&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256&Signature=AAAA").utf8),
        ]) { bytes, seed in
            #expect((try? readLogout(query: String(decoding: bytes, as: UTF8.self), logout)) == nil, "seed \(seed)")
        }
    }

    @Test func `as an event are read or refused`() throws {
        var good: [[UInt8]] = []
        for (index, body) in EventBody.examples.enumerated() {
            var event = Event()
            event.body = body
            event.id = Data(repeating: 7, count: 16)
            event.recordedAt = 1_795_600_000_000_000_000
            event.actor.kind = .system
            event.correlation = Data(repeating: 8, count: 16)
            event.sequence = UInt64(index + 1)
            event.schemaRevision = Event.currentSchemaRevision
            good.append(try event.encoded())
        }
        Fuzzer.run(good) { bytes, _ in _ = try? Event(decoding: bytes) }
    }
}
