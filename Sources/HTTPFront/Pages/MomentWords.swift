/// A moment of the past, as the pages say it.
enum MomentWords {
    /// `after event 57`, `at 2026-11-25T00:00:00Z`.
    ///
    /// - Parameter at: A sequence number or an instant.
    static func text(_ at: String) -> Sentence {
        UInt64(at) == nil ? DayPhrase.atInstant(["instant": at]) : DayPhrase.afterEvent(["event": at])
    }
}
