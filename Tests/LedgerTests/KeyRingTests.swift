import Events
import Foundation
import LMDB
import Testing

@testable import Ledger

@Suite struct `The key ring` {
    private let organization = TemporaryLedger.organization

    private func sealed(_ text: String, _ ledger: Ledger) async throws -> Sealed {
        try await ledger.submit { context in
            let key = try context.makeKey(for: TemporaryLedger.organization)
            try context.append(created(text))
            return try context.seal(Array(text.utf8), key: key, organization: TemporaryLedger.organization)
        }.result
    }

    @Test func `opens what it sealed, also after it was opened anew`() async throws {
        let place = TemporaryLedger()
        let box: Sealed
        do {
            let ledger = try place.open()
            box = try await sealed("Anna", ledger)
            #expect(try ledger.keyRing.open(box, organization: organization) == Array("Anna".utf8))
        }
        #expect(try place.open().keyRing.open(box, organization: organization) == Array("Anna".utf8))
        #expect(try place.open(readOnly: true).keyRing.open(box, organization: organization) == Array("Anna".utf8))
    }

    @Test func `opens nothing for another organization, and nothing that was altered`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        var box = try await sealed("Anna", ledger)
        #expect(try ledger.keyRing.open(box, organization: identifier(2)) == nil)
        box.box[box.box.count - 1] ^= 1
        #expect(try ledger.keyRing.open(box, organization: organization) == nil)
    }

    @Test func `destroys a key for good, in every page and for every opening, and keeps the others (C56)`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        let anna = try await sealed("Anna", ledger)
        let berta = try await sealed("Berta", ledger)
        let lookup = try ledger.keyRing.secret("lookup", bytes: 32, create: true)
        try ledger.keyRing.storePrivateKey(identifier(5), der: [1, 2, 3])
        let epoch = try Data(contentsOf: URL(fileURLWithPath: place.directory + "/keys/epoch"))
        let key = try #require(Identifier(bytes: anna.keyID))
        for _ in 0..<3 { try ledger.keyRing.destroy([key]) }
        #expect(try ledger.keyRing.open(anna, organization: organization) == nil)
        #expect(try ledger.keyRing.open(berta, organization: organization) == Array("Berta".utf8))
        #expect(try ledger.keyRing.secret("lookup", bytes: 32, create: false) == lookup)
        #expect(try ledger.keyRing.privateKey(identifier(5)) == [1, 2, 3])
        // What wrapped the key is nowhere in the file any more.
        let now = try Data(contentsOf: URL(fileURLWithPath: place.directory + "/keys/epoch"))
        #expect(now.range(of: epoch.drop(while: { $0 == 0 }).prefix(68)) == nil)
        #expect(try ledger.findings().isEmpty)
        let next = try await sealed("Clara", ledger)
        #expect(try ledger.keyRing.open(next, organization: organization) == Array("Clara".utf8))
    }

    @Test func `destroys a key with the commit that asks for it, and none with a decision that throws`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        let anna = try await sealed("Anna", ledger)
        let key = try #require(Identifier(bytes: anna.keyID))
        await #expect(throws: Regretted.self) {
            try await ledger.submit { context in
                context.destroyKey(key)
                throw Regretted()
            }
        }
        #expect(try ledger.keyRing.open(anna, organization: organization) != nil)
        try await ledger.submit { context in
            try context.append(created("erased"))
            context.destroyKey(key)
        }
        #expect(try ledger.keyRing.open(anna, organization: organization) == nil)
        #expect(try ledger.snapshot().count(Layout.erasures) == 0)
    }

    @Test func `finishes at the next start an erasure that a crash cut off`() async throws {
        let place = TemporaryLedger()
        let anna: Sealed
        do {
            let ledger = try place.open()
            anna = try await sealed("Anna", ledger)
            try place.tamper(["erasures"]) { try $0.put(Database(name: "erasures"), Array(anna.keyID), []) }
        }
        let ledger = try place.open()
        #expect(try ledger.keyRing.open(anna, organization: organization) == nil)
        #expect(try ledger.snapshot().count(Layout.erasures) == 0)
    }

    @Test func `forgets in this process what another one destroyed`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        let anna = try await sealed("Anna", ledger)
        let berta = try await sealed("Berta", ledger)
        #expect(try ledger.keyRing.open(anna, organization: organization) != nil)
        let (directory, key) = (place.directory, Array(anna.keyID).hexadecimal)
        await #expect(processExitsWith: .success) { [directory = directory as String, key = key as String] in
            let other = try Ledger.open(LedgerOptions(directory: directory, mapSizeBytes: 1 << 28), projection: NameProjection())
            try other.keyRing.destroy([try #require(Identifier(key))])
        }
        #expect(try ledger.keyRing.open(anna, organization: organization) == nil)
        #expect(try ledger.keyRing.open(berta, organization: organization) == Array("Berta".utf8))
        _ = try await sealed("Clara", ledger)
    }

    @Test func `gives one refusal key for an organization and month`() throws {
        let place = TemporaryLedger()
        let ring = try place.open().keyRing
        let key = try ring.refusalKey(organization: organization, month: "2026-11")
        #expect(try ring.refusalKey(organization: organization, month: "2026-11") == key)
        #expect(try ring.refusalKey(organization: organization, month: "2026-12") != key)
        let box = try ring.seal([1], key: key, organization: organization)
        #expect(try ring.open(box, organization: organization) == [1])
    }

    @Test func `leaves a ledger that came without its keys readable`() async throws {
        let place = TemporaryLedger()
        let box: Sealed
        do { box = try await sealed("Anna", try place.open()) }
        try FileManager.default.removeItem(atPath: place.directory + "/keys")
        do {
            let ledger = try place.open(readOnly: true)
            #expect(try ledger.keyRing.open(box, organization: organization) == nil)
            #expect(try ledger.names() == ["Anna"])
        }
        let ledger = try place.open(create: false)
        #expect(try ledger.keyRing.open(box, organization: organization) == nil)
        _ = try await sealed("Berta", ledger)
    }

    @Test func `compresses evidence before it seals it`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        let bytes = Array(String(repeating: "<saml:Attribute/>", count: 300).utf8)
        let key = try ledger.keyRing.refusalKey(organization: organization, month: "2026-11")
        let sealed = try ledger.keyRing.seal(Packing.pack(bytes), key: key, organization: organization)
        // The key's ID is stored where the event doesn't name it, and wherever an event of revision 1 has a response.
        var received = AssertionReceived()
        for (isNamed, revision) in [(false, UInt32(1)), (false, 2), (true, 2)] {
            if isNamed { received.personal = sealed }
            let stored = EvidenceBox.bytes(sealed, of: received)
            #expect(stored.count == sealed.box.count + (isNamed ? 0 : 16) && stored.count < 200)
            let found = try #require(EvidenceBox.sealed(stored, of: received, revision: revision))
            #expect(try EvidenceBox.open(found, ledger.keyRing, organization: organization, knowing: { _ in nil }) == bytes)
        }
        let earlier = Array(sealed.keyID) + Array(sealed.box)
        let found = try #require(EvidenceBox.sealed(earlier, of: received, revision: 1))
        #expect(try EvidenceBox.open(found, ledger.keyRing, organization: organization, knowing: { _ in nil }) == bytes)
        #expect(Packing.unpack([9, 1]) == nil)
    }
}
