import Events
import Foundation
import LMDB
import Synchronization
import Testing

@testable import Ledger

@Suite struct `Opening a ledger` {
    private let digits = String(repeating: "0a", count: 32)

    @Test func `finds everything again`() async throws {
        let place = TemporaryLedger()
        let root: [UInt8]
        do {
            let ledger = try place.open()
            try await ledger.create("a", "b", "c")
            root = try ledger.snapshot().root()
        }
        let ledger = try place.open(create: false)
        #expect(try ledger.head == 3)
        #expect(try ledger.names() == ["a", "b", "c"])
        #expect(try ledger.snapshot().root() == root)
    }

    @Test func `refuses a directory without one, and makes nothing there`() throws {
        let place = TemporaryLedger()
        for readOnly in [false, true] {
            let error = #expect(throws: LedgerError.self) { try place.open(create: false, readOnly: readOnly) }
            #expect(error?.code == .notALedger)
        }
        #expect(!FileManager.default.fileExists(atPath: place.directory))
    }

    @Test func `refuses an LMDB environment of something else`() throws {
        let place = TemporaryLedger()
        try FileManager.default.createDirectory(atPath: place.directory + "/ledger", withIntermediateDirectories: true)
        do {
            let environment = try Environment.open(
                path: place.directory + "/ledger", mapSizeBytes: 1 << 26, maxDatabases: 64, readOnly: false)
            try environment.open([Database(name: "other")], create: true)
        }
        let path = URL(fileURLWithPath: place.directory + "/ledger/data.mdb")
        let before = try Data(contentsOf: path)
        let error = #expect(throws: LedgerError.self) { try place.open() }
        #expect(error?.code == .notALedger)
        #expect(try Data(contentsOf: path) == before)
    }

    @Test func `goes on for reading where the newest event is damaged, so that verification can say so`() async throws {
        let place = TemporaryLedger()
        do { try await place.open().create("a", "b") }
        try place.tamper(["events"]) { try $0.put(Database(name: "events"), UInt64(2).bigEndianBytes, [255, 255, 255]) }
        let error = #expect(throws: LedgerError.self) { try place.open(create: false) }
        #expect(error?.code == .damaged)
        let findings = try place.open(create: false, readOnly: true).findings()
        #expect(findings.contains { $0.sequence == 2 && $0.kind == "event" })
        #expect(findings.contains { $0.sequence == 2 && $0.kind == "tree" })
    }

    @Test func `makes projections anew while the former program goes on appending, which then is refused clearly`() async throws {
        let place = TemporaryLedger()
        let former = try place.open()
        try await former.create("a", "b")
        let late = Mutex(0)
        let ledger = try place.open(
            projection: NameProjection(version: 2),
            rebuilding: { _, _ in
                guard
                    late.withLock({ count in
                        count += 1
                        return count == 1
                    })
                else { return }
                let done = DispatchSemaphore(value: 0)
                Task {
                    _ = try await former.create("late")
                    done.signal()
                }
                done.wait()
            })
        #expect(late.withLock { $0 } >= 1)
        #expect(try ledger.names() == ["a", "b", "late"])
        let row = try ledger.snapshot().get(NameProjection.names, Array("late".utf8))
        #expect(row?.last == 2, "made by the newer version")
        let refused = await #expect(throws: LedgerError.self) { try await former.create("too late") }
        #expect(refused?.code == .newerSchema)
        try await ledger.create("c")
        #expect(try ledger.head == 4)
        #expect(!FileManager.default.fileExists(atPath: place.directory + "/projections-\(getpid())"))
    }

