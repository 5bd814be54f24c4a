import NIOPosix

/// Threads for what blocks, apart from those that answer logins: a slow name server holds up no reading, and reading no lookup.
enum Threads {
    /// Long reads of the ledger.
    static let reading = started(4)
    /// Names, asked for through the C library.
    static let lookups = started(8)

    private static func started(_ count: Int) -> NIOThreadPool {
        let pool = NIOThreadPool(numberOfThreads: count)
        pool.start()
        return pool
    }
}
