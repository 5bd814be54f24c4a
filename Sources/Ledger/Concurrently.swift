import Dispatch
public import Events
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The same for each item, on all processors, in the items' order: decoding and hashing of a long history.
public func concurrently<Item: Sendable, Result: Sendable>(_ items: [Item], _ transform: @Sendable (Item) -> Result) -> [Result] {
    let processors = ProcessInfo.processInfo.activeProcessorCount
    guard items.count >= 64, processors > 1 else { return items.map(transform) }
    let pieces = Mutex<[Int: [Result]]>([:])
    let size = (items.count + processors - 1) / processors
    DispatchQueue.concurrentPerform(iterations: processors) { piece in
        let start = min(piece * size, items.count)
        let done = items[start..<min(start + size, items.count)].map(transform)
        pieces.withLock { $0[piece] = done }
    }
    let done = pieces.withLock { $0 }
    return (0..<processors).flatMap { done[$0] ?? [] }
}

extension Snapshot {
    private static let batchSize = 2048

    /// Events in order with their stored bytes, and what they say, until `body` returns false; decoded many at a time.
    public func forEachDecodedEvent(
        from first: UInt64 = 1, through last: UInt64? = nil,
        _ body: (_ sequence: UInt64, _ bytes: [UInt8], _ event: Result<Event, EventError>) throws -> Bool
    ) throws {
        try forEachBatch(from: first, through: last) { batch in
            let events = concurrently(batch) { entry in Event.decoding(entry.bytes) }
            for (entry, event) in zip(batch, events) { guard try body(entry.sequence, entry.bytes, event) else { return false } }
            return true
        }
    }

    /// Stored events in order, many at a time, until `body` returns false.
    func forEachBatch(
        from first: UInt64 = 1, through last: UInt64? = nil, _ body: (_ batch: [(sequence: UInt64, bytes: [UInt8])]) throws -> Bool
    ) throws {
        var batch: [(sequence: UInt64, bytes: [UInt8])] = []
        var goesOn = true
        try forEachEvent(from: first, through: last) { sequence, bytes in
            batch.append((sequence, bytes))
            guard batch.count >= Self.batchSize else { return true }
            goesOn = try body(batch)
            batch.removeAll(keepingCapacity: true)
            return goesOn
        }
        if goesOn, !batch.isEmpty { _ = try body(batch) }
    }
}

extension Event {
    /// An event's stored bytes, read; or why they can't be.
    public static func decoding(_ bytes: [UInt8]) -> Result<Event, EventError> {
        do throws(EventError) { return .success(try Event(decoding: bytes)) } catch { return .failure(error) }
    }
}
