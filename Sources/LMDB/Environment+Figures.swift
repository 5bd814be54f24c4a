import CLMDB

/// A reader of the environment, in whichever process.
public struct EnvironmentReader: Sendable, Hashable {
    /// The process.
    public let process: Int
    /// The commit that it reads; nil: none at the moment.
    public let transaction: UInt64?
}

/// What an environment takes.
public struct EnvironmentStatistics: Sendable, Hashable {
    /// Address space.
    public let mapSizeBytes: Int
    /// Up to the last page in use.
    public let usedBytes: Int
    /// One page.
    public let pageBytes: Int
    /// The number of the last commit.
    public let lastTransaction: UInt64
    /// Named databases in it.
    public let databaseCount: Int
    /// Slots that there are.
    public let largestReaderSlots: Int
}

extension Environment {
    /// Pages in use and slots of readers, for operators.
    public func statistics() throws(LMDBError) -> EnvironmentStatistics {
        // What they are read from lies in the map.
        gate.enter()
        defer { gate.leave() }
        return try figures()
    }

    /// The same, for whoever has the gate.
    func figures() throws(LMDBError) -> EnvironmentStatistics {
        var information = unsafe MDB_envinfo()
        var statistics = MDB_stat()
        try check(unsafe mdb_env_info(pointer, &information), "mdb_env_info")
        try check(unsafe mdb_env_stat(pointer, &statistics), "mdb_env_stat")
        // Wrapping, since a damaged page may hold any number.
        return unsafe EnvironmentStatistics(
            mapSizeBytes: information.me_mapsize, usedBytes: (information.me_last_pgno &+ 1) &* Int(statistics.ms_psize),
            pageBytes: Int(statistics.ms_psize), lastTransaction: UInt64(information.me_last_txnid),
            databaseCount: statistics.ms_entries, largestReaderSlots: Int(information.me_maxreaders))
    }

    /// Who reads, in whichever process. One that stands still keeps the pages freed since from being used again.
    public func readers() throws(LMDBError) -> [EnvironmentReader] {
        // A line has fewer than 64 bytes, and a slot one line.
        var text = [CChar](repeating: 0, count: (try statistics().largestReaderSlots + 2) * 64)
        let result = unsafe text.withUnsafeMutableBufferPointer { buffer in
            unsafe ledger_lmdb_readers(pointer, buffer.baseAddress, buffer.count)
        }
        guard result >= 0 else { throw LMDBError(number: result, operation: "mdb_reader_list") }
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        // Process in decimal, thread in hexadecimal, transaction in decimal or “-”; a line with their names comes first.
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count == 3, let process = Int(fields[0]) else { return nil }
            return EnvironmentReader(process: process, transaction: UInt64(fields[2]))
        }
    }
}

extension ReadTransaction {
    /// What the database's pages take, in bytes; 0 where there is none.
    public borrowing func bytes(_ database: Database) throws(LMDBError) -> Int { try unsafe handles.bytes(database, in: pointer) }

    /// Pages that were freed and will be used again, once no reader needs them.
    public borrowing func freePages() throws(LMDBError) -> Int {
        var pages = 0
        try check(unsafe ledger_lmdb_free_pages(pointer, &pages), "mdb_cursor_get")
        return pages
    }
}

extension Handles {
    fileprivate func bytes(_ database: Database, in transaction: OpaquePointer) throws(LMDBError) -> Int {
        guard let number = self[database] else { return 0 }
        var statistics = MDB_stat()
        try check(unsafe mdb_stat(transaction, number, &statistics), "mdb_stat")
        return (statistics.ms_branch_pages + statistics.ms_leaf_pages + statistics.ms_overflow_pages) * Int(statistics.ms_psize)
    }
}
