import Cryptography
import DevelopmentIdP
import Events
import Foundation
import Identity
import IdentityLedger
import Ledger
import Replay
import SAML
import TestSupport
import Testing

/// A login that ends with a code, and how it comes about.
private struct Story: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var policy: JSON?
    var lateSeconds: Int64 = 0
    var change: @Sendable (inout ResponseBuilder) -> Void = { _ in }
    /// Of the text, after it was signed.
    var rewrite: @Sendable (String) -> String = { $0 }

    static let all: [Story] = [
        Story(testDescription: "accepted"),
        Story(testDescription: "accepted", change: { $0.signing = .both }),
        Story(testDescription: "accepted", change: { $0.signing = .response }),
        Story(testDescription: "expired", lateSeconds: 3600),
        Story(testDescription: "not_yet_valid", lateSeconds: -3600),
        Story(testDescription: "audience_mismatch", change: { $0.audience = "https://other.example.com/" }),
        Story(testDescription: "recipient_mismatch", change: { $0.recipient = "https://other.example.com/acs" }),
        Story(testDescription: "destination_mismatch", change: { $0.destination = "https://other.example.com/acs" }),
        Story(testDescription: "issuer_mismatch", change: { $0.issuer = "https://other.example.com/metadata" }),
        Story(testDescription: "signature_missing", change: { $0.signing = .none }),
        Story(testDescription: "signature_invalid", change: { $0.signsWithStrangersKey = true }),
        Story(
            testDescription: "certificate_untrusted",
            change: { ($0.signsWithStrangersKey, $0.certificate) = (true, TestIdentityProvider.stranger.certificate) }),
        Story(testDescription: "reference_mismatch", change: { $0.isAltered = true }),
        Story(testDescription: "algorithm_forbidden", change: { $0.digest = .sha1 }),
        Story(testDescription: "email_missing", change: { ($0.nameID, $0.nameIDFormat) = ("miller-ann", NameIDFormat.persistent) }),
        Story(
            testDescription: "email_not_an_address", change: { ($0.attributes, $0.nameID) = ([.init("mail", ["miller ann"])], "miller") }),
        Story(testDescription: "email_domain_not_allowed", policy: ["allowedEmailDomains": ["other.example.com"]]),
        Story(testDescription: "provisioning_disabled", policy: ["provisionUsers": false]),
        Story(testDescription: "unsolicited_not_allowed", policy: ["allowUnsolicited": false]),
        Story(testDescription: "encryption_required", policy: ["requireEncryptedAssertion": true]),
        Story(testDescription: "signature_missing", policy: ["requireSignedAssertion": true], change: { $0.signing = .response }),
        Story(testDescription: "request_unknown", change: { $0.inResponseTo = "_miller1234" }),
        Story(testDescription: "status_not_success", change: { $0.status = "urn:oasis:names:tc:SAML:2.0:status:Responder" }),
        Story(
            testDescription: "schema_violation",
            rewrite: { $0.replacing("<samlp:Status>", with: "<!-- Miller's --><samlp:Status>") }),
        Story(testDescription: "schema_violation", rewrite: { $0.replacing("</samlp:Response>", with: "<x>Miller</x></samlp:Response>") }),
        Story(testDescription: "version_unsupported", rewrite: { $0.replacing("Version=\"2.0\"", with: "Version=\"1.1\"") }),
        Story(
            testDescription: "duplicate_id",
            rewrite: {
                $0.replacing(/\sID="_response[^"]*"/, with: " ID=\"_miller77\"").replacing(
                    /\sID="_assertion[^"]*"/, with: " ID=\"_miller77\"")
            }),
        Story(
            testDescription: "signature_malformed",
            rewrite: { $0.replacing("</ds:SignatureValue>", with: "</ds:SignatureValue><ds:Object/>") }),
    ]
}

/// What `explain --reproducer` made, kept so that the verdict stays: a file, and the metadata beside it.
private struct KeptReproducer: Sendable, CustomTestStringConvertible {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "fixtures/reproducers")

    let file: URL
    var testDescription: String { file.lastPathComponent }

    static let all = ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
        .filter { $0.pathExtension == "response" }.sorted { $0.path < $1.path }.map(KeptReproducer.init)
}

@Suite struct `A kept reproducer` {
    @Test func `is there`() { #expect(!KeptReproducer.all.isEmpty) }

    @Test(arguments: KeptReproducer.all)
    fileprivate func `gives the verdict that it carries`(_ kept: KeptReproducer) throws {
        let reproducer = try #require(Reproducer(Array(try Data(contentsOf: kept.file))))
        let metadata = try Data(contentsOf: kept.file.deletingPathExtension().appendingPathExtension("metadata.xml"))
        let read = try IdentityProviderMetadata.read(Array(metadata), entityID: nil, allowHTTPOnLoopback: true)
        let provider = TrustedIdentityProvider(entityID: read.entityID, certificates: read.signingCertificates)
        #expect(reproducer.verdict(trusting: provider) == reproducer.expected)
    }
}

@Suite struct `A reproducer` {
    // Whom the stories are about.
    private static let personal = ["miller", "ann.miller", "acme-widgets", "secret-team"]

