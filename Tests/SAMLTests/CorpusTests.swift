import Cryptography
import Events
import Foundation
import Testing

@testable import SAML

/// A response of `fixtures/valid`, signed by xmlsec1 in the manner of an identity provider: `Tests/Corpus/generate.py` made it.
struct ValidResponse: Sendable, CustomTestStringConvertible {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "fixtures/valid")

    let testDescription: String
    let field: [UInt8]

    init?(_ url: URL) {
        guard let bytes = try? Data(contentsOf: url) else { return nil }
        testDescription = url.lastPathComponent
        field = Array(bytes)
    }

    static let all: [ValidResponse] = ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
        .filter { $0.pathExtension == "base64" }.sorted { $0.path < $1.path }.compactMap { ValidResponse($0) }

    /// What all of them are judged by.
    static func facts() throws -> (facts: JudgmentFacts, email: String) {
        let text = try String(contentsOf: folder.appending(path: "facts.json"), encoding: .utf8)
        let given = try JSON(parsing: Array(text.utf8))
        func member(_ name: String) throws -> String { try #require(given[name]?.stringValue) }
        let pems = try String(contentsOf: folder.appending(path: "identity-provider.pem"), encoding: .utf8)
        let end = "-----END CERTIFICATE-----"
        let certificates = try pems.components(separatedBy: end).filter { $0.contains("BEGIN") }.map {
            try Certificate(pem: $0 + end + "\n")
        }
        let facts = JudgmentFacts(
            acsURLs: [try member("acs")], serviceProviderEntityID: try member("audience"),
            identityProvider: TrustedIdentityProvider(entityID: try member("issuer"), certificates: certificates),
            instant: try #require(Instant(rfc3339: try member("at"))))
        return (facts, try member("email"))
    }
}

@Suite struct `A response in the manner of a known identity provider` {
    @Test func `is there`() { #expect(ValidResponse.all.count >= 100) }

    @Test(arguments: ValidResponse.all)
    func `is accepted, with its person`(_ response: ValidResponse) throws {
        let (facts, email) = try ValidResponse.facts()
        let xml = try decodeResponseField(response.field).get()
        switch judge(response: xml, facts).outcome {
        case .accepted(let claims): #expect(claims.email.text == email)
        case .refused(let refusal): Issue.record("\(refusal.code.rawValue): \(refusal.detail)")
        }
    }
}
