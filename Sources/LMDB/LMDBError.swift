import CLMDB

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What LMDB or the operating system under it answered instead of success.
public struct LMDBError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: String, Sendable, CaseIterable {
        /// The memory map is full; it can be made larger.
        case mapFull
        /// Another process made the file larger than this map.
        case mapResized
        /// No room on the disk.
        case diskFull
        /// Every slot for readers is taken.
        case readersFull
        /// Pages are not what they should be.
        case damaged
        /// The file is no LMDB file.
        case notADatabase
        /// Another version of LMDB's file format.
        case versionMismatch
        /// The environment met a fatal error; the process must open it anew.
        case panic
        /// Another process has the environment in a way that excludes this one.
        case locked
        /// The operating system forbids it.
        case permission
        /// There is no such file or database.
        case missing
        /// Reading or writing the disk went wrong.
        case inputOutput
        /// The key is empty or longer than LMDB allows.
        case badKey
        /// The key is there already, or is not the largest as an append asks for.
        case keyExists
        /// The transaction met an error before and can only be aborted.
        case badTransaction
        /// Readers of this process did not end in time.
        case busy
        /// Anything else; ``LMDBError/number`` tells.
        case other
    }

    /// What kind of trouble it is.
    public let code: Code
    /// LMDB's or the operating system's number; 0 where the trouble is ours.
    public let number: Int32
    /// The function that answered so.
    public let operation: String
    /// A sentence about what happened.
    public let detail: String

    /// An error that this module found itself.
    public init(_ code: Code, _ detail: String, operation: String) {
        self.code = code
        self.detail = detail
        self.operation = operation
        number = 0
    }

    init(number: Int32, operation: String) {
        self.number = number
        self.operation = operation
        code = Code(number: number)
        let words = unsafe mdb_strerror(number).map { unsafe String(cString: $0) } ?? "unknown"
        detail = "LMDB's \(operation) answered \(number): \(words)."
    }

    /// What to do.
    public var remedy: String {
        switch code {
        case .mapFull: "Let this process address more memory (ulimit -v), or free disk space, then retry: nothing was lost."
        case .diskFull: "Free disk space, then retry: nothing was lost."
        case .mapResized, .badTransaction, .busy: "Retry."
        case .readersFull: "End programs that read the ledger, or retry."
        case .damaged, .inputOutput: "Check the disk, then run `identity-ledger verify`; restore a backup if it finds damage."
        case .notADatabase, .missing: "Check the path of the data directory."
        case .versionMismatch: "Use the version of LMDB that wrote the file."
        case .panic: "Restart the program: the environment must be opened anew."
        case .locked: "End the other program, or retry."
        case .permission: "Run as the user who owns the files."
        case .badKey, .keyExists, .other: "Report this as a fault of identity-ledger, with the sentence above."
        }
    }

    /// The sentence.
    public var description: String { detail }
}

extension LMDBError {
    /// The rows of a database don't come in the order of their keys.
    static func outOfOrder(_ database: Database) -> LMDBError {
        LMDBError(.damaged, "The rows of “\(database.name)” are not in the order of their keys.", operation: "mdb_cursor_get")
    }

    /// A search misses what a scan met.
    public static func searchMisses(_ database: Database) -> LMDBError {
        LMDBError(.damaged, "A search in “\(database.name)” does not find a row that is there.", operation: "mdb_cursor_get")
    }
}

extension LMDBError.Code {
    fileprivate init(number: Int32) {
        self =
            switch number {
            case MDB_MAP_FULL, MDB_TXN_FULL: .mapFull
            case MDB_MAP_RESIZED: .mapResized
            case ENOSPC, EDQUOT, EFBIG: .diskFull
            case MDB_READERS_FULL: .readersFull
            case MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_CURSOR_FULL, MDB_PAGE_FULL: .damaged
            case MDB_INVALID: .notADatabase
            case MDB_VERSION_MISMATCH: .versionMismatch
            case MDB_PANIC: .panic
            case EAGAIN, EBUSY: .locked
            case EACCES, EPERM, EROFS: .permission
            case ENOENT, ENOTDIR, MDB_NOTFOUND: .missing
            case EIO: .inputOutput
            case MDB_BAD_VALSIZE: .badKey
            case MDB_KEYEXIST: .keyExists
            case MDB_BAD_TXN: .badTransaction
            default: .other
            }
    }
}

/// Every return code goes through here: 0 is the one success.
func check(_ result: Int32, _ operation: String) throws(LMDBError) {
    if result != MDB_SUCCESS { throw LMDBError(number: result, operation: operation) }
}
