import NIOPosix

/// Threads for what blocks, apart from those that answer logins: a slow name server holds up no reading, and reading no lookup.
enum Threads {
    /// Long reads of the ledger.
    static let reading = started(4)
    /// Names, asked for through the C library.
    static let lookups = started(8)

    /// Which organizations have a read under way that takes seconds; half the threads are left to the others.
    static let longReads = Turns(atOnce: 2)

    private static func started(_ count: Int) -> NIOThreadPool {
        let pool = NIOThreadPool(numberOfThreads: count)
        pool.start()
        return pool
    }
}
