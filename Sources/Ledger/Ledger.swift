import Crypto
public import Events
public import LMDB

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// What a submission came to: the decision's result, and the events that were appended for it.
public struct Submission<Result: Sendable>: Sendable {
    public let result: Result
    public let events: [Event]
}

/// The log in LMDB, its keys, and its one writer. Nothing above knows that the log is local.
public final class Ledger: Sendable {
    public let options: LedgerOptions
    public let keyRing: KeyRing
    /// The path of the master key's file, if this opening made it: worth a warning to keep it elsewhere.
    public let madeMasterKey: String?
    let environment: Environment
    let projection: any Projection
    private let writer = Writer()

    private init(
        _ options: LedgerOptions, _ environment: Environment, _ keyRing: KeyRing, _ projection: any Projection, _ made: String?
    ) {
        self.options = options
        self.environment = environment
        self.keyRing = keyRing
        self.projection = projection
        madeMasterKey = made
    }

    /// Opens the ledger in a directory; with `create` makes one where there is none. However long the log is, it takes the same time.
    public static func open(_ options: LedgerOptions, projection: any Projection) throws(LedgerError) -> Ledger {
        let log = options.directory + "/ledger"
        let isThere = exists(log + "/data.mdb")
        if !isThere {
            guard options.create, !options.readOnly else {
                throw LedgerError(
                    .notALedger, "There is no ledger in \(options.directory).",
                    remedy: "Name the right directory with --data, or make a ledger, for example with “identity-ledger organization create NAME”.")
            }
            for directory in [options.directory, log, options.directory + "/keys"] { try makeDirectory(directory) }
        }
        let (master, made) = try MasterKey.load(options)
        let environment = try translating(log) { () throws(LMDBError) in
            let environment = try Environment.open(
                path: log, mapSizeBytes: options.mapSizeBytes, maxDatabases: 64, readOnly: options.readOnly)
            try environment.open(Layout.own + projection.databases.map { Database(name: $0) }, create: !options.readOnly)
            return environment
        }
        try checkFormat(environment, log, projection, isReadOnly: options.readOnly)
        return Ledger(options, environment, try KeyRing(options, master: master), projection, made)
    }

    private static func checkFormat(
        _ environment: Environment, _ path: String, _ projection: any Projection, isReadOnly: Bool
    ) throws(LedgerError) {
        let version = UInt64(projection.version).bigEndianBytes
        let (format, stored, isEmpty) = try translating(path) { () throws(LMDBError) in
            let transaction = try environment.beginRead()
            return (
                try transaction.get(Layout.meta, Layout.formatKey), try transaction.get(Layout.meta, Layout.projectionKey),
                try transaction.count(Layout.events) == 0
            )
        }
        if format == nil, isEmpty, !isReadOnly {
            try translating(path) { () throws(LMDBError) in
                var transaction = try environment.beginWrite()
                try transaction.put(Layout.meta, Layout.formatKey, Layout.format)
                try transaction.put(Layout.meta, Layout.projectionKey, version)
                try transaction.commit()
            }
            return
        }
        guard format == Layout.format else {
            throw LedgerError(
                .notALedger, "The environment in \(path) is not a ledger of a format that this program knows.",
                remedy: "Name the right directory with --data, or use a newer version of identity-ledger.")
        }
        guard stored == version else {
            throw LedgerError(
                .newerSchema,
                "The projections in \(path) have version \(stored.flatMap { UInt64(bigEndianBytes: $0) } ?? 0); this program knows \(projection.version).",
                remedy: "Use the version of identity-ledger that wrote them, or export the ledger and import it with this one.")
        }
    }

    private static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    private static func makeDirectory(_ path: String) throws(LedgerError) {
        if unsafe mkdir(path, 0o700) != 0, errno != EEXIST {
            throw LedgerError(
                errno == EACCES || errno == EPERM || errno == EROFS ? .noPermission : .inputOutput,
                "The directory \(path) could not be made.", remedy: "Make it by hand, or name another with --data.")
        }
    }

    /// A view of the last commit.
    public func snapshot() throws(LedgerError) -> Snapshot { try Snapshot(self) }

    /// The newest event's sequence; 0: none.
    public var head: UInt64 { get throws(LedgerError) { try snapshot().head } }

    /// The only way to append. `decide` runs on the one writer, in its transaction: it must be quick, and wait for nothing.
    ///
    /// - Returns: After the commit is on disk.
    /// - Throws: What `decide` threw, then nothing of it was appended; or ``LedgerError``.
    public func submit<R: Sendable>(
        _ decide: @escaping @Sendable (inout WriteContext) throws -> R
    ) async throws -> Submission<R> {
        if options.readOnly {
            throw LedgerError(.readOnly, "The ledger was opened for reading only.", remedy: "Open it for writing.")
        }
        return try await withCheckedThrowingContinuation { continuation in
            writer.submit(
                Pending(
                    attempt: { context in
                        let result = try decide(&context)
                        return { events in continuation.resume(returning: Submission(result: result, events: events)) }
                    },
                    fail: { continuation.resume(throwing: $0) }),
                to: self)
        }
    }

    /// A hot copy of the log into an empty directory; the keys are not part of it.
    public func copyLog(to directory: String) throws(LedgerError) {
        try translating(directory) { () throws(LMDBError) in try environment.copy(to: directory) }
    }

    /// How large the map is, what of it is used, and its readers.
    public func statistics() throws(LedgerError) -> EnvironmentStatistics {
        try translating(options.directory) { () throws(LMDBError) in try environment.statistics() }
    }
}
