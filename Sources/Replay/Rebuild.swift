public import Events
public import IdentityLedger
import LMDB
import Ledger
import Projections

/// All events folded into new projections beside the live ones, compared, and put in their place in one transaction.
public struct Rebuild: JSONView {
    /// One database of the projections, live and rebuilt.
    public struct Comparison: Sendable, Hashable {
        public let name: String
        public let liveDigest: String
        public let rebuiltDigest: String
        public let rows: Int
    }

    public let events: UInt64
    public let projections: [Comparison]
    /// Whether the rebuilt rows took the place of the live ones; not needed where both are equal.
    public let swapped: Bool

    public var equal: Bool { projections.allSatisfy { $0.liveDigest == $0.rebuiltDigest } }

    public init(_ service: IdentityLedger, progress: (UInt64) -> Void = { _ in }) async throws {
        let snapshot = try service.ledger.snapshot()
        var state = MemoryState()
        try snapshot.forEachEvent { sequence, bytes in
            try state.fold(try Event(decoding: bytes))
            if sequence % 1024 == 0 { progress(sequence) }
            return true
        }
        events = snapshot.head
        projections = zip(try StateDigest.all(snapshot), try StateDigest.all(state)).map { live, rebuilt in
            Comparison(name: live.name, liveDigest: live.digest, rebuiltDigest: rebuilt.digest, rows: rebuilt.rows)
        }
        let differ = projections.contains { $0.liveDigest != $0.rebuiltDigest }
        if differ { try await Self.swap(state, in: service) }
        swapped = differ
    }

    // What was appended since the snapshot is folded first, so that the rows are those of the newest event.
    private static func swap(_ folded: MemoryState, in service: IdentityLedger) async throws {
        _ = try await service.ledger.submit { context in
            var state = folded
            while state.sequence < context.head {
                guard let event = try context.event(state.sequence + 1) else { break }
                try state.fold(event)
            }
            for table in StateTable.allCases {
                var rows: [(key: [UInt8], value: [UInt8])] = []
                state.scanRows(table) { rows.append(($0, $1)) }
                try context.replaceRows(Database(name: table.rawValue), rows)
            }
        }
    }

    public var json: JSON {
        [
            "events": JSON(events), "equal": .bool(equal),
            "projections": .array(
                projections.map {
                    [
                        "name": .string($0.name), "liveDigest": .string($0.liveDigest), "rebuiltDigest": .string($0.rebuiltDigest),
                        "rows": .integer(Int64($0.rows)),
                    ]
                }),
            "swapped": .bool(swapped),
        ]
    }
}

extension MemoryState {
    fileprivate func scanRows(_ table: StateTable, _ body: ([UInt8], [UInt8]) -> Void) {
        try? scanRows(table, from: [], reverse: false) { key, value in
            body(key, value)
            return true
        }
    }
}
