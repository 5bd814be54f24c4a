import CLMDB

/// One write transaction: committed once, else aborted when it goes out of scope.
///
/// A nested transaction inside it can be taken back on its own (``beginNested()``).
/// - Invariant: After an error of LMDB, ``failure`` is set and the whole can only be aborted.
@safe public struct WriteTransaction: ~Copyable, DatabaseReader {
    private let environment: Environment
    private let root: OpaquePointer
    private var nested: OpaquePointer?
    private var isOpen = true
    private let handles: Handles
    private let health = Health()

    init(_ environment: Environment, _ pointer: OpaquePointer) {
        self.environment = environment
        unsafe root = unsafe pointer
        handles = environment.handles
    }

    deinit {
        if isOpen { unsafe mdb_txn_abort(root) }  // LMDB aborts a nested one with it
        environment.gate.leave()
    }

    /// The first error that LMDB answered in this transaction: it must not be committed.
    public borrowing func failure() -> LMDBError? { health.failure }

    /// Returns when everything is on disk. On any error nothing of the transaction remains.
    public consuming func commit() throws(LMDBError) { try finish() }

    /// The same for a transaction that lies in a class, out of which nothing can be consumed. It is of no use afterwards.
    public mutating func finish() throws(LMDBError) {
        if let failure = health.failure { throw failure }
        precondition(isOpen && !isNested, "A transaction is finished once, and after its nested one.")
        isOpen = false  // mdb_txn_commit frees it, also when it fails
        try check(unsafe mdb_txn_commit(root), "mdb_txn_commit")
    }

    // MARK: - Reading

    /// The value; nil where there is no such key. Reads see what was written before in this transaction.
    public borrowing func get(_ database: Database, _ key: [UInt8]) throws(LMDBError) -> [UInt8]? {
        do throws(LMDBError) {
            return try unsafe handles.find(database, key, in: current).map { unsafe Array($0) }
        } catch {
            throw health.noting(error)
        }
    }

    /// Rows in order; see ``DatabaseReader``.
    public borrowing func scan(
        _ database: Database, from: [UInt8], reverse: Bool = false,
        _ body: (_ key: [UInt8], _ value: [UInt8]) throws(LMDBError) -> Bool
    ) throws(LMDBError) {
        do throws(LMDBError) {
            try unsafe handles.scan(database, from: from, reverse: reverse, in: current, body)
        } catch {
            throw health.noting(error)
        }
    }

    /// How many rows there are.
    public borrowing func count(_ database: Database) throws(LMDBError) -> Int {
        try unsafe handles.count(database, in: current)
    }

    // MARK: - Writing

    /// Sets the row. `mutating`, because a write may move pages: no value that was read in place can be held across it.
    public mutating func put(_ database: Database, _ key: [UInt8], _ value: [UInt8]) throws(LMDBError) {
        try write(database, key, value, flags: 0)
    }

    /// Adds a row whose key is larger than every other (MDB_APPEND: pages are filled, not split in halves).
    public mutating func append(_ database: Database, _ key: [UInt8], _ value: [UInt8]) throws(LMDBError) {
        try write(database, key, value, flags: UInt32(MDB_APPEND))
    }

    /// Removes the row; false where there was none.
    @discardableResult
    public mutating func delete(_ database: Database, _ key: [UInt8]) throws(LMDBError) -> Bool {
        let number = try handle(database)
        try Self.checkKey(key)
        let result = unsafe key.withUnsafeBytes { bytes in
            var key = unsafe MDB_val(reading: bytes)
            return unsafe mdb_del(current, number, &key, nil)
        }
        if result == MDB_NOTFOUND { return false }
        try noted(result, "mdb_del")
        return true
    }

    /// Removes every row.
    public mutating func clear(_ database: Database) throws(LMDBError) {
        try noted(unsafe mdb_drop(current, handle(database), 0), "mdb_drop")
    }

    // MARK: - Nesting

    /// Whether a nested transaction is open.
    public var isNested: Bool { unsafe nested != nil }

    /// From here on, writes go to a nested transaction, until it is committed or aborted. There is one level.
    public mutating func beginNested() throws(LMDBError) {
        precondition(!isNested, "A nested transaction has no nested transaction of its own.")
        var child: OpaquePointer?
        try noted(unsafe mdb_txn_begin(environment.pointer, root, 0, &child), "mdb_txn_begin")
        unsafe nested = unsafe child
    }

    /// Makes what the nested transaction wrote a part of this one.
    public mutating func commitNested() throws(LMDBError) {
        guard let child = unsafe nested else { return }
        unsafe nested = nil
        try noted(unsafe mdb_txn_commit(child), "mdb_txn_commit")
    }

    /// Takes back what the nested transaction wrote. An error that it met is gone with it, if LMDB itself recovers.
    public mutating func abortNested() {
        guard let child = unsafe nested else { return }
        unsafe nested = nil
        unsafe mdb_txn_abort(child)
    }

    // MARK: - Private

    private var current: OpaquePointer {
        precondition(isOpen, "The transaction has ended.")
        return unsafe nested ?? root
    }

    private func handle(_ database: Database) throws(LMDBError) -> MDB_dbi {
        if let number = handles[database] { return number }
        throw LMDBError(.missing, "The database “\(database.name)” is not open.", operation: "mdb_dbi_open")
    }

    private static func checkKey(_ key: [UInt8]) throws(LMDBError) {
        guard !key.isEmpty, key.count <= Handles.largestKey else {
            throw LMDBError(.badKey, "A key has 1 to \(Handles.largestKey) bytes; this one has \(key.count).", operation: "mdb_put")
        }
    }

    private mutating func write(_ database: Database, _ key: [UInt8], _ value: [UInt8], flags: UInt32) throws(LMDBError) {
        let number = try handle(database)
        try Self.checkKey(key)
        let result = unsafe key.withUnsafeBytes { keyBytes in
            unsafe value.withUnsafeBytes { valueBytes in
                var key = unsafe MDB_val(reading: keyBytes)
                var value = unsafe MDB_val(reading: valueBytes)
                return unsafe mdb_put(current, number, &key, &value, flags)
            }
        }
        try noted(result, "mdb_put")
    }

    private func noted(_ result: Int32, _ operation: String) throws(LMDBError) {
        do throws(LMDBError) {
            try check(result, operation)
        } catch {
            throw health.noting(error)
        }
    }
}

/// The first error of a transaction. A class, because reading only borrows the transaction.
private final class Health {
    var failure: LMDBError?

    func noting(_ error: LMDBError) -> LMDBError {
        // What the caller got wrong leaves the transaction whole.
        switch error.code {
        case .badKey where error.number == 0, .keyExists: break
        default: if failure == nil { failure = error }
        }
        return error
    }
}