    @Test func `takes nothing more once it is closed, but keeps what was given before`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        try await ledger.create("a")
        ledger.close()
        await #expect(throws: LedgerError.self) { try await ledger.create("b") }
        #expect(try place.open().names() == ["a"])
    }

    @Test func `refuses a file of something else`() throws {
        let place = TemporaryLedger()
        try FileManager.default.createDirectory(atPath: place.directory + "/ledger", withIntermediateDirectories: true)
        try Data(repeating: 0x20, count: 1 << 16).write(to: URL(fileURLWithPath: place.directory + "/ledger/data.mdb"))
        let error = #expect(throws: LedgerError.self) { try place.open() }
        #expect(error?.code == .notALedger)
    }

    @Test func `for reading writes nothing`() async throws {
        let place = TemporaryLedger()
        try await place.open().create("a")
        let before = try Data(contentsOf: URL(fileURLWithPath: place.directory + "/ledger/data.mdb"))
        do {
            let ledger = try place.open(readOnly: true)
            #expect(try ledger.names() == ["a"])
            let error = await #expect(throws: LedgerError.self) { try await ledger.create("b") }
            #expect(error?.code == .readOnly)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.directory + "/ledger/data.mdb")) == before)
    }

    @Test func `refuses what a newer program wrote by its name, and never drops it`() async throws {
        let place = TemporaryLedger()
        try await place.open().create("a")
        var newer = created("b")
        newer.sequence = 2
        newer.schemaRevision = Event.currentSchemaRevision + 1
        let bytes = try newer.encoded()
        let open = try place.open()
        try place.tamper(["events"]) { try $0.append(Database(name: "events"), UInt64(2).bigEndianBytes, bytes) }
        let writing = await #expect(throws: LedgerError.self) { try await open.create("c") }
        #expect(writing?.code == .newerSchema)
        let reading = #expect(throws: LedgerError.self) { try open.snapshot().event(2) }
        #expect(reading?.code == .newerSchema)
        let opening = #expect(throws: LedgerError.self) { try place.open() }
        #expect(opening?.code == .newerSchema)
        #expect(try open.findings().contains { $0.sequence == 2 && $0.kind == "event" })
    }

    @Test func `folds all events anew for a newer projection, and refuses an older one`() async throws {
        let place = TemporaryLedger()
        do { try await place.open().create("a", "b") }
        let reading = #expect(throws: LedgerError.self) { try place.open(readOnly: true, projection: NameProjection(version: 2)) }
        #expect(reading?.code == .newerSchema)
        do {
            let ledger = try place.open(projection: NameProjection(version: 2))
            #expect(try ledger.snapshot().get(NameProjection.names, Array("b".utf8))?.last == 2)
        }
        let error = #expect(throws: LedgerError.self) { try place.open() }
        #expect(error?.code == .newerSchema)
    }

    @Test func `keeps a snapshot as it was`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        try await ledger.create("a")
        let snapshot = try ledger.snapshot()
        try await ledger.create("b")
        #expect(snapshot.head == 1)
        #expect(try snapshot.event(2) == nil)
        #expect(try snapshot.get(NameProjection.names, Array("b".utf8)) == nil)
        #expect(try ledger.head == 2)
    }

    @Test func `makes a master key once, for its owner alone, and says so`() throws {
        let place = TemporaryLedger()
        #expect(try place.open().madeMasterKey == place.directory + "/master.key")
        #expect(try place.open().madeMasterKey == nil)
        for path in ["/master.key", "/keys/epoch", "/keys/data.mdb", "/ledger/data.mdb"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: place.directory + path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
        for path in ["", "/keys", "/ledger"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: place.directory + path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
        }
    }

    @Test func `refuses a master key that others can read (C54), a wrong one, and none`() throws {
        let place = TemporaryLedger()
        _ = try place.open()
        let wrong = #expect(throws: LedgerError.self) { try place.open(masterKey: digits) }
        #expect(wrong?.code == .masterKeyWrong)
        let malformed = #expect(throws: LedgerError.self) { try place.open(masterKey: "0a") }
        #expect(malformed?.code == .masterKeyWrong)
        let path = place.directory + "/master.key"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let open = #expect(throws: LedgerError.self) { try place.open() }
        #expect(open?.code == .noPermission)
        try FileManager.default.removeItem(atPath: path)
        let missing = #expect(throws: LedgerError.self) { try place.open() }
        #expect(missing?.code == .masterKeyMissing)
        #expect(try !place.open(readOnly: true).keyRing.isAvailable)
    }
}
