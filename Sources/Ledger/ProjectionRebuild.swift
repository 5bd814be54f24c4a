import Events
import LMDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Makes the projections anew beside those that are there, in an environment of its own, and swaps the rows in one transaction: while it folds,
/// whoever has the former version goes on reading and appending, and a crash leaves what was there.
struct ProjectionRebuild {
    private static let batchSize = 4096

    private let live: Environment
    private let projection: any Projection
    private let options: LedgerOptions
    private var databases: [Database] { projection.databases.map { Database(name: $0) } }

    init(_ live: Environment, _ projection: any Projection, _ options: LedgerOptions) {
        self.live = live
        self.projection = projection
        self.options = options
    }

    func run() throws(LedgerError) {
        let place = "\(options.directory)/projections-\(ProcessInfo.processInfo.processIdentifier)"
        do {
            removeLeftovers()
            try Files.makeDirectory(place)
            defer { try? FileManager.default.removeItem(atPath: place) }
            let beside = try Environment.open(path: place, mapSizeBytes: options.mapSizeBytes, maxDatabases: 64, readOnly: false, share: 4)
            try beside.open(databases, create: true)
            let folded = try foldAll(into: beside)
            try swap(beside, folded)
        } catch {
            throw LedgerError(any: error, in: options.directory)
        }
    }

    // Of this process, and of those that ended in the middle.
    private func removeLeftovers() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: options.directory)) ?? [] where name.hasPrefix("projections-") {
            guard let process = Int32(name.dropFirst("projections-".count)) else { continue }
            let isAlive = process != ProcessInfo.processInfo.processIdentifier && (kill(process, 0) == 0 || errno == EPERM)
            if !isAlive { try? FileManager.default.removeItem(atPath: "\(options.directory)/\(name)") }
        }
    }

    // From now on nobody appends: what came meanwhile is folded, and the rows are put in their place.
    private func swap(_ beside: Environment, _ folded: UInt64) throws {
        var transaction = try live.beginWrite()
        // Another process may have been quicker.
        guard try transaction.get(Layout.meta, Layout.projectionKey) != Layout.projection(projection) else { return }
        var next = folded
        while true {
            let batch = try Self.events(after: next, in: transaction)
            guard let last = batch.last else { break }
            try fold(batch, into: beside)
            next = last.sequence
        }
        let rows = try beside.beginRead()
        for database in databases {
            try transaction.clear(database)
            // Rows are read in pieces, since a scan can't write.
            var from: [UInt8] = []
            while true {
                var piece: [(key: [UInt8], value: [UInt8])] = []
                try rows.scan(database, from: from, reverse: false) { key, value in
                    if key != from { piece.append((key, value)) }
                    return piece.count < Self.batchSize
                }
                guard let last = piece.last else { break }
                for row in piece { try transaction.append(database, row.key, row.value) }
                from = last.key
            }
        }
        for former in projection.formerDatabases.map(Database.init(name:)) where live.isOpen(former) { try transaction.clear(former) }
        try transaction.put(Layout.meta, Layout.projectionKey, Layout.projection(projection))
        try transaction.commit()
    }

    /// Folds what there is, a short transaction at a time.
    ///
    /// - Returns: The last event that was folded.
    private func foldAll(into beside: Environment) throws -> UInt64 {
        var done: UInt64 = 0
        while true {
            let reading = try live.beginRead()
            let batch = try Self.events(after: done, in: reading)
            guard let last = batch.last else { return done }
            let head = try reading.last(Layout.events).flatMap { UInt64(bigEndianBytes: $0.key) } ?? last.sequence
            try fold(batch, into: beside)
            done = last.sequence
            options.rebuilding(done, head)
        }
    }

    private func fold(_ batch: [Event], into beside: Environment) throws {
        var transaction = try beside.beginWrite()
        for event in batch { try projection.fold(event, into: &transaction) }
        try transaction.commit()
    }

    private static func events(after sequence: UInt64, in reader: borrowing some DatabaseReader & ~Copyable) throws -> [Event] {
        var batch: [[UInt8]] = []
        try reader.scan(Layout.events, from: (sequence + 1).bigEndianBytes, reverse: false) { _, value in
            batch.append(value)
            return batch.count < batchSize
        }
        let decoded: [Result<Event, EventError>] = concurrently(batch) { Event.decoding($0) }
        return try decoded.map { event in try event.mapError { LedgerError($0) }.get() }
    }
}
