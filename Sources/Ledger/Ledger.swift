import Crypto
public import Events
import LMDB

/// What a submission came to: the decision's result, and the events that were appended for it.
public struct Submission<Result: Sendable>: Sendable {
    /// What the decision returned.
    public let result: Result
    /// With their sequences.
    public let events: [Event]
}

/// The log in LMDB, its keys, and its one writer. Nothing above knows that the log is local.
public final class Ledger: Sendable {
    /// How it was opened.
    public let options: LedgerOptions
    /// The keys of personal data, and the service's own secrets.
    public let keyRing: KeyRing
    /// The path of the master key's file, if this opening made it: worth a warning to keep it elsewhere.
    public let madeMasterKey: String?
    let environment: Environment
    let projection: any Projection
    let writer = Writer()

    /// All that the environment may hold, those of former versions too.
    var databases: [Database] { Layout.own + (projection.databases + projection.formerDatabases).map(Database.init(name:)) }

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
        let isThere = Files.exists(log + "/data.mdb")
        if !isThere {
            guard options.create, !options.readOnly else {
                throw LedgerError(
                    .notALedger, "There is no ledger in \(options.directory).",
                    remedy:
                        "Name the right directory with --data, or make a ledger, for example with “identity-ledger organization create NAME”."
                )
            }
            try Files.makeDirectory(log)
        }
        if !options.readOnly { try Files.makeDirectory(options.directory + "/keys") }
        let (master, made) = try MasterKey.load(options)
        let databases = Layout.own + projection.databases.map(Database.init(name:))
        let environment = try translating(log) { () throws(LMDBError) in
            let environment = try Environment.open(
                path: log, mapSizeBytes: options.mapSizeBytes, maxDatabases: 64, readOnly: options.readOnly)
            try environment.open(databases + projection.formerDatabases.map(Database.init(name:)), create: false)
            return environment
        }
        try refuseForeign(environment, log)
        if !options.readOnly { try translating(log) { () throws(LMDBError) in try environment.open(databases, create: true) } }
        try checkFormat(environment, log, projection, options)
        let ledger = Ledger(options, environment, try KeyRing(options, master: master), projection, made)
        if !options.readOnly { try ledger.finishErasures() }
        return ledger
    }

    /// Destroys the keys whose erasure is recorded (C56): after the commit that says so, and, where that failed or the machine stopped,
    /// at the next start or call. Without any, nothing is done.
    public func finishErasures() throws(LedgerError) {
        guard keyRing.isAvailable else { return }
        let directory = options.directory
        let keys = try translating(directory) { () throws(LMDBError) in
            var keys: [[UInt8]] = []
            try environment.beginRead().scan(Layout.erasures, from: [], reverse: false) { key, _ in
                keys.append(key)
                return true
            }
            return keys
        }
        if keys.isEmpty { return }
        try keyRing.destroy(keys.compactMap { Identifier(bytes: $0) })
        try translating(directory) { () throws(LMDBError) in
            var transaction = try environment.beginWrite()
            for key in keys { try transaction.delete(Layout.erasures, key) }
            try transaction.commit()
        }
    }

    // Before anything is written: an environment of something else stays as it is.
    private static func refuseForeign(_ environment: Environment, _ path: String) throws(LedgerError) {
        let isForeign = try translating(path) { () throws(LMDBError) in
            if try environment.beginRead().get(Layout.meta, Layout.formatKey) != nil { return false }
            return try environment.statistics().databaseCount > environment.openCount
        }
        if isForeign {
            throw LedgerError(
                .notALedger, "The LMDB environment in \(path) is not a ledger.", remedy: "Name the right directory with --data.")
        }
    }

    private static func checkFormat(
        _ environment: Environment, _ path: String, _ projection: any Projection, _ options: LedgerOptions
    ) throws(LedgerError) {
        let isReadOnly = options.readOnly
        let version = Layout.projection(projection)
        let (format, stored, newest) = try translating(path) { () throws(LMDBError) in
            let transaction = try environment.beginRead()
            return (
                try transaction.get(Layout.meta, Layout.formatKey), try transaction.get(Layout.meta, Layout.projectionKey),
                try transaction.last(Layout.events)
            )
        }
        if format == nil, newest == nil, !isReadOnly {
            try translating(path) { () throws(LMDBError) in
                var transaction = try environment.beginWrite()
                try transaction.put(Layout.meta, Layout.formatKey, Layout.format)
                try transaction.put(Layout.meta, Layout.projectionKey, version)
                try transaction.commit()
            }
            return
        }
        if let number = format.flatMap(Layout.formatNumber), let known = Layout.formatNumber(Layout.format), number < known {
            throw LedgerError(
                .notALedger, "The ledger in \(path) has a format that is older than this program knows.",
                remedy: "Export it with the version that wrote it, and import the file here.")
        }
        guard format == Layout.format else {
            throw LedgerError(
                .notALedger, "The environment in \(path) is not a ledger of a format that this program knows.",
                remedy: "Name the right directory with --data, or use a newer version of identity-ledger.")
        }
        if let newest {
            do throws(LedgerError) {
                _ = try Snapshot.decode(newest.value)  // a newer program's event is refused by name
            } catch {
                // Who only reads can still say where the damage is.
                guard isReadOnly, error.code == .damaged else { throw error }
            }
        }
        if stored == version { return }
        let number = stored.flatMap { UInt64(bigEndianBytes: $0) } ?? 0
        guard number < UInt64(projection.version), !isReadOnly else {
            throw LedgerError(
                .newerSchema, "The projections in \(path) have version \(number); this program knows \(projection.version).",
                remedy: isReadOnly
                    ? "Run any writing command once: it folds all events anew."
                    : "Use the version of identity-ledger that wrote them, or a newer one.")
        }
        try ProjectionRebuild(environment, projection, options).run()
    }

    /// A view of the last commit.
    public func snapshot() throws(LedgerError) -> Snapshot { try Snapshot(self) }

    /// The newest event's sequence; 0: none.
    public var head: UInt64 { get throws(LedgerError) { try snapshot().head } }

    /// The only way to append. `decide` runs on the one writer, in its transaction: it must be quick, and wait for nothing.
    ///
    /// - Returns: After the commit is on disk.
    /// - Throws: What `decide` threw, then nothing of it was appended; or ``LedgerError``.
    @discardableResult
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

    /// Has another master key wrap the keys; see ``KeyRing/rotateMaster(to:)``.
    ///
    /// - Parameter path: Its file; made, with mode 0600, where there is none.
    public func rotateMasterKey(toFile path: String) throws(LedgerError) {
        try keyRing.rotateMaster(to: try MasterKey.make(path, random: options.random))
    }

    /// Commits without an event: throws where the writer takes no work, or a commit doesn't reach the disk. After a commit that failed it
    /// takes room for some events too, and gives it back, since pages that are free already can be written on a full disk.
    public func probe() async throws {
        guard writer.isTroubled else {
            _ = try await submit { context in try context.touch() }
            return
        }
        for bytes in [256 << 10, 0] { _ = try await submit { context in try context.takeRoom(bytes) } }
    }

    /// Waits for what is on its way, then takes nothing more. Snapshots that are held stay good.
    public func close() { writer.close() }

    /// A hot copy of the log into an empty directory; the keys are not part of it.
    public func copyLog(to directory: String) throws(LedgerError) {
        try translating(directory) { () throws(LMDBError) in try environment.copy(to: directory) }
    }
}
