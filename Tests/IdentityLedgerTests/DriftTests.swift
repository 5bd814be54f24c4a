import Cryptography
import DevelopmentIdP
import Events
import IdentityLedger
import SAML
import TestSupport
import Testing

@Suite struct `Responses held against those before` {
    private static let usual = ResponseShape(
        certificateSHA256: [1], signatureAlgorithm: "RSA-SHA256", digestAlgorithm: "SHA256", signed: "assertion",
        nameIDFormat: "email", attributes: ["mail", "name"], issuer: "https://idp.example", issuedAt: Instant(seconds: 1_795_600_000),
        lifetimeSeconds: 300)

    private static func responses(_ count: Int, from first: UInt64, _ change: (inout ResponseShape, Int) -> Void = { _, _ in })
        -> [ObservedResponse]
    {
        (0..<count).map { index in
            var shape = usual
            change(&shape, index)
            return ObservedResponse(sequence: first + UInt64(index), receivedAt: usual.issuedAt.adding(seconds: 2), shape: shape)
        }
    }

    private static func drifts(
        before: [ObservedResponse] = responses(50, from: 1), now count: Int = 10, ends: [[UInt8]: Instant] = [:],
        _ change: (inout ResponseShape, Int) -> Void
    ) -> [ResponseDrift] {
        DriftComparison(before: before, since: responses(count, from: 100, change), certificateEnds: ends).drifts
    }

    @Test func `are no drift where they look the same, where there are none, or nothing was before`() {
        #expect(Self.drifts { _, _ in }.isEmpty)
        #expect(Self.drifts(now: 0) { _, _ in }.isEmpty)
        #expect(Self.drifts(before: []) { shape, _ in shape.certificateSHA256 = [2] }.isEmpty)
    }

    @Test func `tell of a single one that another certificate, algorithm or name signed, and where it was seen first`() throws {
        let end = Instant(seconds: 1_800_000_000)
        let drifts = Self.drifts(ends: [[1]: end]) { shape, index in
            guard index >= 7 else { return }
            shape.certificateSHA256 = [2]
            shape.signatureAlgorithm = "RSA-SHA1"
            shape.issuer = "https://other.example"
        }
        #expect(drifts.map(\.what) == [.certificate, .signatureAlgorithm, .issuer])
        let certificate = try #require(drifts.first)
        #expect(certificate.first == 107 && certificate.count == 3 && certificate.since == "02…")
        #expect(certificate.before == "01…, which ends at \(end.rfc3339Seconds)" && certificate.remedy.hasPrefix("Both certificates sign"))
        let known = Self.responses(50, from: 1) { shape, index in if index == 30 { shape.certificateSHA256 = [2] } }
        #expect(Self.drifts(before: known) { shape, _ in shape.certificateSHA256 = [2] }.isEmpty, "it has signed before")
    }

    @Test func `are no drift where one person lacks what others have`() {
        #expect(Self.drifts { shape, index in if index == 0 { shape.attributes = [] } }.isEmpty)
        #expect(Self.drifts { shape, index in if index == 0 { shape.nameIDFormat = "persistent" } }.isEmpty)
        #expect(Self.drifts(now: 2) { shape, _ in shape.attributes = [] }.isEmpty, "of two nothing is said")
        let mixed = Self.responses(50, from: 1) { shape, index in if index % 2 == 0 { shape.attributes = ["mail"] } }
        #expect(Self.drifts(before: mixed) { shape, _ in shape.attributes = ["mail"] }.isEmpty, "not everybody had it before")
    }

    @Test func `tell of attributes that came or went, of the NameID's format, and of encryption`() {
        let drifts = Self.drifts { shape, _ in
            shape.attributes = ["name", "groups"]
            shape.nameIDFormat = nil
            shape.encryption = "aes256-gcm"
            shape.saysSessionEnd = true
        }
        #expect(drifts.map(\.what) == [.encryption, .nameIDFormat, .attributeAppeared, .attributeVanished, .sessionEnd])
        #expect(drifts.map(\.before)[2...3] == ["“groups” in 0 % of logins", "“mail” in 100 % of logins"])
        #expect(drifts.allSatisfy { $0.first == 100 && $0.count == 10 })
    }

