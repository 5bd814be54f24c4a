import CLMDB
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Environment {
    /// Opens the environment in a directory that exists. Without `data.mdb` in it one is made, unless `readOnly`.
    ///
    /// - Parameters:
    ///   - mapSizeBytes: Address space to take; half as much, and so on, where the system gives no more. The file grows only as it is written.
    ///   - share: Where this process may take only so much (`ulimit -v`), the map takes this part of it: half, a quarter.
    public static func open(
        path: String, mapSizeBytes: Int, maxDatabases: Int, readOnly: Bool, share: Int = 2
    ) throws(LMDBError) -> Environment {
        guard let identity = FileIdentity(path: path) else {
            throw LMDBError(number: errno, operation: "stat")
        }
        return try EnvironmentTable.open(identity, path: path, readOnly: readOnly) { () throws(LMDBError) in
            var size = min(mapSizeBytes, addressSpace / share)
            while true {
                do throws(LMDBError) {
                    let pointer = try unsafe make(path: path, mapSizeBytes: size, maxDatabases: maxDatabases, readOnly: readOnly)
                    return unsafe Environment(path: path, pointer: pointer, readOnly: readOnly, identity: identity)
                } catch {
                    guard error.number == ENOMEM, size > 1 << 24 else { throw error }
                    size /= 2
                }
            }
        }
    }

    /// The address space that this process may take (RLIMIT_AS); `Int.max`: as much as there is.
    static var addressSpace: Int {
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return .max }
        return Int(clamping: limit.rlim_cur)
    }

    /// Whether so much address space is to be had now.
    static func canMap(_ bytes: Int) -> Bool {
        guard let place = unsafe mmap(nil, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) else { return false }
        guard unsafe place != MAP_FAILED else { return false }
        unsafe munmap(place, bytes)
        return true
    }

    private static func make(
        path: String, mapSizeBytes: Int, maxDatabases: Int, readOnly: Bool
    ) throws(LMDBError) -> OpaquePointer {
        var made: OpaquePointer?
        try check(unsafe mdb_env_create(&made), "mdb_env_create")
        guard let environment = unsafe made else {
            throw LMDBError(.other, "LMDB made no environment.", operation: "mdb_env_create")
        }
        do throws(LMDBError) {
            try check(unsafe mdb_env_set_mapsize(environment, mapSizeBytes), "mdb_env_set_mapsize")
            try check(unsafe mdb_env_set_maxdbs(environment, MDB_dbi(maxDatabases)), "mdb_env_set_maxdbs")
            try check(unsafe mdb_env_set_maxreaders(environment, 1024), "mdb_env_set_maxreaders")
            // MDB_NOTLS: a snapshot moves between threads with its task (lmdb.h, mdb_env_open).
            // Never MDB_NOSYNC, MDB_NOMETASYNC, MDB_MAPASYNC or MDB_WRITEMAP: who is answered may rely on the disk.
            let flags = UInt32(MDB_NOTLS) | (readOnly ? UInt32(MDB_RDONLY) : 0)
            try check(unsafe mdb_env_open(environment, path, flags, 0o600), "mdb_env_open")  // C55
            try unsafe checkLength(environment)
        } catch {
            unsafe mdb_env_close(environment)
            throw error
        }
        return unsafe environment
    }

    // Reading a page beyond the end of the file kills the process (SIGBUS). A file that was cut off is noticed here.
    // A few pages may lack at the end of a whole one: those that a transaction took and gave back are never written.
    private static func checkLength(_ environment: OpaquePointer) throws(LMDBError) {
        var information = unsafe MDB_envinfo()
        var statistics = MDB_stat()
        var descriptor: Int32 = -1
        var file = stat()
        try check(unsafe mdb_env_info(environment, &information), "mdb_env_info")
        try check(unsafe mdb_env_stat(environment, &statistics), "mdb_env_stat")
        try check(unsafe mdb_env_get_fd(environment, &descriptor), "mdb_env_get_fd")
        guard unsafe fstat(descriptor, &file) == 0 else { throw LMDBError(number: errno, operation: "fstat") }
        let expected = unsafe (information.me_last_pgno + 1) * Int(statistics.ms_psize)
        let tolerated = max(16 * Int(statistics.ms_psize), expected / 4)
        guard Int(file.st_size) + tolerated >= expected else {
            throw LMDBError(
                .damaged, "The file has \(file.st_size) bytes; its pages need \(expected).", operation: "mdb_env_open")
        }
    }
}

/// Which directory it is, by whatever path.
struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64

    init?(path: String) {
        var file = stat()
        guard unsafe stat(path, &file) == 0 else { return nil }
        device = UInt64(file.st_dev)
        inode = UInt64(file.st_ino)
    }
}

/// The environments of this process, so that none is opened twice.
enum EnvironmentTable {
    private struct Entry {
        weak var environment: Environment?
        let file: FileIdentity?
    }

    // Opening and closing are rare, and must exclude each other: this lock is held across their I/O.
    private static let table = Mutex<[FileIdentity: Entry]>([:])

    static func open(
        _ identity: FileIdentity, path: String, readOnly: Bool, _ make: () throws(LMDBError) -> Environment
    ) throws(LMDBError) -> Environment {
        let file = path + "/data.mdb"
        while true {
            let found = table.withLock { entries -> Result<Environment, LMDBError>? in
                // A directory that was removed and made again may get the same inode: its file is another one.
                if let entry = entries[identity], entry.file == FileIdentity(path: file) {
                    // nil: its last owner is closing it now
                    return entry.environment.map { .success($0) }
                }
                do throws(LMDBError) {
                    let environment = try make()
                    entries[identity] = Entry(environment: environment, file: FileIdentity(path: file))
                    return .success(environment)
                } catch {
                    return .failure(error)
                }
            }
            guard let found else {
                usleep(500)
                continue
            }
            let environment = try found.get()
            guard readOnly || !environment.isReadOnly else {
                throw LMDBError(.locked, "This process reads \(environment.path) already.", operation: "mdb_env_open")
            }
            return environment
        }
    }

    static func close(_ pointer: OpaquePointer, _ identity: FileIdentity) {
        table.withLock { entries in
            unsafe mdb_env_close(pointer)
            // The entry may be that of a later environment already.
            if let entry = entries[identity], entry.environment == nil { entries[identity] = nil }
        }
    }
}
