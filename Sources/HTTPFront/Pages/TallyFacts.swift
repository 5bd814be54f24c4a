import Events
import IdentityLedger

/// The last days' logins as the picture and the table of them.
enum TallyFacts {
    private static let labels = ["Accepted", "Refused", "Tests"]

    static func facts(_ tally: LoginTally, now: Instant) -> [String: Any] {
        let days = tally.table(now: now).map { day, counts in
            (label: String(Instant(seconds: day * 86400).rfc3339.prefix(10)), values: [counts.accepted, counts.refused, counts.tests])
        }
        let bars = StackedBars(
            id: "days", title: "Logins of the last \(LoginTally.days) days by outcome",
            parts: Array(zip([.good, .bad, .other], labels)), bars: days.map { .init(label: $0.label, values: $0.values) })
        var facts: [String: Any] = [
            "picture": bars.svg,
            "figures": [
                "caption": "Logins by day (UTC) and outcome", "columns": ["Day"] + labels,
                "rows": days.reversed().map { ["name": $0.label, "values": $0.values.map { Numbers.text($0) }] as [String: Any] },
            ] as [String: Any],
        ]
        if let since = tally.since {
            facts["counted"] = "There are so many that only those since \(since.rfc3339Seconds) are counted here."
        }
        return facts
    }
}
