public import Events

extension Snapshot {
    private static let batchSize = 2048

    /// Events in order with their stored bytes, and what they say, until `body` returns false; decoded many at a time.
    ///
    /// - Parameter onAllProcessors: False where somebody else waits for these: a server reads so beside its logins.
    public func forEachDecodedEvent(
        from first: UInt64 = 1, through last: UInt64? = nil, onAllProcessors: Bool = true,
        _ body: (_ sequence: UInt64, _ bytes: [UInt8], _ event: Result<Event, EventError>) throws -> Bool
    ) throws {
        try forEachBatch(from: first, through: last) { batch in
            let events =
                onAllProcessors
                ? concurrently(batch) { entry in Event.decoding(entry.bytes) } : batch.map { entry in Event.decoding(entry.bytes) }
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
