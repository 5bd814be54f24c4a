public import Events
public import IdentityLedger
import LMDB
import Ledger
import Projections

/// All events folded into new projections beside the live ones, compared, and put in their place in one transaction.
public struct Rebuild: JSONView {
    /// How many events were folded.
    public let events: UInt64
    /// Every database, compared.
    public let projections: [ProjectionComparison]
    /// The rows that differ: the first of them.
    public let differences: [RowChange]
    /// How many more differ than are told.
    public let differencesLeftOut: UInt64
    /// Whether the rebuilt rows took the place of the live ones; not needed where both are equal.
    public let swapped: Bool

    /// Whether the live rows were those that the events make.
    public var equal: Bool { projections.allSatisfy(\.isEqual) }

    /// Folds, compares, and swaps where they differ.
    ///
    /// - Parameters:
    ///   - isDryRun: Compares only; nothing is swapped.
    ///   - told: How many differences are told at most.
    /// - Throws: What can't be read; then nothing was changed.
    public init(
        _ service: IdentityLedger, isDryRun: Bool = false, told: Int = 100, progress: (UInt64) -> Void = { _ in }
    ) async throws {
        let snapshot = try service.ledger.snapshot()
        var state = MemoryState()
        try state.foldAll(snapshot, progress: progress)
        events = snapshot.head
        projections = try ProjectionComparison.all(snapshot, state)
        var differences: [RowChange] = []
        var leftOut: UInt64 = 0
        for (table, comparison) in zip(StateTable.allCases, projections) where !comparison.isEqual {
            try RowDifference.forEach(table, live: snapshot, made: state) { difference in
                if differences.count < told {
                    differences.append(RowChange(difference, in: state, of: service))
                } else {
                    leftOut += 1
                }
                return true
            }
        }
        self.differences = differences
        differencesLeftOut = leftOut
        swapped = !isDryRun && projections.contains { !$0.isEqual }
        if swapped { try await Self.swap(state, in: service) }
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
                try context.replaceRows(Database(name: table.rawValue), try state.rows(table, prefix: []))
            }
        }
    }

    /// The contract's shape.
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
            "swapped": .bool(swapped), "differences": .array(differences.map(\.json)),
            "differencesLeftOut": JSON(differencesLeftOut),
        ]
    }
}
