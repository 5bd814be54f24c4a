import CLMDB
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One LMDB environment: a directory with `data.mdb` and `lock.mdb`.
///
/// Durability is LMDB's full one: a commit returns when it is on disk. A process has an environment open once, however often it
/// asks (lmdb.h, Caveats: "Do not have open an LMDB database twice in the same process"): ``open(path:mapSizeBytes:maxDatabases:readOnly:)`` shares it.
@safe public final class Environment: Sendable {
    /// The directory.
    public let path: String
    /// Opened for reading alone: no write transaction can begin.
    public let isReadOnly: Bool
    // Safe to share: lmdb.h, mdb_env_open with MDB_NOTLS; an environment's functions may be called by any thread.
    nonisolated(unsafe) let pointer: OpaquePointer
    let gate = Gate()
    private let identity: FileIdentity
    private let opened = Mutex(Handles())

    init(path: String, pointer: OpaquePointer, readOnly: Bool, identity: FileIdentity) {
        self.path = path
        unsafe self.pointer = unsafe pointer
        isReadOnly = readOnly
        self.identity = identity
    }

    deinit { unsafe EnvironmentTable.close(pointer, identity) }

    var handles: Handles { opened.withLock { $0 } }

    // MARK: - Databases

    /// How many named databases are open.
    public var openCount: Int { handles.numbers.count }

    /// Opens named databases, and makes them with `create`. Without it, one that is absent stays so, and reads as empty.
    @available(*, noasync, message: "a write transaction belongs to one thread")
    public func open(_ databases: [Database], create: Bool) throws(LMDBError) {
        let known = handles
        let missing = databases.filter { known[$0] == nil }
        if missing.isEmpty { return }
        let transaction = unsafe try begin(flags: create ? 0 : UInt32(MDB_RDONLY))
        defer { gate.leave() }
        var found = known
        for database in missing {
            var number = MDB_dbi()
            let result = unsafe mdb_dbi_open(transaction, database.name, create ? UInt32(MDB_CREATE) : 0, &number)
            if result == MDB_NOTFOUND { continue }
            if result != MDB_SUCCESS {
                unsafe mdb_txn_abort(transaction)
                throw LMDBError(number: result, operation: "mdb_dbi_open")
            }
            found.numbers[database.name] = number
        }
        // A handle outlives its transaction only through a commit, also that of a reading one (lmdb.h, mdb_dbi_open).
        try check(unsafe mdb_txn_commit(transaction), "mdb_txn_commit")
        opened.withLock { $0.numbers.merge(found.numbers) { old, _ in old } }
    }

    /// Whether the database is there, and was opened.
    public func isOpen(_ database: Database) -> Bool { handles[database] != nil }

    // MARK: - Transactions

    /// Begins reading the state that is there now.
    public func beginRead() throws(LMDBError) -> ReadTransaction {
        unsafe ReadTransaction(self, try begin(flags: UInt32(MDB_RDONLY)))
    }

    /// Begins writing; waits for whoever writes now, in any process.
    @available(*, noasync, message: "a write transaction belongs to one thread")
    public func beginWrite() throws(LMDBError) -> WriteTransaction {
        guard !isReadOnly else {
            throw LMDBError(.permission, "The environment at \(path) was opened for reading.", operation: "mdb_txn_begin")
        }
        return unsafe WriteTransaction(self, try begin(flags: 0))
    }

    private func begin(flags: UInt32) throws(LMDBError) -> OpaquePointer {
        var attempts = 0
        while true {
            gate.enter()
            var transaction: OpaquePointer?
            let result = unsafe mdb_txn_begin(pointer, nil, flags, &transaction)
            if result == MDB_SUCCESS, let transaction = unsafe transaction { return unsafe transaction }
            gate.leave()
            attempts += 1
            guard attempts < 4 else { throw LMDBError(number: result, operation: "mdb_txn_begin") }
            switch result {
            case MDB_MAP_RESIZED: try adoptSize()
            case MDB_READERS_FULL: _ = try clearStaleReaders()
            default: throw LMDBError(number: result, operation: "mdb_txn_begin")
            }
        }
    }

    // MARK: - The map

    /// Bytes of address space.
    public func mapSizeBytes() throws(LMDBError) -> Int { try statistics().mapSizeBytes }

    /// Doubles the map, or takes what this process may still have, after ``LMDBError/Code/mapFull``. No transaction of this process may be held
    /// by the caller.
    public func grow() throws(LMDBError) {
        try resize { size, _ in (size.multipliedReportingOverflow(by: 2).partialValue, size + 1) }
    }

    // Another process wrote beyond our map. Not “whatever the file says”, which is the other's map: it may be more than this process may have.
    private func adoptSize() throws(LMDBError) {
        try resize { size, used in (max(size, used.multipliedReportingOverflow(by: 2).partialValue), used) }
    }

    /// - Parameter choose: From the map's size and the bytes in use, what is wanted, and what it must be at least.
    private func resize(_ choose: (_ size: Int, _ used: Int) -> (wanted: Int, needed: Int)) throws(LMDBError) {
        try gate.alone { () throws(LMDBError) in
            let now = try figures()
            let (wanted, needed) = choose(now.mapSizeBytes, now.usedBytes)
            var size = min(wanted, Self.addressSpace / 2)
            // LMDB gives the old map back before it asks for the new one, and is left without any where that fails: so it is tried out before.
            while size > needed, !Self.canMap(size) { size = max(needed, size / 2) }
            guard size >= needed, Self.canMap(size) else { throw LMDBError(number: MDB_MAP_FULL, operation: "mdb_env_set_mapsize") }
            try check(unsafe mdb_env_set_mapsize(pointer, size), "mdb_env_set_mapsize")
        }
    }

    // MARK: - Care

    /// Frees the slots of readers whose process died; returns how many. Such a slot would keep pages from being reused for ever.
    public func clearStaleReaders() throws(LMDBError) -> Int {
        var dead: Int32 = 0
        try check(unsafe mdb_reader_check(pointer, &dead), "mdb_reader_check")
        return Int(dead)
    }

    /// Copies the environment, as it is now, into an empty directory; writing may go on. The copy is compacted and on disk.
    public func copy(to directory: String) throws(LMDBError) {
        try check(unsafe mdb_env_copy2(pointer, directory, UInt32(MDB_CP_COMPACT)), "mdb_env_copy2")
    }
}
