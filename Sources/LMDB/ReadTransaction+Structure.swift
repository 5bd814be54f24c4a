import CLMDB

/// Whether LMDB's own pages hang together: it trusts what it finds in them.
extension ReadTransaction {
    /// The names of the databases that there are, opened or not.
    public borrowing func databaseNames() throws(LMDBError) -> [String] {
        var handles = Handles()
        var number = MDB_dbi()
        try check(unsafe mdb_dbi_open(pointer, nil, 0, &number), "mdb_dbi_open")
        // The database without a name holds those of the others.
        let unnamed = Database(name: "")
        handles.numbers[unnamed.name] = number
        var names: [String] = []
        try unsafe handles.scan(unnamed, from: [], reverse: false, in: pointer) { key, _ in
            names.append(String(decoding: key, as: UTF8.self))
            return true
        }
        return names
    }

    /// What is wrong with a database's pages, in a sentence; nil: its rows are in their order, as many as it says, and each page of them is where
    /// a search for a key arrives. Reads all keys, no values.
    public borrowing func structureFault(_ database: Database) throws(LMDBError) -> String? {
        do throws(LMDBError) {
            return try unsafe handles.structureFault(database, in: pointer)
        } catch  where error.code == .damaged || error.code == .badTransaction {
            return error.detail
        }
    }
}

extension Handles {
    fileprivate func structureFault(_ database: Database, in transaction: OpaquePointer) throws(LMDBError) -> String? {
        guard let number = self[database] else { return nil }
        var statistics = MDB_stat()
        try check(unsafe mdb_stat(transaction, number, &statistics), "mdb_stat")
        let pageBytes = UInt(statistics.ms_psize)
        let cursor = try unsafe openCursor(number, transaction)
        defer { unsafe mdb_cursor_close(cursor) }
        var rows = 0
        var key = unsafe MDB_val()
        var value = unsafe MDB_val()
        var previous = unsafe MDB_val()
        var result = unsafe mdb_cursor_get(cursor, &key, &value, MDB_FIRST)
        while result == MDB_SUCCESS {
            if rows > 0, unsafe !Self.precedes(previous.bytes, key.bytes) { throw .outOfOrder(database) }
            // Inside a page a search finds what is in order; which page it comes to, the pages above decide.
            let isOtherPage = unsafe rows == 0 || Self.page(previous, pageBytes) != Self.page(key, pageBytes)
            if isOtherPage {
                var isFound = unsafe Self.leads(to: key, number, transaction)
                if rows > 0 { isFound = unsafe isFound && Self.leads(to: previous, number, transaction) }
                if !isFound { throw .searchMisses(database) }
            }
            rows += 1
            unsafe previous = unsafe key
            result = unsafe mdb_cursor_get(cursor, &key, &value, MDB_NEXT)
        }
        if result != MDB_NOTFOUND { try check(result, "mdb_cursor_get") }
        if rows > 0, unsafe !Self.leads(to: previous, number, transaction) { throw .searchMisses(database) }
        return rows == statistics.ms_entries
            ? nil : "“\(database.name)” says that it has \(statistics.ms_entries) rows; it has \(rows)."
    }

    /// Whether a search for the key arrives at the very bytes that it lies in.
    private static func leads(to key: MDB_val, _ number: MDB_dbi, _ transaction: OpaquePointer) -> Bool {
        var opened: OpaquePointer?
        guard unsafe mdb_cursor_open(transaction, number, &opened) == MDB_SUCCESS, let cursor = unsafe opened else { return false }
        defer { unsafe mdb_cursor_close(cursor) }
        var found = unsafe key
        var value = unsafe MDB_val()
        guard unsafe mdb_cursor_get(cursor, &found, &value, MDB_SET_KEY) == MDB_SUCCESS else { return false }
        return unsafe found.mv_data == key.mv_data
    }

    private static func page(_ key: MDB_val, _ pageBytes: UInt) -> UInt { unsafe UInt(bitPattern: key.mv_data) / pageBytes }
}
