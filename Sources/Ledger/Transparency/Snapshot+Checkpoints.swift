import Events
public import LMDB

extension Snapshot {
    /// Checkpoints that were signed, by size, from the one of `first` leaves on.
    public func checkpoints(from first: UInt64 = 0, limit: Int = .max) throws(LedgerError) -> [(size: UInt64, note: String)] {
        var found: [(UInt64, String)] = []
        try scan(Layout.checkpoints, from: first.bigEndianBytes, reverse: false) { key, value in
            if found.count < limit { found.append((UInt64(bigEndianBytes: key) ?? 0, String(decoding: value, as: UTF8.self))) }
            return found.count < limit
        }
        return found
    }

    /// The newest checkpoint that was signed.
    public func newestCheckpoint() throws(LedgerError) -> (size: UInt64, note: String)? {
        var newest: (UInt64, String)?
        try scan(Layout.checkpoints, from: [], reverse: true) { key, value in
            newest = (UInt64(bigEndianBytes: key) ?? 0, String(decoding: value, as: UTF8.self))
            return false
        }
        return newest
    }
}

extension WriteContext {
    /// Keeps a signed checkpoint of that many leaves.
    public mutating func keepCheckpoint(_ note: String, size: UInt64) throws(LMDBError) {
        try put(Layout.checkpoints, size.bigEndianBytes, Array(note.utf8))
    }
}
