import Events
import IdentityLedger

/// The last days' logins as the picture and the table of them.
enum TallyFacts {
    private static let parts: [StackedBars.Part] = [
        .init(fill: .good, label: LoginPhrase.acceptedColumn, word: LoginPhrase.accepted),
        .init(fill: .bad, label: LoginPhrase.refusedColumn, word: LoginPhrase.refused),
        .init(fill: .other, label: LoginPhrase.testsColumn, word: LoginPhrase.tests),
    ]

    static func facts(_ tally: LoginTally, now: Instant) -> [String: Any] {
        let days = tally.table(now: now).map { day, counts in
            (label: String(Instant(seconds: day * 86400).rfc3339.prefix(10)), values: [counts.accepted, counts.refused, counts.tests])
        }
        let bars = StackedBars(
            id: "days", title: LoginPhrase.byOutcome(["days": String(LoginTally.days)]), parts: parts,
            bars: days.map { .init(label: $0.label, values: $0.values) })
        var facts: [String: Any] = [
            "picture": bars,
            "figures": [
                "caption": LoginPhrase.byDay, "columns": [LoginPhrase.dayColumn] + parts.map(\.label),
                "rows": days.reversed().map { ["name": $0.label, "values": $0.values.map { Numbers.text($0) }] as [String: Any] },
            ] as [String: Any],
        ]
        if let since = tally.since {
            facts["counted"] = LoginPhrase.countedSince(["instant": since.rfc3339Seconds])
        }
        return facts
    }
}
