import Crypto
import Events
import Foundation
import LMDB
import Testing

@testable import Ledger

@Suite struct `Verifying the log` {
    private func login(evidence: [UInt8]) -> Event {
        var received = AssertionReceived()
        received.evidenceKept = true
        received.evidenceDigest = Data(SHA256.hash(data: evidence))
        return Event(
            .assertionReceived(received), organization: TemporaryLedger.organization, actor: .identityProvider, correlation: identifier(9))
    }

    private func filled(_ place: TemporaryLedger) async throws -> Ledger {
        let ledger = try place.open()
        try await ledger.create("a", "b", "c", "d")
        let event = login(evidence: [1, 2, 3])
        try await ledger.submit { context in try context.append(event, evidence: [1, 2, 3]) }
        return ledger
    }

    @Test func `finds nothing in a whole one, and the root that is stored`() async throws {
        let ledger = try await filled(TemporaryLedger())
        let verification = try LogVerification(try ledger.snapshot())
        #expect(verification.findings.isEmpty)
        #expect(verification.events == 5)
        #expect(verification.root == (try ledger.snapshot().root()))
    }

    @Test(arguments: 1...4) func `finds a flipped bit in any byte of an event`(_ step: Int) async throws {
        let place = TemporaryLedger()
        let ledger = try await filled(place)
        let bytes = try #require(try ledger.snapshot().eventBytes(3))
        for index in stride(from: step, to: bytes.count, by: 4) {
            var altered = bytes
            altered[index] ^= 0x01
            try place.tamper(["events"]) { try $0.put(Database(name: "events"), UInt64(3).bigEndianBytes, altered) }
            #expect(try ledger.findings().contains { $0.sequence == 3 && $0.kind == "tree" })
        }
        try place.tamper(["events"]) { try $0.put(Database(name: "events"), UInt64(3).bigEndianBytes, bytes) }
        #expect(try ledger.findings().isEmpty)
    }

    @Test func `finds an event that was taken away`() async throws {
        let place = TemporaryLedger()
        let ledger = try await filled(place)
        try place.tamper(["events"]) { try $0.delete(Database(name: "events"), UInt64(2).bigEndianBytes) }
        #expect(try ledger.findings().contains { $0.sequence == 2 && $0.kind == "event" })
    }

    @Test func `finds a hash of the tree that was altered`() async throws {
        let place = TemporaryLedger()
        let ledger = try await filled(place)
        try place.tamper(["tree"]) {
            try $0.put(Database(name: "tree"), Layout.node(1, 0), [UInt8](repeating: 0, count: 32))
        }
        #expect(try ledger.findings().contains { $0.kind == "tree" })
    }

    @Test func `finds evidence that was altered, taken away, or put there`() async throws {
        let place = TemporaryLedger()
        let ledger = try await filled(place)
        let evidence = Database(name: "evidence")
        try place.tamper(["evidence"]) { try $0.put(evidence, UInt64(5).bigEndianBytes, [1, 2, 4]) }
        #expect(try ledger.findings().map(\.sequence) == [5])
        try place.tamper(["evidence"]) {
            try $0.delete(evidence, UInt64(5).bigEndianBytes)
            try $0.put(evidence, UInt64(1).bigEndianBytes, [1])
        }
        #expect(Set(try ledger.findings().map(\.sequence)) == [1, 5])
    }

    @Test func `takes evidence for gone that is said to have expired`() async throws {
        let place = TemporaryLedger()
        let ledger = try await filled(place)
        try await ledger.submit { context in
            var expired = EvidenceExpired()
            expired.first = 1
            expired.last = 5
            try context.append(
                Event(.evidenceExpired(expired), organization: TemporaryLedger.organization, actor: .system, correlation: identifier(9)))
        }
        try place.tamper(["evidence"]) { try $0.delete(Database(name: "evidence"), UInt64(5).bigEndianBytes) }
        #expect(try ledger.findings().isEmpty)
    }
}
