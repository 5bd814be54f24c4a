import Dispatch
public import Events
import Synchronization

extension Snapshot {
    private static let batchSize = 2048
    private static let batchBytes = 8 << 20

    /// Events in order with their stored bytes, and what they say, until `body` returns false; decoded many at a time.
    ///
    /// - Parameter onAllProcessors: False where somebody else waits for these: a server reads so beside its logins.
    public func forEachDecodedEvent(
        from first: UInt64 = 1, through last: UInt64? = nil, onAllProcessors: Bool = true,
        _ body: (_ sequence: UInt64, _ bytes: [UInt8], _ event: Result<Event, EventError>) throws -> Bool
    ) throws {
        guard onAllProcessors else {
            return try forEachEvent(from: first, through: last) { sequence, bytes in try body(sequence, bytes, Event.decoding(bytes)) }
        }
        try forEachBatch(from: first, through: last, Event.decoding) { batch, events in
            for (entry, event) in zip(batch, events) { guard try body(entry.sequence, entry.bytes, event) else { return false } }
            return true
        }
    }

    /// A stored event.
    typealias Stored = (sequence: UInt64, bytes: [UInt8])

    /// Stored events in order, many at a time, with what was made of each one's bytes on all processors, until `body` returns false.
    /// While `body` works on some, the next ones are on their way.
    func forEachBatch<Made: Sendable>(
        from first: UInt64 = 1, through last: UInt64? = nil, _ make: @escaping @Sendable ([UInt8]) -> Made,
        _ body: (_ batch: [Stored], _ made: [Made]) throws -> Bool
    ) throws {
        var batch: [Stored] = []
        var bytesInBatch = 0
        var onItsWay: WorkAhead<Made>?
        var goesOn = true
        func startNext() throws {
            let next = WorkAhead(batch, make)
            batch = []
            bytesInBatch = 0
            if let onItsWay { goesOn = try onItsWay.finish(body) }
            onItsWay = next
        }
        try forEachEvent(from: first, through: last) { sequence, bytes in
            batch.append((sequence, bytes))
            bytesInBatch += bytes.count
            if batch.count >= Self.batchSize || bytesInBatch >= Self.batchBytes { try startNext() }
            return goesOn
        }
        if goesOn, !batch.isEmpty { try startNext() }
        if goesOn, let onItsWay { _ = try onItsWay.finish(body) }
    }
}

/// Work on some events that goes on elsewhere. At one time there are three batches: one that is read, one that is worked on, one that is told.
private final class WorkAhead<Made: Sendable>: Sendable {
    private let batch: [Snapshot.Stored]
    private let made = Mutex<[Made]>([])
    private let done = DispatchGroup()

    init(_ batch: [Snapshot.Stored], _ make: @escaping @Sendable ([UInt8]) -> Made) {
        self.batch = batch
        DispatchQueue.global().async(group: done) { [self] in
            let all = concurrently(batch) { make($0.bytes) }
            made.withLock { $0 = all }
        }
    }

    func finish(_ body: ([Snapshot.Stored], [Made]) throws -> Bool) rethrows -> Bool {
        done.wait()
        return try body(batch, made.withLock { $0 })
    }
}
