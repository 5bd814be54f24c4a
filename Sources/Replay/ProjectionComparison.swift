import Events
import Ledger
import Projections

/// One database of the projections: as it is, and as a fold of all events from nothing makes it.
public struct ProjectionComparison: Sendable, Hashable {
    /// The database's name.
    public let name: String
    /// SHA-256 of the live rows, in hexadecimal.
    public let liveDigest: String
    /// SHA-256 of the rebuilt rows, in hexadecimal.
    public let rebuiltDigest: String
    /// How many rows the rebuilt one has.
    public let rows: Int

    /// Whether both hold the same rows, byte for byte.
    public var isEqual: Bool { liveDigest == rebuiltDigest }

    /// Every database, in the order of their names in the layout.
    static func all(_ snapshot: Snapshot, _ rebuilt: MemoryState) throws -> [ProjectionComparison] {
        zip(try StateDigest.all(snapshot), try StateDigest.all(rebuilt)).map { live, rebuilt in
            ProjectionComparison(name: live.name, liveDigest: live.digest, rebuiltDigest: rebuilt.digest, rows: rebuilt.rows)
        }
    }
}

extension MemoryState {
    /// Folds all events of a snapshot, with what was folded so far left in place where one can't be read.
    mutating func foldAll(_ snapshot: Snapshot, progress: (UInt64) -> Void = { _ in }) throws {
        try snapshot.forEachDecodedEvent { sequence, _, event in
            try fold(try event.get())
            if sequence % 1024 == 0 { progress(sequence) }
            return true
        }
    }
}
