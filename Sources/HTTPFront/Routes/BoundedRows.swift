import Synchronization

/// How far a spreadsheet goes on: so many rows, and so many pieces that were looked through for them.
final class BoundedRows: Sendable {
    static let mostRows = 100_000
    private static let mostPieces = 200

    private let left = Mutex((rows: mostRows, pieces: mostPieces))

    /// Whether another piece may be read after one of so many rows.
    func goOn(after rows: Int) -> Bool {
        left.withLock { left in
            left.rows -= rows
            left.pieces -= 1
            return left.rows > 0 && left.pieces > 0
        }
    }
}
