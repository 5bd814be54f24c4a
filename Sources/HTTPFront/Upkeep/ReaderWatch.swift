import Ledger

/// Tells readers that stand still from those that come and go: one that holds the same snapshot at two looks in a row, with commits since,
/// keeps the file growing (lmdb.h, Caveats: "Avoid long-lived transactions").
struct ReaderWatch {
    private var former: Set<StorageFigures.Reader> = []
    private var told: Set<Int> = []

    /// - Returns: Readers to warn of, each process once until it has moved on.
    mutating func look(_ readers: [StorageFigures.Reader]) -> [StorageFigures.Reader] {
        let standing = readers.filter { reader in
            reader.commitsBehind > 0 && former.contains { $0.process == reader.process && $0.transaction == reader.transaction }
        }
        let new = standing.filter { !told.contains($0.process) }
        told = Set(standing.map(\.process))
        former = Set(readers)
        return new
    }
}
