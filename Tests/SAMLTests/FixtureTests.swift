import Cryptography
import Foundation
import Testing

@testable import SAML

/// A file of `fixtures/hostile`: `name: value` lines with its expectation, an empty line, then the message's exact bytes.
struct Fixture: Sendable, CustomTestStringConvertible {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "fixtures/hostile")

    let testDescription: String
    let expect: String
    let message: [UInt8]

    init?(_ url: URL) {
        guard let bytes = try? Data(contentsOf: url), let blank = bytes.firstRange(of: Data("\n\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<blank.lowerBound], as: UTF8.self).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("expect: ") }) else { return nil }
        testDescription = url.lastPathComponent
        expect = String(line.dropFirst("expect: ".count))
        message = Array(bytes[blank.upperBound...])
    }

    static let all: [Fixture] = ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
        .filter { $0.pathExtension == "response" }.sorted { $0.path < $1.path }.compactMap { Fixture($0) }
}

@Suite struct `C58 A fixture of a known attack` {
    @Test func `is there`() { #expect(Fixture.all.count > 80) }

    @Test(arguments: Fixture.all)
    func `gives the code that it carries`(_ fixture: Fixture) throws {
        let pem = try String(contentsOf: Fixture.folder.appending(path: "identity-provider.pem"), encoding: .utf8)
        var facts = Sample.facts()
        facts.identityProvider = TrustedIdentityProvider(entityID: Sample.entityID, certificates: [try Certificate(pem: pem)])
        switch judge(response: fixture.message, facts).outcome {
        case .accepted: #expect(fixture.expect == "accepted")
        case .refused(let refusal): #expect(refusal.code.rawValue == fixture.expect, "\(refusal.detail)")
        }
    }
}
