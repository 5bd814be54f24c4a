import Events

/// When a certificate ends, as every page says it: the certificates', the settings, and the console's.
struct CertificateEnd: Sendable {
    // C23: an end is told this long ahead.
    static let noticeDays = 30

    let end: Instant
    let now: Instant

    var hasEnded: Bool { end <= now }
    /// Whole days until then, down to the one that has begun; negative: so long ago.
    var days: Int { DayWords.days(from: now, to: end) }
    /// Whether something is to be done about it: it has ended, or soon will.
    var isNear: Bool { hasEnded || days < Self.noticeDays }

    /// “in 12 days”, “3 days ago”.
    var when: any Said { DayWords.when(days, isPast: hasEnded) }

    /// “Ends in 12 days”, “Ended 3 days ago”: where there is little room.
    var short: Sentence {
        (hasEnded ? CertificatePhrase.endedShort : .endsShort)(["when": when])
    }

    /// “It ends in 12 days, on 3 October 2027.”
    var sentence: Sentence {
        (hasEnded ? CertificatePhrase.ended : .ends)(["when": when, "day": DayWords.date(end)])
    }
}