    @Test(arguments: Story.all)
    fileprivate func `has the verdict of its login, and nobody in it`(_ story: Story) async throws {
        let vendor = try await Vendor(policy: story.policy)
        let login = try await vendor.login(story)
        let view = try #require(try vendor.lastLogin())
        #expect((view.code ?? "accepted") == story.testDescription)
        let made = try Reproduction(vendor.ledger, login, by: vendor.operate)
        #expect(made.reproducer.expected == story.testDescription)
        // As a file, judged by what the files say alone.
        let read = try #require(Reproducer(made.reproducer.bytes))
        let metadata = try IdentityProviderMetadata.read(try #require(made.metadata), entityID: nil, allowHTTPOnLoopback: false)
        let provider = TrustedIdentityProvider(entityID: metadata.entityID, certificates: metadata.signingCertificates)
        #expect(read.verdict(trusting: provider) == story.testDescription)
        #expect(read.response == made.reproducer.response)
        let text = (String(decoding: made.reproducer.bytes, as: UTF8.self) + String(decoding: try #require(made.metadata), as: UTF8.self))
            .lowercased()
        let hosts = ["sso.example.com", "idp.example/metadata", vendor.organization.description]
        for word in Self.personal + hosts { #expect(!text.contains(word), "\(word)") }
        // The signature is a new one, and the structure the old one.
        let original = try #require(try vendor.ledger.evidence(of: login, in: try vendor.ledger.ledger.snapshot()))
        #expect(Self.skeleton(read.response) == Self.skeleton(original))
    }

    @Test func `of a replay, a deactivated user or one who isn't converted has that verdict too`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.importUsers(["ann.miller@acme-widgets.example"])
        func check(_ code: String) throws {
            let login = try #require(try vendor.lastLogin())
            #expect(login.code == code)
            #expect(try Reproduction(vendor.ledger, login.sequence, by: vendor.operate).reproducer.expected == code)
        }
        _ = try await vendor.signIn("ann.miller@acme-widgets.example")
        try check("user_not_converted")
        let response = try vendor.response("bob@acme-widgets.example")
        _ = await vendor.post(response)
        let bob = try #require(Identifier(try vendor.user("bob@acme-widgets.example").json["id"]?.stringValue ?? ""))
        _ = try await vendor.ledger.setActive(vendor.organization, bob, false, by: vendor.operate)
        _ = try await vendor.signIn("bob@acme-widgets.example")
        try check("user_deactivated")
    }

    @Test func `can't be made of what can't be blanked, or isn't there, or may not be read`() async throws {
        let vendor = try await Vendor()
        let login = try #require(try await vendor.signIn("ann@example.com").signedIn).reference
        #expect(throws: ServiceError.self) { try Reproduction(vendor.ledger, 1, by: vendor.operate) }
        #expect(throws: ServiceError.self) {
            try Reproduction(vendor.ledger, login, by: Caller(actor: .anonymous, authority: .nobody))
        }
        let user = try #require(Identifier(try vendor.user("ann@example.com").json["id"]?.stringValue ?? ""))
        try await vendor.ledger.eraseUser(vendor.organization, user, by: vendor.operate)
        #expect(throws: ServiceError.self) { try Reproduction(vendor.ledger, login, by: vendor.operate) }
        #expect(Reproducer(Array("<x/>".utf8)) == nil && Reproducer(Array("expect: accepted\n\n".utf8)) == nil)
    }

    // Names and marks alone.
    private static func skeleton(_ xml: [UInt8]) -> [String] {
        String(decoding: xml, as: UTF8.self).matches(of: /<[!?\/]?[\w:.-]*/).map { String($0.0) }
    }
}

extension Vendor {
    fileprivate func login(_ story: Story) async throws -> UInt64 {
        let addresses = try addresses()
        let seconds = Int64(clock.now.nanoseconds / 1_000_000_000)
        var builder = provider.builder(
            to: addresses.acsURL, audience: addresses.audienceURI, at: story.lateSeconds < 0 ? seconds - story.lateSeconds : seconds,
            email: "ann.miller@acme-widgets.example")
        builder.attributes = [.init("displayName", ["Ann Miller"]), .init("groups", ["secret-team", "Miller & Ann"])]
        story.change(&builder)
        if story.lateSeconds > 0 { clock.advance(seconds: story.lateSeconds) }
        let text = story.rewrite(String(decoding: try builder.xml(), as: UTF8.self))
        _ = await post(Array(Data(text.utf8).base64EncodedString().utf8))
        return try #require(try lastLogin()).sequence
    }
}
