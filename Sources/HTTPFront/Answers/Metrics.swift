import Synchronization

/// Counters in Prometheus' text format.
final class Metrics: Sendable {
    private struct Counts: Sendable {
        var answers: [Int: UInt64] = [:]
        var logins: [String: UInt64] = [:]
    }

    private let counts = Mutex(Counts())

    func countAnswer(status: Int) { counts.withLock { $0.answers[status, default: 0] += 1 } }

    /// - Parameter outcome: `accepted`, or a refusal's code: never anything from outside.
    func countLogin(outcome: String) { counts.withLock { $0.logins[outcome, default: 0] += 1 } }

    func text(events: UInt64?) -> String {
        let (answers, logins) = counts.withLock { ($0.answers, $0.logins) }
        var lines = ["# TYPE identity_ledger_http_responses_total counter"]
        for (status, count) in answers.sorted(by: { $0.key < $1.key }) {
            lines.append("identity_ledger_http_responses_total{status=\"\(status)\"} \(count)")
        }
        lines.append("# TYPE identity_ledger_logins_total counter")
        for (outcome, count) in logins.sorted(by: { $0.key < $1.key }) {
            lines.append("identity_ledger_logins_total{outcome=\"\(outcome)\"} \(count)")
        }
        if let events {
            lines.append("# TYPE identity_ledger_events counter")
            lines.append("identity_ledger_events \(events)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
