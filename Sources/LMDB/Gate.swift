import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Counts the transactions of this process, so that the map is changed only while there is none
/// (lmdb.h, mdb_env_set_mapsize: "it is up to the caller to ensure that no transactions are active").
final class Gate: Sendable {
    private struct State {
        var transactions = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Before every transaction; waits while the map is being changed.
    func enter() {
        while true {
            let entered = state.withLock { state in
                if state.isClosed { return false }
                state.transactions += 1
                return true
            }
            if entered { return }
            usleep(500)  // rare: the map of 64 GiB ran full, or another process made its own larger
        }
    }

    /// After every transaction.
    func leave() { state.withLock { $0.transactions -= 1 } }

    /// Runs `body` while there is no transaction; an error if those that are there do not end within 2 s.
    func alone(_ body: () throws(LMDBError) -> Void) throws(LMDBError) {
        var attempts = 4000
        while !state.withLock({ state in
            if state.isClosed { return false }
            state.isClosed = true
            return true
        }) {
            usleep(500)
        }
        defer { state.withLock { $0.isClosed = false } }
        while state.withLock({ $0.transactions }) > 0 {
            attempts -= 1
            if attempts == 0 {
                throw LMDBError(
                    .busy, "The map must change its size, and readers of this process did not end within 2 s.",
                    operation: "mdb_env_set_mapsize")
            }
            usleep(500)
        }
        try body()
    }
}
