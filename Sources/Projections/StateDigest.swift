import Crypto
import Events

/// What one database of the projections holds, to be compared with a rebuild.
public struct StateDigest: Sendable, Hashable, Codable {
    /// The database.
    public let name: String
    /// SHA-256 over all rows in the order of their keys, each as length, key, length, value; lowercase hexadecimal.
    public let digest: String
    /// How many rows there are.
    public let rows: Int

    /// The digests of all databases, in the order of ``StateTable``.
    public static func all<Reader: RowReader & ~Copyable>(_ reader: borrowing Reader) throws -> [StateDigest] {
        var digests: [StateDigest] = []
        for table in StateTable.allCases {
            var hash = SHA256()
            var rows = 0
            var last: [UInt8] = []
            // In pieces, so that a reader's scan ends soon (DESIGN, LMDB).
            while true {
                let piece = try reader.rows(table, prefix: [], after: rows == 0 ? nil : last, limit: 10_000)
                for row in piece {
                    hash.update(data: UInt64(row.key.count).bigEndianBytes + row.key)
                    hash.update(data: UInt64(row.value.count).bigEndianBytes + row.value)
                }
                rows += piece.count
                guard piece.count == 10_000, let end = piece.last else { break }
                last = end.key
            }
            digests.append(StateDigest(name: table.rawValue, digest: Array(hash.finalize()).hexadecimal, rows: rows))
        }
        return digests
    }
}
