public import Events
public import LMDB
import Synchronization

/// One read transaction: the ledger as it stood at one commit.
///
/// An old snapshot keeps the file growing: take one, read, let it go.
public final class Snapshot: Sendable {
    // lmdb.h, MDB_NOTLS: "a read-only transaction may span threads if the user synchronizes its use".
    private let transaction: Mutex<ReadTransaction>
    let ledger: Ledger
    /// The newest event's sequence; 0: none.
    public let head: UInt64

    init(_ ledger: Ledger) throws(LedgerError) {
        self.ledger = ledger
        let directory = ledger.options.directory
        var newest: UInt64 = 0
        let begun = try translating(directory) { () throws(LMDBError) in
            let transaction = try ledger.environment.beginRead()
            try transaction.scan(Layout.events, from: [], reverse: true) { key, _ in
                newest = UInt64(bigEndianBytes: key) ?? 0
                return false
            }
            return transaction
        }
        transaction = Mutex(begun)
        head = newest
    }

    /// The stored bytes; nil where there is no event of that sequence.
    public func eventBytes(_ sequence: UInt64) throws(LedgerError) -> [UInt8]? { try get(Layout.events, sequence.bigEndianBytes) }

    /// The event; what this program can't interpret is an error.
    public func event(_ sequence: UInt64) throws(LedgerError) -> Event? {
        guard let bytes = try eventBytes(sequence) else { return nil }
        return try Self.decode(bytes)
    }

    static func decode(_ bytes: [UInt8]) throws(LedgerError) -> Event {
        do { return try Event(decoding: bytes) } catch { throw LedgerError(error) }
    }

    /// SHA-256 of 0x00 and the event's bytes, as stored (RFC 6962 §2.1).
    public func leafHash(_ sequence: UInt64) throws(LedgerError) -> [UInt8]? {
        sequence == 0 ? nil : try get(Layout.tree, Layout.node(0, sequence - 1))
    }

    /// Events in order with their stored bytes, until `body` returns false.
    public func forEachEvent(
        from first: UInt64 = 1, through last: UInt64? = nil, _ body: (_ sequence: UInt64, _ bytes: [UInt8]) throws -> Bool
    ) throws {
        let end = min(last ?? head, head)
        var failure: (any Error)?
        try scan(Layout.events, from: max(1, first).bigEndianBytes, reverse: false) { key, bytes in
            guard let sequence = UInt64(bigEndianBytes: key), sequence <= end else { return false }
            do { return try body(sequence, bytes) } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
    }

    /// The root hash of the first `size` leaves; of all of them by default.
    public func root(size: UInt64? = nil) throws -> [UInt8] { try MerkleTree.root(size: min(size ?? head, head), node) }

    /// The tree of the first `size` leaves, to go on from.
    public func frontier(size: UInt64) throws -> MerkleFrontier {
        var hashes: [[UInt8]] = []
        var before: UInt64 = 0
        for level in (0..<64).reversed() where size >> UInt64(level) & 1 == 1 {
            hashes.append(try node(level, before >> UInt64(level)))
            before += 1 << UInt64(level)
        }
        guard let frontier = MerkleFrontier(size: size, hashes: hashes) else {
            throw LedgerError(.damaged, "The tree has a hash that is none.", remedy: "Run “identity-ledger verify”.")
        }
        return frontier
    }

    /// RFC 6962 §2.1.1.
    public func inclusionProof(sequence: UInt64, size: UInt64) throws -> [[UInt8]] {
        try MerkleTree.inclusionProof(index: sequence - 1, size: size, node)
    }

    /// RFC 6962 §2.1.2.
    public func consistencyProof(old: UInt64, size: UInt64) throws -> [[UInt8]] {
        try MerkleTree.consistencyProof(old: old, size: size, node)
    }

    /// A C2SP hash tile: `width` hashes of height 8 at the tile level; nil where the tree is too small for it.
    public func tile(level: Int, index: UInt64, width: Int) throws(LedgerError) -> [UInt8]? {
        guard (0..<8).contains(level), (1...256).contains(width), index < 1 << 48,
            (index * 256 + UInt64(width)) <= head >> UInt64(8 * level)
        else { return nil }
        var hashes: [UInt8] = []
        for position in 0..<UInt64(width) {
            guard let hash = try get(Layout.tree, Layout.node(8 * level, index * 256 + position)) else { return nil }
            hashes += hash
        }
        return hashes
    }

    /// A C2SP entry bundle: `width` events from `index` × 256 on, each after its length in two bytes; nil where the log is too small for it.
    public func entryBundle(index: UInt64, width: Int) throws -> [UInt8]? {
        guard (1...256).contains(width), index < 1 << 48, index * 256 + UInt64(width) <= head else { return nil }
        var bundle: [UInt8] = []
        try forEachEvent(from: index * 256 + 1, through: index * 256 + UInt64(width)) { _, bytes in
            bundle += [UInt8(bytes.count >> 8), UInt8(truncatingIfNeeded: bytes.count)] + bytes
            return true
        }
        return bundle
    }

    private func node(_ level: Int, _ index: UInt64) throws -> [UInt8] {
        guard let hash = try get(Layout.tree, Layout.node(level, index)) else {
            throw LedgerError(
                .damaged, "The tree lacks the subtree \(index) of level \(level).", remedy: "Run “identity-ledger verify”.")
        }
        return hash
    }

    /// A row of a projection.
    public func get(_ database: Database, _ key: [UInt8]) throws(LedgerError) -> [UInt8]? {
        try reading { transaction throws(LMDBError) in try transaction.get(database, key) }
    }

    /// Rows in the order of their keys, from `from` on or backwards from it.
    public func scan(
        _ database: Database, from: [UInt8], reverse: Bool, _ body: ([UInt8], [UInt8]) throws(LMDBError) -> Bool
    ) throws(LedgerError) {
        // In pieces, with `body` outside the lock: it may read the snapshot itself.
        var from = from
        var skipsFirst = false
        while true {
            let rows = try piece(database, from: from, reverse: reverse)
            // The snapshot stands still: the next piece begins where the last one ended.
            guard !skipsFirst || rows.first?.key == from else { throw LedgerError(.searchMisses(database), in: ledger.options.directory) }
            for (index, row) in rows.enumerated() where !(skipsFirst && index == 0) {
                let goesOn = try translating(ledger.options.directory) { () throws(LMDBError) in try body(row.key, row.value) }
                if !goesOn { return }
            }
            guard rows.count == Self.pieceRows, let last = rows.last else { return }
            from = last.key
            skipsFirst = true
        }
    }

    private static let pieceRows = 64

    private func piece(
        _ database: Database, from: [UInt8], reverse: Bool
    ) throws(LedgerError) -> [(key: [UInt8], value: [UInt8])] {
        try reading { transaction throws(LMDBError) in
            var rows: [(key: [UInt8], value: [UInt8])] = []
            try transaction.scan(database, from: from, reverse: reverse) { key, value in
                rows.append((key, value))
                return rows.count < Self.pieceRows
            }
            return rows
        }
    }

    /// How many rows the database holds.
    public func count(_ database: Database) throws(LedgerError) -> Int {
        try reading { transaction throws(LMDBError) in try transaction.count(database) }
    }

    /// Reads in the transaction, which one at a time may.
    func reading<R: Sendable>(_ body: @Sendable (borrowing ReadTransaction) throws(LMDBError) -> R) throws(LedgerError) -> R {
        try translating(ledger.options.directory) { () throws(LMDBError) in
            try transaction.withLock { transaction throws(LMDBError) in try body(transaction) }
        }
    }
}
