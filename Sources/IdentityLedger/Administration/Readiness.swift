import Events
import Synchronization

/// Whether the ledger can be written, asked at most once a second and by one at a time (`/readyz` is open to anyone). Where the answer takes
/// longer than two seconds, it is no.
final class Readiness: Sendable {
    private struct State: Sendable {
        var asked: Instant?
        var answer: Bool?
    }

    private let state = Mutex(State())

    /// The answer of the last second, or a new one: whoever comes while it is asked for waits for the same.
    func answer(at now: Instant, _ ask: @escaping @Sendable () async -> Bool) async -> Bool {
        let isDue = state.withLock { state in
            if let asked = state.asked {
                if state.answer == nil { return false }
                if asked <= now, now < asked.adding(seconds: 1) { return false }
            }
            state = State(asked: now)
            return true
        }
        if isDue {
            Task {
                let answer = await ask()
                state.withLock { $0.answer = answer }
            }
        }
        // Turns, not a deadline: where threads are late, so may the answer be.
        for _ in 0..<400 {
            if let answer = state.withLock({ $0.answer }) { return answer }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }
}
