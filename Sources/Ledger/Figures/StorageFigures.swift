import LMDB

/// What the ledger takes on its disk, and who reads it.
public struct StorageFigures: Sendable, Hashable {
    /// A database of the ledger's environment.
    public struct DatabaseFigures: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// How many rows.
        public let rows: Int
        /// The bytes of its pages.
        public let bytes: Int
    }

    /// A reader that holds a snapshot.
    public struct Reader: Sendable, Hashable {
        /// Its process.
        public let process: Int
        /// The commit that it reads.
        public let transaction: UInt64
        /// How many commits came since.
        public let commitsBehind: UInt64

        /// A reader of these.
        public init(process: Int, transaction: UInt64, commitsBehind: UInt64) {
            self.process = process
            self.transaction = transaction
            self.commitsBehind = commitsBehind
        }
    }

    /// Address space of the map: the most that fits in until it grows.
    public let mapSizeBytes: Int
    /// Up to the last page in use.
    public let usedBytes: Int
    /// Of these, pages that wait to be used again.
    public let freeBytes: Int
    /// In the order of their names.
    public let databases: [DatabaseFigures]
    /// Those that hold a snapshot, the oldest first. What they read keeps the pages freed since from being used again.
    public let readers: [Reader]
}

extension Ledger {
    /// What the ledger takes, as of now.
    public func storage() throws(LedgerError) -> StorageFigures {
        try translating(options.directory) { () throws(LMDBError) in
            let statistics = try environment.statistics()
            let readers = try Self.readers(environment, statistics.lastTransaction)
            let transaction = try environment.beginRead()
            var databases: [StorageFigures.DatabaseFigures] = []
            for database in (Layout.own + projection.databases.map { Database(name: $0) }).sorted(by: { $0.name < $1.name }) {
                databases.append(
                    .init(name: database.name, rows: try transaction.count(database), bytes: try transaction.bytes(database)))
            }
            return StorageFigures(
                mapSizeBytes: statistics.mapSizeBytes, usedBytes: statistics.usedBytes,
                freeBytes: try transaction.freePages() * statistics.pageBytes, databases: databases,
                readers: readers)
        }
    }

    /// Those that hold a snapshot now, the oldest first.
    public func readers() throws(LedgerError) -> [StorageFigures.Reader] {
        try translating(options.directory) { () throws(LMDBError) in
            try Self.readers(environment, environment.statistics().lastTransaction)
        }
    }

    private static func readers(_ environment: Environment, _ newest: UInt64) throws(LMDBError) -> [StorageFigures.Reader] {
        try environment.readers().compactMap { reader in
            reader.transaction.map {
                StorageFigures.Reader(process: reader.process, transaction: $0, commitsBehind: newest - min($0, newest))
            }
        }.sorted { $0.transaction < $1.transaction }
    }

    /// Frees what readers held whose process died.
    ///
    /// - Returns: How many there were.
    public func clearStaleReaders() throws(LedgerError) -> Int {
        try translating(options.directory) { () throws(LMDBError) in try environment.clearStaleReaders() }
    }

    /// What the writer has done since this ledger was opened.
    public var writing: WriterFigures { writer.figures }
}
