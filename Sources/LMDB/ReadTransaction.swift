import CLMDB

/// One read transaction: a state of the environment that stays as it was, whatever is written meanwhile.
///
/// It may move between threads (MDB_NOTLS), but be used by one at a time. While it lives, pages that were freed after it began
/// are not used again: keep it short.
@safe public struct ReadTransaction: ~Copyable, DatabaseReader {
    private let environment: Environment
    let pointer: OpaquePointer
    let handles: Handles

    init(_ environment: Environment, _ pointer: OpaquePointer) {
        self.environment = environment
        unsafe self.pointer = unsafe pointer
        handles = environment.handles
    }

    deinit {
        unsafe mdb_txn_abort(pointer)
        environment.gate.leave()
    }

    /// The value; nil where there is no such key.
    public borrowing func get(_ database: Database, _ key: [UInt8]) throws(LMDBError) -> [UInt8]? {
        try unsafe handles.find(database, key, in: pointer).map { unsafe Array($0) }
    }

    /// The value in place, LMDB's own page; nil where there is none.
    @_lifetime(borrow self)
    public borrowing func value(_ database: Database, _ key: [UInt8]) throws(LMDBError) -> Span<UInt8>? {
        guard let bytes = try unsafe handles.find(database, key, in: pointer) else { return nil }
        let span = unsafe Span<UInt8>(_unsafeBytes: bytes)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// Rows in order; see ``DatabaseReader``.
    public borrowing func scan(
        _ database: Database, from: [UInt8], reverse: Bool = false,
        _ body: (_ key: [UInt8], _ value: [UInt8]) throws(LMDBError) -> Bool
    ) throws(LMDBError) {
        try unsafe handles.scan(database, from: from, reverse: reverse, in: pointer, body)
    }

    /// How many rows there are.
    public borrowing func count(_ database: Database) throws(LMDBError) -> Int {
        try unsafe handles.count(database, in: pointer)
    }
}
