import Events

/// Days as people say them, in UTC.
enum DayWords {
    private static let months: [DayPhrase] = [
        .january, .february, .march, .april, .may, .june, .july, .august, .september, .october, .november, .december,
    ]

    /// “3 October 2027”.
    static func date(_ instant: Instant) -> any Said {
        let parts = instant.rfc3339.prefix(10).split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, months.indices.contains(parts[1] - 1) else { return instant.rfc3339 }
        return DayPhrase.date(["day": String(parts[2]), "month": months[parts[1] - 1], "year": String(parts[0])])
    }

    /// Whole days, down to the one that has begun; negative where it is past.
    static func days(from now: Instant, to other: Instant) -> Int {
        let day: UInt64 = 86_400_000_000_000
        return other > now
            ? Int(clamping: (other.nanoseconds - now.nanoseconds) / day) : -Int(clamping: (now.nanoseconds - other.nanoseconds) / day)
    }

    /// “in 12 days”, “3 days ago”.
    ///
    /// - Parameters:
    ///   - days: Negative: so long ago.
    ///   - isPast: Tells of less than a day on which side it lies.
    static func when(_ days: Int, isPast: Bool = false) -> any Said {
        switch days {
        case 0: isPast ? DayPhrase.lessThanADayAgo : DayPhrase.withinADay
        case 1: DayPhrase.inOneDay
        case -1: DayPhrase.oneDayAgo
        case 2...: DayPhrase.inDays(["count": Numbers.text(days.magnitude)])
        default: DayPhrase.daysAgo(["count": Numbers.text(days.magnitude)])
        }
    }
}
