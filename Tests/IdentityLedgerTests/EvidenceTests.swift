import DevelopmentIdP
import Events
import Identity
import IdentityLedger
import Ledger
import SAML
import TestSupport
import Testing

@Suite("What lies beside the events")
struct EvidenceTests {
    @Test("metadata of any permitted size leaves its event small enough for an entry tile, and comes back byte for byte")
    func metadata() async throws {
        let vendor = try await Vendor(isConfigured: false)
        let padding = (0..<20_000).map { "<!-- \($0) \(TestIdentityProvider.newID()) -->" }.joined()
        let document = vendor.provider.metadata + Array(padding.utf8)
        _ = try await vendor.ledger.configureIdentityProvider(vendor.organization, metadata: document, by: vendor.operate)
        let snapshot = try vendor.ledger.ledger.snapshot()
        #expect(try #require(try snapshot.eventBytes(snapshot.head)).count < 65_535)
        #expect(try snapshot.metadata(snapshot.head) == document)
        #expect(try LogVerification(snapshot).findings.isEmpty)
        #expect(try await vendor.signIn("alice@example.com").name == "signedIn")
    }

    @Test("a thousand groups are kept as received")
    func groups() async throws {
        let vendor = try await Vendor()
        let groups = (0..<1000).map { "CN=Application group \($0),OU=Groups,DC=example,DC=com" }
        let answer = try await vendor.signIn("alice@example.com", attributes: [("groups", groups)])
        #expect(answer.name == "signedIn")
        #expect(try vendor.user("alice@example.com").attributes?.first { $0.name == "groups" }?.values == groups)
    }

    @Test("a value too large for an event is left out, the login is not")
    func photo() async throws {
        let vendor = try await Vendor()
        // Four values of hexadecimal noise: each below the limit of one value, together more than an event holds.
        let photo = (0..<4).map { _ in (0..<1600).map { _ in TestIdentityProvider.newID() }.joined() }
        let answer = try await vendor.signIn(
            "alice@example.com", attributes: [("displayName", ["Alice"]), ("photo", photo)])
        #expect(answer.name == "signedIn")
        let user = try vendor.user("alice@example.com")
        #expect(user.attributes?.contains { $0.name == "photo" } == false)
        #expect(user.attributes?.first { $0.name == "displayName" }?.values == ["Alice"])
        _ = try await vendor.signIn("alice@example.com", attributes: [("displayName", ["Alice"]), ("photo", photo)])
        #expect(Array(try vendor.types().suffix(2)) == ["AssertionReceived", "SessionStarted"])
    }

    @Test("the newest responses that no trusted key signed are kept, up to 1 MiB, and can be judged again")
    func untrusted() async throws {
        let vendor = try await Vendor()
        let other = TestIdentityProvider(entityID: vendor.provider.entityID, signer: TestIdentityProvider.stranger)
        var references: [UInt64] = []
        for index in 0..<16 {
            let noise = (0..<3).map { _ in (0..<1800).map { _ in TestIdentityProvider.newID() }.joined() }
            let response = try vendor.response("user\(index)@example.com", attributes: [("noise", noise)], by: other)
            references.append(try #require(await vendor.post(response).reference))
        }
        let snapshot = try vendor.ledger.ledger.snapshot()
        let boxes = try references.map { try snapshot.untrustedEvidence($0, organization: vendor.organization) }
        #expect(boxes.compactMap(\.?.count).reduce(0, +) <= WriteContext.untrustedBytes)
        #expect(boxes.first == .some(nil))
        #expect(boxes.last.flatMap { $0 } != nil)
        let newest = try #require(references.last)
        #expect(try vendor.ledger.evidence(of: newest, in: snapshot) != nil)
        let event = try #require(try snapshot.event(newest))
        let letIn = try IdentityLedger.configuration(reading: other.metadata)
        #expect(try Redecider(vendor.ledger, in: snapshot).decide(event)?.code != "accepted")
        let changes = RedecisionChanges(configuration: letIn)
        #expect(try Redecider(vendor.ledger, in: snapshot, changes: changes).decide(event)?.code == "accepted")
        #expect(try LogVerification(snapshot).findings.isEmpty)
    }

    @Test("evidence goes when its retention is over, and the ledger says so and stays whole")
    func retention() async throws {
        let vendor = try await Vendor()
        let old = try #require(try await vendor.signIn("alice@example.com").signedIn).reference
        #expect(try await vendor.ledger.expireEvidence() == 0, "by default it is kept for ever")
        vendor.clock.advance(seconds: 31 * 86_400)
        let new = try #require(try await vendor.signIn("alice@example.com").signedIn).reference
        _ = try await vendor.ledger.changePolicy(
            vendor.organization, patch: ["evidenceRetentionDays": 30], by: vendor.operate)
        #expect(try await vendor.ledger.expireEvidence() == 1)
        #expect(try await vendor.ledger.expireEvidence() == 0)
        let snapshot = try vendor.ledger.ledger.snapshot()
        #expect(try vendor.ledger.evidence(of: old, in: snapshot) == nil)
        #expect(try vendor.ledger.evidence(of: new, in: snapshot) != nil)
        #expect(try vendor.types().last == "EvidenceExpired")
        #expect(try LogVerification(snapshot).findings.isEmpty)
    }
}

@Suite struct `A response that is kept` {
    @Test func `takes little room, and is found again byte for byte, also under an earlier configuration`() async throws {
        let vendor = try await Vendor()
        let attributes = [("displayName", ["Ann Example"]), ("groups", (0..<8).map { "group \($0)" })]
        let first = try vendor.response("ann@example.com", attributes: attributes)
        let login = try #require(await vendor.post(first).signedIn)
        let other = TestIdentityProvider(entityID: "https://elsewhere.example", signer: TestIdentityProvider.stranger)
        _ = try await vendor.ledger.configureIdentityProvider(vendor.organization, metadata: other.metadata, by: vendor.operate)
        let second = try vendor.response("ann@example.com", attributes: attributes, by: other)
        let later = try #require(await vendor.post(second).signedIn)
        let snapshot = try vendor.ledger.ledger.snapshot()
        for (reference, response) in [(login.reference, first), (later.reference, second)] {
            let xml = try decodeResponseField(response).get()
            #expect(try vendor.ledger.evidence(of: reference, in: snapshot) == xml)
            let stored = try #require(try snapshot.evidence(reference))
            #expect(stored.count < 1000, "\(xml.count) bytes take \(stored.count)")
        }
    }
}
