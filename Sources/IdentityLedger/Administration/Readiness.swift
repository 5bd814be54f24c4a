import Events
import Synchronization

/// Whether the ledger can be written, asked at most once a second (`/readyz` is open to anyone).
final class Readiness: Sendable {
    private struct Last: Sendable {
        var instant: Instant?
        var task: Task<Bool, Never>?
    }

    private let last = Mutex(Last())

    /// The answer of the last second, or a new one: whoever comes while it is asked for waits for the same.
    func answer(at now: Instant, _ ask: @escaping @Sendable () async -> Bool) async -> Bool {
        let task = last.withLock { last in
            if let task = last.task, let instant = last.instant, instant <= now, now < instant.adding(seconds: 1) { return task }
            let task = Task { await ask() }
            last = Last(instant: now, task: task)
            return task
        }
        return await task.value
    }
}
