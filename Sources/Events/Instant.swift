/// A moment: nanoseconds since the Unix epoch, UTC. Facts carry instants; nothing in the core reads a clock.
public struct Instant: Sendable, Hashable, Comparable {
    /// Since the Unix epoch.
    public var nanoseconds: UInt64

    /// So many nanoseconds after the Unix epoch.
    public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    /// So many whole seconds after the Unix epoch.
    public init(seconds: UInt64) { nanoseconds = seconds &* 1_000_000_000 }

    /// Whether one is earlier than the other.
    public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Later by this many seconds; earlier by a negative number. Never before the epoch, never past the end.
    public func adding(seconds: Int64) -> Instant {
        let change = UInt64(seconds.magnitude).multipliedReportingOverflow(by: 1_000_000_000)
        let amount = change.overflow ? UInt64.max : change.partialValue
        if seconds < 0 { return Instant(nanoseconds: nanoseconds > amount ? nanoseconds - amount : 0) }
        let sum = nanoseconds.addingReportingOverflow(amount)
        return Instant(nanoseconds: sum.overflow ? .max : sum.partialValue)
    }
}

// MARK: - RFC 3339

extension Instant {
    /// Reads RFC 3339 and the `xs:dateTime` of SAML core §1.3.3: `2026-11-25T10:00:00Z`, a fraction of any length, an offset.
    ///
    /// - Returns: nil for anything else, and for moments before 1970 or after 2554.
    public init?(rfc3339 text: some StringProtocol) {
        var rest = Array(text.utf8)[...]
        guard rest.count >= 20, rest.count <= 64,
            let year = rest.digits(4), rest.take("-"), let month = rest.digits(2), rest.take("-"),
            let day = rest.digits(2),
            rest.take("T") || rest.take("t"),
            let hour = rest.digits(2), rest.take(":"), let minute = rest.digits(2), rest.take(":"),
            let second = rest.digits(2),
            (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        var fraction: UInt64 = 0
        if rest.take(".") {
            var scale: UInt64 = 100_000_000
            guard let first = rest.first, (0x30...0x39).contains(first) else { return nil }
            while let byte = rest.first, (0x30...0x39).contains(byte) {
                fraction += UInt64(byte - 0x30) * scale
                scale /= 10
                rest.removeFirst()
            }
        }
        var offset = 0
        if !(rest.take("Z") || rest.take("z")) {
            let negative = rest.take("-")
            guard negative || rest.take("+"), let hours = rest.digits(2), rest.take(":"), let minutes = rest.digits(2),
                hours <= 14, minutes < 60
            else { return nil }
            offset = (negative ? -1 : 1) * (hours * 3600 + minutes * 60)
        }
        guard rest.isEmpty, year >= 1969, year <= 2553 else { return nil }
        let seconds = Self.daysSinceEpoch(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset
        guard seconds >= 0 else { return nil }
        nanoseconds = UInt64(seconds) * 1_000_000_000 + fraction
    }

    /// RFC 3339 in UTC; with as many digits of the second's fraction (0, 3, 6 or 9) as it needs.
    public var rfc3339: String {
        let seconds = Int(nanoseconds / 1_000_000_000)
        let (year, month, day) = Self.date(days: seconds / 86400)
        let time = seconds % 86400
        var text: [UInt8] = []
        text.reserveCapacity(30)
        text.append(year, digits: 4, after: nil)
        text.append(month, digits: 2, after: "-")
        text.append(day, digits: 2, after: "-")
        text.append(time / 3600, digits: 2, after: "T")
        text.append(time / 60 % 60, digits: 2, after: ":")
        text.append(time % 60, digits: 2, after: ":")
        let fraction = Int(nanoseconds % 1_000_000_000)
        if fraction != 0 {
            if fraction % 1_000_000 == 0 {
                text.append(fraction / 1_000_000, digits: 3, after: ".")
            } else if fraction % 1000 == 0 {
                text.append(fraction / 1000, digits: 6, after: ".")
            } else {
                text.append(fraction, digits: 9, after: ".")
            }
        }
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// The same in whole seconds, as SAML messages carry it.
    public var rfc3339Seconds: String { Instant(seconds: nanoseconds / 1_000_000_000).rfc3339 }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Days of the proleptic Gregorian calendar, counted from 1 March of the year 0 in cycles of 400 years.
    private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let cycle = y / 400
        let yearOfCycle = y - cycle * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return cycle * 146097 + yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear - 719468
    }

    private static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719468
        let cycle = shifted / 146097
        let day = shifted - cycle * 146097
        let year = (day - day / 1460 + day / 36524 - day / 146096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let m = (5 * dayOfYear + 2) / 153
        let month = m < 10 ? m + 3 : m - 9
        return (year + cycle * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * m + 2) / 5 + 1)
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ number: Int, digits: Int, after separator: Unicode.Scalar?) {
        if let separator { append(UInt8(ascii: separator)) }
        var scale = (1..<digits).reduce(1) { scale, _ in scale * 10 }
        while scale > 0 {
            append(UInt8(0x30 + number / scale % 10))
            scale /= 10
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func take(_ character: Character) -> Bool {
        guard let first, first == character.asciiValue else { return false }
        removeFirst()
        return true
    }

    fileprivate mutating func digits(_ count: Int) -> Int? {
        guard self.count >= count else { return nil }
        var value = 0
        for byte in prefix(count) {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        removeFirst(count)
        return value
    }
}
