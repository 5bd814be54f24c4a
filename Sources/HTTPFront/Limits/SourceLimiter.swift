import Synchronization

/// Counts what was refused, per source and minute (C50). Bounded: at 100,000 sources the minute starts afresh.
final class SourceLimiter: Sendable {
    private struct Minute: Sendable {
        var number: UInt64 = 0
        var counts: [String: Int] = [:]
    }

    /// 0 lifts it.
    let limit: Int
    private let state = Mutex(Minute())

    init(limit: Int) { self.limit = limit }

    /// Whether this source is at its limit.
    func isExhausted(_ source: String, seconds: UInt64) -> Bool {
        guard limit > 0 else { return false }
        return state.withLock { minute in minute.number == seconds / 60 && (minute.counts[source] ?? 0) >= limit }
    }

    func count(_ source: String, seconds: UInt64) {
        guard limit > 0 else { return }
        state.withLock { minute in
            if minute.number != seconds / 60 || minute.counts.count > 100_000 { minute = Minute(number: seconds / 60) }
            minute.counts[source, default: 0] += 1
        }
    }
}
