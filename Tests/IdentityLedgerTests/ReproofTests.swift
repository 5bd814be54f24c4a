import Cryptography
import Events
import Identity
import IdentityLedger
import Ledger
import Replay
import SAML
import TestSupport
import Testing

@Suite struct `Recorded logins that are proved again` {
    @Test func `have the verdicts that they had, on all processors, as far as their responses can be had`() async throws {
        let vendor = try await Vendor()
        for number in 0..<70 {
            _ = try await vendor.signIn("user\(number % 7)@example.com")
            vendor.clock.advance(seconds: 1)
        }
        let expired = try vendor.response("user1@example.com")
        vendor.clock.advance(seconds: 3600)
        _ = await vendor.post(expired)
        let all = try Reproof(vendor.ledger)
        #expect(all.checked == 71 && all.same == 71 && all.different == 0 && all.unprovable == 0)
        let erased = try #require(Identifier(try vendor.user("user2@example.com").json["id"]?.stringValue ?? ""))
        try await vendor.ledger.eraseUser(vendor.organization, erased, by: vendor.operate)
        let later = try Reproof(vendor.ledger)
        #expect(later.checked == 71 && later.same == 61 && later.unprovable == 10, "what was erased is never counted as proved")
    }

    @Test func `are those that were asked for`() async throws {
        let vendor = try await Vendor()
        let other = try await vendor.ledger.createOrganization(name: "Other", by: vendor.operate)
        for _ in 0..<3 { _ = try await vendor.signIn("ann@example.com") }
        vendor.clock.advance(seconds: 3600)
        let middle = vendor.clock.now
        for _ in 0..<2 { _ = try await vendor.signIn("bob@example.com") }
        let response = try vendor.response("bob@example.com")
        vendor.clock.advance(seconds: 3600)
        _ = await vendor.post(response)
        func checked(_ change: (inout LoginSelection) -> Void) throws -> UInt64 {
            var selection = LoginSelection()
            change(&selection)
            return try Reproof(vendor.ledger, selection).checked
        }
        #expect(try checked { _ in } == 6)
        #expect(try checked { $0.organization = vendor.organization } == 6)
        #expect(try checked { $0.organization = other.id } == 0)
        #expect(try checked { $0.since = middle } == 3)
        #expect(try checked { $0.until = middle } == 3)
        #expect(try checked { ($0.since, $0.until, $0.organization) = (middle, middle, vendor.organization) } == 0)
        #expect(try checked { $0.outcome = "accepted" } == 5)
        #expect(try checked { $0.outcome = "refused" } == 1)
        #expect(try checked { $0.outcome = "expired" } == 1)
        #expect(try checked { $0.outcome = "replayed" } == 0)
        #expect(try checked { $0.identityProvider = vendor.provider.entityID } == 6)
        #expect(try checked { $0.identityProvider = "https://elsewhere.example" } == 0)
        #expect(try checked { ($0.organization, $0.user) = (vendor.organization, "ann@example.com") } == 3)
        #expect(throws: ServiceError.self) { try checked { $0.user = "ann@example.com" } }
        #expect(throws: ServiceError.self) { try checked { ($0.organization, $0.user) = (vendor.organization, "nobody@example.com") } }
    }
}

@Suite struct `A question of what if` {
    @Test func `tells who still signs in with a certificate that is to go, by reason and person`() async throws {
        let vendor = try await Vendor()
        for name in ["ann", "bob", "ann"] { _ = try await vendor.signIn("\(name)@example.com") }
        let certificate = DigestAlgorithm.sha256.digest(vendor.provider.signer.certificate.der)
        let answer = try WhatIf(
            vendor.ledger, organization: vendor.organization, .init(withoutCertificate: certificate), by: vendor.operate)
        #expect(answer.verdicts.checked == 3 && answer.verdicts.lockedOut == 3)
        let reasons = try #require(answer.json["reasons"]?.arrayValue)
        #expect(reasons.count == 1)
        #expect(reasons.first?["logins"]?.integerValue == 3)
        #expect(reasons.first?["people"]?.arrayValue?.compactMap(\.stringValue) == ["ann@example.com", "bob@example.com"])
        let other = try WhatIf(
            vendor.ledger, organization: vendor.organization, .init(withoutCertificate: [UInt8](repeating: 0, count: 32)),
            by: vendor.operate)
        #expect(other.verdicts.unchanged == 3 && other.json["reasons"]?.arrayValue?.isEmpty == true)
    }

    @Test func `tells who would be locked out when the certificate has ended, if the policy then refuses it`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.signIn("ann@example.com")
        let later = vendor.provider.signer.certificate.notAfter.adding(seconds: 1)
        let strict: JSON = ["refuseExpiredCertificates": true]
        func lockedOut(_ policy: JSON?, _ instant: Instant?) throws -> UInt64 {
            try WhatIf(vendor.ledger, organization: vendor.organization, .init(policyPatch: policy, at: instant), by: vendor.operate)
                .verdicts.lockedOut
        }
        #expect(try lockedOut(strict, later) == 1)
        #expect(try lockedOut(nil, later) == 0, "what assertions say of time is held against their own instants")
        #expect(try lockedOut(strict, nil) == 0)
    }
}

@Suite struct `The story of an event` {
    @Test func `tells of a login each check, what it rested on, what it caused, and that it is in the log`() async throws {
        let vendor = try await Vendor()
        let login = try #require(try await vendor.signIn("ann@example.com").signedIn).reference
        let story = try Explanation(vendor.ledger, login, by: vendor.operate)
        let report = try #require(story.report)
        #expect(report.isAccepted && report.email == "ann@example.com" && report.steps.count > 10)
        #expect(story.configuration["type"]?.stringValue == "IdentityProviderConfigured")
        #expect(story.policy == .null && story.cause == .null)
        #expect(story.caused.map { $0["type"]?.stringValue } == ["UserProvisioned", "SessionStarted"])
        _ = try await vendor.signIn("ann@example.com")
        #expect(try Explanation(vendor.ledger, login, by: vendor.operate).caused == story.caused, "what came later is another's")
        let leaf = try #require(try vendor.ledger.ledger.snapshot().leafHash(login))
        let hashes = story.inclusion.compactMap { [UInt8](hexadecimal: $0) }
        #expect(MerkleTree.root(leafHash: leaf, index: login - 1, size: story.treeSize, proof: hashes)?.hexadecimal == story.root)
        #expect(story.lines.contains { $0.hasPrefix("Accepted, for ann@example.com") })
        let session = try Explanation(vendor.ledger, story.treeSize, by: vendor.operate)
        #expect(session.report == nil && session.cause["sequence"]?.integerValue == Int64(login))
    }

    @Test func `tells of a refusal the check that failed and what helps, and refuses what isn't there`() async throws {
        let vendor = try await Vendor()
        let response = try vendor.response("ann@example.com")
        vendor.clock.advance(seconds: 3600)
        let reference = try #require(await vendor.post(response).reference)
        let story = try Explanation(vendor.ledger, reference, by: vendor.operate)
        #expect(story.report?.refusal?.code == .expired)
        #expect(story.lines.contains { $0.contains("FAILS") } && story.lines.contains("Refused: expired, for ann@example.com."))
        #expect(throws: ServiceError.self) { try Explanation(vendor.ledger, 1000, by: vendor.operate) }
        #expect(throws: ServiceError.self) { try Explanation(vendor.ledger, reference, by: Caller(actor: .anonymous, authority: .nobody)) }
    }
}
