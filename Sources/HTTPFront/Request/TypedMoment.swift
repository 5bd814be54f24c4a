import Events

/// A moment as somebody types it into a field: an event's number, a day, which is meant to its end, or an instant.
struct TypedMoment: Sendable, Hashable {
    /// As pages and their addresses say it: `57`, `2026-11-25`, or RFC 3339.
    let shown: String
    /// As the core reads it: a sequence number, or RFC 3339.
    let text: String

    /// - Throws: `invalid_request`, about the field.
    init(_ typed: String) throws {
        if UInt64(sequence: typed) != nil {
            (shown, text) = (typed, typed)
        } else if Self.isDay(typed) {
            (shown, text) = (typed, typed + "T23:59:59.999999999Z")
        } else if let instant = Instant(typed: typed) {
            (shown, text) = (instant.rfc3339, instant.rfc3339)
        } else {
            throw Problem.invalid(
                "“at” is a sequence number, a day such as 2026-11-25, or an instant such as 2026-11-25T00:00:00Z.",
                in: .init(name: "at", phrase: .moment))
        }
    }

    /// Whether it is a day of the calendar, as RFC 3339 writes one.
    static func isDay(_ text: String) -> Bool { text.utf8.count == 10 && Instant(rfc3339: text + "T00:00:00Z") != nil }
}

extension Problem {
    /// What the core says of a moment, as its field says it.
    ///
    /// - Parameter phrase: Where nothing was there yet at that moment.
    func about(_ moment: TypedMoment, before phrase: InputPhrase) -> Problem {
        switch status {
        case 404: about("at", phrase)
        case 400, 422: about("at", .noSuchEvent)
        default: self
        }
    }
}

extension Instant {
    /// As people write one: RFC 3339, also with a space for its `T`; without an offset it is of UTC, and without seconds of the whole minute.
    init?(typed text: String) {
        var bytes = Array(text.utf8)
        if bytes.count > 10, bytes[10] == UInt8(ascii: " ") { bytes[10] = UInt8(ascii: "T") }
        if bytes.count == 16 { bytes += ":00".utf8 }
        if bytes.count == 19 { bytes.append(UInt8(ascii: "Z")) }
        self.init(rfc3339: String(decoding: bytes, as: UTF8.self))
    }
}
