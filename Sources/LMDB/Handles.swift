import CLMDB

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The open databases of an environment, and reading in any transaction: what both kinds of transaction share.
@safe struct Handles: Sendable {
    var numbers: [String: MDB_dbi] = [:]

    subscript(_ database: Database) -> MDB_dbi? { numbers[database.name] }

    /// LMDB's own limit (mdb_env_get_maxkeysize of Debian's build).
    static let largestKey = 511

    /// The value in LMDB's own page: good until the transaction writes or ends.
    func find(_ database: Database, _ key: [UInt8], in transaction: OpaquePointer) throws(LMDBError) -> UnsafeRawBufferPointer? {
        guard let number = self[database] else { return nil }
        guard !key.isEmpty, key.count <= Self.largestKey else {
            throw LMDBError(.badKey, "A key has 1 to \(Self.largestKey) bytes; this one has \(key.count).", operation: "mdb_get")
        }
        var value = unsafe MDB_val()
        let result = unsafe key.withUnsafeBytes { bytes in
            var key = unsafe MDB_val(reading: bytes)
            return unsafe mdb_get(transaction, number, &key, &value)
        }
        if result == MDB_NOTFOUND { return nil }
        try check(result, "mdb_get")
        return unsafe UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size)
    }

    func scan(
        _ database: Database, from: [UInt8], reverse: Bool, in transaction: OpaquePointer,
        _ body: (_ key: [UInt8], _ value: [UInt8]) throws(LMDBError) -> Bool
    ) throws(LMDBError) {
        guard let number = self[database] else { return }
        guard from.count <= Self.largestKey else {
            throw LMDBError(.badKey, "A key has at most \(Self.largestKey) bytes; this one has \(from.count).", operation: "mdb_cursor_get")
        }
        let cursor = try unsafe openCursor(number, transaction)
        defer { unsafe mdb_cursor_close(cursor) }
        var row = unsafe Row()
        var result = unsafe Self.start(cursor, at: from, reverse: reverse, &row)
        var previous = from
        var isFirst = true
        while result == MDB_SUCCESS {
            let key = unsafe Array(row.key.bytes)
            // A damaged page can lead in a circle.
            let isInOrder =
                isFirst ? from.isEmpty || !Self.precedes(key, previous, reverse) : Self.precedes(previous, key, reverse)
            guard isInOrder else { throw .outOfOrder(database) }
            guard try body(key, unsafe Array(row.value.bytes)) else { return }
            previous = key
            isFirst = false
            result = unsafe mdb_cursor_get(cursor, &row.key, &row.value, reverse ? MDB_PREV : MDB_NEXT)
        }
        if result != MDB_NOTFOUND { try check(result, "mdb_cursor_get") }
    }

    func openCursor(_ number: MDB_dbi, _ transaction: OpaquePointer) throws(LMDBError) -> OpaquePointer {
        var opened: OpaquePointer?
        try check(unsafe mdb_cursor_open(transaction, number, &opened), "mdb_cursor_open")
        guard let cursor = unsafe opened else {
            throw LMDBError(.other, "LMDB opened no cursor.", operation: "mdb_cursor_open")
        }
        return unsafe cursor
    }

    private static func precedes(_ one: [UInt8], _ other: [UInt8], _ reverse: Bool) -> Bool {
        unsafe one.withUnsafeBytes { one in
            unsafe other.withUnsafeBytes { other in reverse ? unsafe precedes(other, one) : unsafe precedes(one, other) }
        }
    }

    /// LMDB's own order: of bytes, and the shorter of two that begin alike first.
    static func precedes(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
        let common = min(one.count, other.count)
        guard common > 0, let first = one.baseAddress, let second = other.baseAddress else { return one.count < other.count }
        let order = unsafe memcmp(first, second, common)
        return order == 0 ? one.count < other.count : order < 0
    }

    func count(_ database: Database, in transaction: OpaquePointer) throws(LMDBError) -> Int {
        guard let number = self[database] else { return 0 }
        var statistics = MDB_stat()
        try check(unsafe mdb_stat(transaction, number, &statistics), "mdb_stat")
        return statistics.ms_entries
    }

    @unsafe private struct Row {
        var key = unsafe MDB_val()
        var value = unsafe MDB_val()
    }

    private static func start(_ cursor: OpaquePointer, at from: [UInt8], reverse: Bool, _ row: inout Row) -> Int32 {
        if from.isEmpty {
            return unsafe mdb_cursor_get(cursor, &row.key, &row.value, reverse ? MDB_LAST : MDB_FIRST)
        }
        let result = unsafe from.withUnsafeBytes { bytes in
            unsafe row.key = unsafe MDB_val(reading: bytes)
            return unsafe mdb_cursor_get(cursor, &row.key, &row.value, MDB_SET_RANGE)
        }
        guard reverse else { return result }
        // Descending: the row that MDB_SET_RANGE found is at or after `from`; one after it is one too far.
        if result == MDB_NOTFOUND { return unsafe mdb_cursor_get(cursor, &row.key, &row.value, MDB_LAST) }
        if result == MDB_SUCCESS, unsafe !row.key.bytes.elementsEqual(from) {
            return unsafe mdb_cursor_get(cursor, &row.key, &row.value, MDB_PREV)
        }
        return result
    }
}

extension MDB_val {
    /// Lends bytes to LMDB, which only reads them.
    init(reading bytes: UnsafeRawBufferPointer) {
        unsafe self.init(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }

    var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: mv_data, count: mv_size) }
}
