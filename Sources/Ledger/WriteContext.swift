import Crypto
public import Events
public import LMDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a decision may see and do, inside the one write transaction: read the state with all that was folded before it, and append.
public struct WriteContext: ~Copyable {
    /// The clock's reading for this commit; never before the newest event's.
    public let instant: Instant
    /// The newest event's sequence; grows with every append.
    public private(set) var head: UInt64
    /// What was appended in this commit so far.
    private(set) var appended: [Event] = []
    private(set) var newKeys: [Identifier: (key: SymmetricKey, organization: Identifier)] = [:]
    private(set) var doomed: [Identifier] = []
    /// Grows with everything that is written: whether there is something to commit, and whether a decision that throws leaves something behind.
    private(set) var writes: UInt64 = 0
    private var hasTakenRoom = false
    private var transaction: WriteTransaction
    private let ledger: Ledger

    // Another process may have appended, or come with a newer program: both are seen in the transaction, never remembered.
    init(_ transaction: consuming WriteTransaction, of ledger: Ledger) throws(LedgerError) {
        let directory = ledger.options.directory
        let (newest, version) = try translating(directory) { () throws(LMDBError) in
            (try transaction.last(Layout.events), try transaction.get(Layout.meta, Layout.projectionKey))
        }
        guard version == Layout.projection(ledger.projection) else {
            throw LedgerError(
                .newerSchema, "Another version of identity-ledger took over the projections in \(directory).",
                remedy: "Restart with the newest version that is in use.")
        }
        let last = try newest.map { newest throws(LedgerError) in try Snapshot.decode(newest.value) }
        instant = Instant(nanoseconds: max(last?.recordedAt ?? 0, ledger.options.clock().nanoseconds))
        head = newest.flatMap { UInt64(bigEndianBytes: $0.key) } ?? 0
        self.transaction = transaction
        self.ledger = ledger
    }

    /// What LMDB answered instead of success, whoever caught it: nothing of this transaction may be committed.
    var failure: LMDBError? { transaction.failure() }

    // MARK: - One decision among others

    /// What a decision that throws goes back to.
    struct Mark {
        let head: UInt64
        let count: Int
        let keys: Set<Identifier>
        let doomed: Int
        let writes: UInt64
    }

    var mark: Mark {
        Mark(head: head, count: appended.count, keys: Set(newKeys.keys), doomed: doomed.count, writes: writes)
    }

    mutating func begin() throws(LMDBError) { try transaction.beginNested() }

    mutating func keep() throws(LMDBError) { try transaction.commitNested() }

    /// Nothing that was done since stays; rows only if they were written after ``begin()``.
    mutating func takeBack(to mark: Mark) {
        transaction.abortNested()
        head = mark.head
        appended.removeSubrange(mark.count...)
        newKeys = newKeys.filter { mark.keys.contains($0.key) }
        doomed.removeSubrange(mark.doomed...)
        writes = mark.writes
    }

    // MARK: - What a decision uses

    /// The sequence that the next event gets.
    public var nextSequence: UInt64 { head + 1 }

    /// A row's value; nil where there is no such row. Sees what was folded before in this transaction.
    public borrowing func get(_ database: Database, _ key: [UInt8]) throws(LMDBError) -> [UInt8]? {
        try transaction.get(database, key)
    }

    /// Rows in the order of their keys, from `from` on or backwards from it.
    public borrowing func scan(
        _ database: Database, from: [UInt8], reverse: Bool, _ body: ([UInt8], [UInt8]) throws(LMDBError) -> Bool
    ) throws(LMDBError) {
        try transaction.scan(database, from: from, reverse: reverse, body)
    }

    // For the ledger's own databases only: rows of projections are changed by folds.
    mutating func put(_ database: Database, _ key: [UInt8], _ value: [UInt8]) throws(LMDBError) {
        writes += 1
        try transaction.put(database, key, value)
    }

    mutating func delete(_ database: Database, _ key: [UInt8]) throws(LMDBError) {
        writes += 1
        _ = try transaction.delete(database, key)
    }

    /// Writes the format's row once more, as it is.
    mutating func touch() throws(LMDBError) { try put(Layout.meta, Layout.formatKey, Layout.format) }

    /// Takes room for some events, or gives it back.
    mutating func takeRoom(_ bytes: Int) throws(LMDBError) {
        guard bytes > 0 else { return try delete(Layout.meta, Layout.roomKey) }
        hasTakenRoom = true
        try put(Layout.meta, Layout.roomKey, [UInt8](repeating: 0, count: bytes))
    }

    /// Whether this commit shows that there is room.
    var tookRoom: Bool { hasTakenRoom || !appended.isEmpty }

    /// How many rows the database holds.
    public borrowing func count(_ database: Database) throws(LMDBError) -> Int { try transaction.count(database) }

    /// An earlier event; nil where there is none of that sequence.
    public borrowing func event(_ sequence: UInt64) throws -> Event? {
        guard let bytes = try transaction.get(Layout.events, sequence.bigEndianBytes) else { return nil }
        return try Event(decoding: bytes)
    }