    @Test(arguments: [(300, false), (390, false), (401, true), (210, false), (199, true)])
    func `tell of a lifetime that changed by more than a third`(_ seconds: Int64, _ isDrift: Bool) {
        #expect(Self.drifts { shape, _ in shape.lifetimeSeconds = seconds }.map(\.what) == (isDrift ? [.lifetime] : []))
    }

    @Test(arguments: [(0, false), (20, false), (35, true), (-20, false), (-40, true)])
    func `tell of a clock that goes towards what is allowed`(_ ahead: Int64, _ isDrift: Bool) {
        let drifts = Self.drifts { shape, _ in shape.issuedAt = shape.issuedAt.adding(seconds: ahead + 2) }
        #expect(drifts.map(\.what) == (isDrift ? [.clock] : []))
    }
}

@Suite struct `An identity provider whose responses change` {
    @Test func `is told of by the day, from what verifies of its recorded responses`() async throws {
        let old = TestIdentityProvider.shared
        let new = TestIdentityProvider(signer: TestIdentityProvider.make(.rsa(bits: 2048)))
        let both = IdentityProviderDescriptor(
            entityID: old.entityID, singleSignOnURL: old.singleSignOnURL, certificates: [old.signer.certificate, new.signer.certificate]
        ).metadata
        let vendor = try await Vendor(isConfigured: false)
        _ = try await vendor.ledger.configureIdentityProvider(vendor.organization, metadata: both, by: vendor.operate)
        for _ in 0..<5 { #expect(try await vendor.signIn("ann@example.com", attributes: [("mail", ["a"])]).name == "signedIn") }
        vendor.clock.advance(seconds: 2 * 86400)
        #expect(try vendor.ledger.drift(vendor.organization, by: vendor.operate).drifts.isEmpty)
        for _ in 0..<3 {
            #expect(await vendor.post(try vendor.response("ann@example.com", attributes: [], by: new)).name == "signedIn")
        }
        let drift = try vendor.ledger.drift(vendor.organization, by: vendor.operate)
        #expect(drift.before == 5 && drift.after == 3)
        #expect(drift.drifts.map(\.what) == [.certificate, .attributeVanished])
        #expect(drift.drifts.first?.before.hasPrefix(String(old.signer.certificate.sha256.hexadecimal.prefix(16))) == true)
        #expect(!drift.json.text.contains("ann@example.com"))
        #expect(try vendor.ledger.drift(vendor.organization, since: Instant(seconds: 1), by: vendor.operate).drifts.isEmpty)
        #expect(throws: ServiceError.self) { try vendor.ledger.drift(vendor.organization, by: .anonymous()) }
    }

    @Test func `is told of at the first login that a key which isn't configured signed`() async throws {
        let vendor = try await Vendor()
        for _ in 0..<3 { _ = try await vendor.signIn("ann@example.com") }
        vendor.clock.advance(seconds: 2 * 86400)
        let stranger = TestIdentityProvider(signer: TestIdentityProvider.stranger)
        let refused = await vendor.post(try vendor.response("ann@example.com", by: stranger))
        #expect(refused.name == "certificate_untrusted")
        let drift = try vendor.ledger.drift(vendor.organization, by: vendor.operate).drifts
        #expect(drift.map(\.what) == [.untrustedCertificate] && drift.first?.first == refused.reference)
        _ = try await vendor.ledger.configureIdentityProvider(vendor.organization, metadata: stranger.metadata, by: vendor.operate)
        #expect(try vendor.ledger.drift(vendor.organization, by: vendor.operate).drifts.isEmpty, "its metadata was saved")
        #expect(await vendor.post(try vendor.response("ann@example.com", by: stranger)).name == "signedIn")
        #expect(try vendor.ledger.drift(vendor.organization, by: vendor.operate).drifts.map(\.what) == [.certificate])
    }
}
