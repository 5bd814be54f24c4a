public import Events

/// An organization's logins counted by day (UTC) and outcome. Pure: logins come in their order, each once.
public struct LoginTally: Sendable, Hashable {
    /// Of one day.
    public struct Counts: Sendable, Hashable {
        /// Let in; tests of the connection aside.
        public var accepted: UInt64 = 0
        /// Refused; tests aside.
        public var refused: UInt64 = 0
        /// Tests of the connection, whatever became of them.
        public var tests: UInt64 = 0

        /// None.
        public init() {}

        /// All of them.
        public var all: UInt64 { accepted + refused + tests }
    }

    /// Days that are counted, today among them.
    public static let days = 30

    /// By the number of days since 1970-01-01; days without a login are absent.
    public private(set) var counts: [UInt64: Counts] = [:]
    /// The last event that is counted.
    public internal(set) var sequence: UInt64
    /// Where there were more than are counted: from when on they are; nil: all of the days' logins are.
    public internal(set) var since: Instant?

    init(sequence: UInt64) { self.sequence = sequence }

    mutating func count(_ instant: Instant, accepted: Bool, test: Bool) {
        let day = Self.day(instant)
        var counts = counts[day] ?? Counts()
        if test { counts.tests += 1 } else if accepted { counts.accepted += 1 } else { counts.refused += 1 }
        self.counts[day] = counts
    }

    /// Forgets the days that are over for so long that they are not told any more.
    mutating func trim(now: Instant) {
        let first = Self.firstDay(now)
        counts = counts.filter { $0.key >= first }
        if let since, Self.day(since) < first { self.since = nil }
    }

    /// The days that are told, in order, those without a login among them.
    public func table(now: Instant) -> [(day: UInt64, counts: Counts)] {
        let first = Self.firstDay(now)
        return (first..<first + UInt64(Self.days)).map { ($0, counts[$0] ?? Counts()) }
    }

    static func day(_ instant: Instant) -> UInt64 { instant.nanoseconds / 86_400_000_000_000 }

    static func firstDay(_ now: Instant) -> UInt64 {
        let today = day(now)
        return today < UInt64(days) ? 0 : today - UInt64(days) + 1
    }
}
