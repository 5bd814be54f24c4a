import Events
import SAML

/// How often each kind of thing happened, so that nothing is tested only in name.
struct Coverage {
    private var counts: [String: Int] = [:]

    mutating func count(_ name: String, _ number: Int = 1) { counts[name, default: 0] += number }

    /// A step's outcome, or those of several posts at once.
    mutating func count(outcome: String) {
        for word in outcome.split(separator: " ") { count("outcome \(word)") }
    }

    mutating func add(_ other: Coverage) { for (name, number) in other.counts { count(name, number) } }

    /// Lines by kind, and what never happened.
    var lines: [String] {
        func line(_ title: String, _ prefix: String) -> String {
            let found = counts.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
            return "\(title): " + found.map { "\($0.key.dropFirst(prefix.count)) \($0.value)" }.joined(separator: ", ")
        }
        let others = counts.filter { !$0.key.hasPrefix("event ") && !$0.key.hasPrefix("outcome ") }.sorted { $0.key < $1.key }
        let events = EventBody.names.filter { counts["event \($0)"] == nil }
        let codes = RefusalCode.allCases.map(\.rawValue).filter { counts["outcome \($0)"] == nil }
        return [
            line("events", "event "), line("outcomes", "outcome "),
            "beside: " + others.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
            "never: " + (events + codes).joined(separator: ", "),
        ]
    }
}