    /// What the log needs of an earlier event; nil where there is none of that sequence, or it can't be read.
    public borrowing func envelope(_ sequence: UInt64) throws(LMDBError) -> EventEnvelope? {
        try transaction.get(Layout.events, sequence.bigEndianBytes).flatMap { try? EventEnvelope(decoding: $0) }
    }

    /// Appends a drafted event: gives it sequence, ID and instant, stores and hashes its bytes, and folds it.
    ///
    /// - Parameter evidence: What is to lie beside the event: its ``Events/Event/attachment``.
    /// - Returns: The event's sequence.
    @discardableResult
    public mutating func append(_ draft: Event, evidence: [UInt8]? = nil) throws -> UInt64 {
        var event = draft
        event.sequence = head + 1
        event.recordedAt = instant.nanoseconds
        event.id = Data(uuidVersion7(instant, ledger.options.random(10)))
        event.schemaRevision = Event.currentSchemaRevision
        try store(event, event.encoded(), evidence: evidence)
        return event.sequence
    }

    /// Appends bytes of another ledger as they are: an import. Their sequence must be the next one.
    ///
    /// - Parameter event: What the bytes say.
    public mutating func appendImported(_ event: Event, _ bytes: [UInt8], evidence: [UInt8]?) throws {
        guard event.sequence == head + 1 else {
            throw LedgerError(
                .damaged, "Event \(event.sequence) was to follow event \(head).",
                remedy: "Import into an empty ledger, from the first event on.")
        }
        try store(event, bytes, evidence: evidence)
    }

    private mutating func store(_ event: Event, _ bytes: [UInt8], evidence: [UInt8]?) throws {
        // C2SP tlog-tiles: an entry's length has two bytes.
        guard bytes.count <= UInt16.max else {
            throw LedgerError(
                .tooLarge, "An event has at most 65,535 bytes; this \(event.body?.name ?? "event") would have \(bytes.count).",
                remedy: "Send less at once, or shorter values.")
        }
        let key = event.sequence.bigEndianBytes
        writes += 1
        try transaction.append(Layout.events, key, bytes)
        let subtrees = try MerkleTree.completed(by: MerkleTree.leafHash(bytes), at: event.sequence - 1) {
            (level, index) throws(LMDBError) in
            guard let node = try transaction.get(Layout.tree, Layout.node(level, index)) else {
                throw LMDBError(.damaged, "The tree lacks the subtree \(index) of level \(level).", operation: "mdb_get")
            }
            return node
        }
        for subtree in subtrees { try transaction.append(Layout.tree, Layout.node(subtree.level, subtree.index), subtree.hash) }
        if let evidence { try transaction.append(Layout.evidence, key, evidence) }
        head = event.sequence
        appended.append(event)
        try ledger.projection.fold(event, into: &transaction)
    }

    /// A data key for a person of the organization: durable before this commit is.
    public mutating func makeKey(for organization: Identifier) throws -> Identifier {
        guard let id = Identifier(bytes: ledger.options.random(16)) else { preconditionFailure("16 random bytes are an identifier") }
        newKeys[id] = (SymmetricKey(data: ledger.options.random(32)), organization)
        return id
    }

    /// Has a data key destroyed as soon as this commit is on disk; should a crash come between, at the next start (C56).
    public mutating func destroyKey(_ id: Identifier) { doomed.append(id) }

    /// Seals with a key of this commit or an earlier one.
    public borrowing func seal(_ plain: [UInt8], key: Identifier, organization: Identifier) throws -> Sealed {
        if let made = newKeys[key] { return try KeyRing.seal(plain, made.key, key, organization) }
        return try ledger.keyRing.seal(plain, key: key, organization: organization)
    }

    /// Replaces the rows of a projection's databases by others, in this transaction: the end of a rebuild.
    public mutating func replaceRows(_ database: Database, _ rows: [(key: [UInt8], value: [UInt8])]) throws {
        writes += 1
        try transaction.clear(database)
        for row in rows { try transaction.append(database, row.key, row.value) }
    }

    /// The end of the batch: keys first, then the log.
    consuming func commit() throws(LedgerError) {
        try ledger.keyRing.store(newKeys)
        var transaction = self.transaction
        do {
            for key in doomed { try transaction.put(Layout.erasures, key.bytes, []) }
        } catch {
            throw LedgerError(error, in: ledger.options.directory)
        }
        do { try transaction.commit() } catch { throw LedgerError(error, in: ledger.options.directory) }
    }
}

// RFC 9562 §5.7: 48 bits of milliseconds, version, 12 bits, variant, 62 bits.
private func uuidVersion7(_ instant: Instant, _ random: [UInt8]) -> [UInt8] {
    var bytes = Array((instant.nanoseconds / 1_000_000).bigEndianBytes[2...]) + random
    bytes[6] = bytes[6] & 0x0F | 0x70
    bytes[8] = bytes[8] & 0x3F | 0x80
    return bytes
}
