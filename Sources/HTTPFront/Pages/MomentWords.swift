/// A moment of the past, as the pages say it.
enum MomentWords {
    /// `after event 57`, `at the end of 2026-11-25 (UTC)`, `at 2026-11-25T00:00:00Z`.
    ///
    /// - Parameter at: A sequence number, a day or an instant.
    static func text(_ at: String) -> Sentence {
        if UInt64(at) != nil { return DayPhrase.afterEvent(["event": at]) }
        return TypedMoment.isDay(at) ? DayPhrase.atEndOfDay(["day": at]) : DayPhrase.atInstant(["instant": at])
    }
}
