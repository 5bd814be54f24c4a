import Events
import Foundation
import Testing

@testable import Ledger

@Suite struct `A ledger's figures` {
    @Test func `name a reader that stands still, and how far it is behind`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        try await ledger.create("a")
        let held = try ledger.snapshot()
        for name in ["b", "c", "d"] { try await ledger.create(name) }
        let reader = try #require(try ledger.storage().readers.first)
        #expect(reader.process == Int(getpid()))
        #expect(reader.commitsBehind == 3)
        #expect(held.head == 1)
        #expect(try ledger.clearStaleReaders() == 0, "a process that lives keeps its snapshot")
    }

    @Test func `count rows and bytes of each database, and what the writer did`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        for name in ["a", "b", "c"] { try await ledger.create(name) }
        let storage = try ledger.storage()
        let events = try #require(storage.databases.first { $0.name == "events" })
        #expect(events.rows == 3 && events.bytes > 0)
        #expect(storage.readers.isEmpty)
        #expect(storage.usedBytes <= storage.mapSizeBytes && storage.freeBytes < storage.usedBytes)
        #expect(ledger.writing.commitSeconds.count == 3)
        #expect(ledger.writing.batchSizes.sum == 3)
        #expect(ledger.writing.failures == 0 && ledger.writing.waiting == 0)
    }

    @Test func `go into buckets up to their bounds`() {
        var histogram = Histogram(bounds: [1, 10])
        for value in [0.5, 1, 5, 100] { histogram.observe(value) }
        #expect(histogram.counts == [2, 3])
        #expect(histogram.count == 4 && histogram.sum == 106.5)
    }

    @Test func `show a map that grew while another process had it open`() async throws {
        let place = TemporaryLedger()
        let small = try place.open(mapSizeBytes: 1 << 20)
        let name = String(repeating: "n", count: 400)
        for number in 0..<3000 { try await small.create("\(name)\(number)") }
        #expect(try small.storage().mapSizeBytes > 1 << 20)
        #expect(try small.head == 3000)
    }
}
