import Synchronization

/// Counts what was refused, per source and minute (C26, C50). Bounded: 100,000 sources are told apart. When they are there, those below the limit
/// are forgotten for this minute, and those at it stay; should all be at it, further ones aren't counted.
final class SourceLimiter: Sendable {
    private struct Minute: Sendable {
        var number: UInt64 = 0
        var counts: [String: Int] = [:]
    }

    /// 0 lifts it.
    let limit: Int
    private let sources: Int
    private let state = Mutex(Minute())

    init(limit: Int, sources: Int = 100_000) {
        self.limit = limit
        self.sources = sources
    }

    /// Whether this source is at its limit.
    func isExhausted(_ source: String, seconds: UInt64) -> Bool {
        guard limit > 0 else { return false }
        // A request that began in an earlier minute belongs to the one that is counted.
        return state.withLock { minute in seconds / 60 <= minute.number && (minute.counts[source] ?? 0) >= limit }
    }

    func count(_ source: String, seconds: UInt64) {
        guard limit > 0 else { return }
        state.withLock { minute in
            if minute.number < seconds / 60 { minute = Minute(number: seconds / 60) }
            if minute.counts.count >= sources, minute.counts[source] == nil {
                // Whoever commands so many sources doesn't free one that is at its limit.
                minute.counts = minute.counts.filter { $0.value >= limit }
                guard minute.counts.count < sources else { return }
            }
            minute.counts[source, default: 0] += 1
        }
    }
}
