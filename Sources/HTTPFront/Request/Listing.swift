import Events

/// A list's page as its address says it: what is filtered stands in the URL, so that it can be kept and sent on.
struct Listing: Sendable {
    /// With the public URL before it.
    let address: String
    /// The filters; those without a value are left out.
    let filters: [(name: String, value: String?)]

    var isFiltered: Bool { filters.contains { $0.value != nil } }

    /// The list with the same filters, and another member.
    func href(_ more: (name: String, value: String)?..., suffix: String = "") -> String {
        let query = (filters.compactMap { name, value in value.map { (name, $0) } } + more.compactMap { $0.map { ($0.name, $0.value) } })
            .map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        return address + suffix + (query.isEmpty ? "" : "?\(query)")
    }

    /// What is typed into the fields that it is filtered by, for the form above it.
    func typed(_ name: String) -> String? { filters.first { $0.name == name }?.value }

    /// The choice of one of a list's filters; the first option stands for any.
    func choice(
        _ name: String, _ label: any Said, any: any Said = FilterPhrase.any, _ options: [(value: String, text: any Said)]
    ) -> [String: Any] {
        let wanted = typed(name) ?? ""
        return [
            "id": name, "label": label,
            "options": ([(value: "", text: any)] + options).map {
                ["value": $0.value, "text": $0.text, "selected": $0.value == wanted] as [String: Any]
            },
        ]
    }
}

/// From when to when, as a query has it: days, or instants.
struct PeriodQuery: Sendable {
    let since: Instant?
    /// The first instant that is not wanted any more.
    let until: Instant?

    init(_ query: Fields) throws {
        since = try query.typed("since").map { try Self.instant($0, "since") }
        // A day is meant to its end.
        until = try query.typed("until").map { try Self.instant($0, "until").adding(seconds: TypedMoment.isDay($0) ? 86400 : 0) }
        // A period up to the very instant of its beginning holds nothing either.
        if let since, let until, until <= since { throw Self.endsBeforeItBegins("until") }
    }

    /// A field of a period as it was typed: one that is no day is no date that browsers could show.
    static func facts(_ name: String, _ typed: String?) -> [String: Any] {
        [name: typed ?? "", "\(name)IsInstant": typed.map { !$0.isEmpty && !TypedMoment.isDay($0) } ?? false]
    }

    /// A day stands for its beginning (UTC).
    static func instant(_ text: String, _ name: String) throws -> Instant {
        guard let instant = Instant(typed: TypedMoment.isDay(text) ? text + "T00:00:00Z" : text) else {
            throw Problem.invalid(
                "“\(name)” is a day such as 2026-11-25, or an instant such as 2026-11-25T00:00:00Z.", in: .init(name: name, phrase: .day))
        }
        return instant
    }

    /// - Parameter name: Of the field that names the end.
    static func check(from: Instant?, to: Instant?, _ name: String) throws {
        if let from, let to, to < from { throw endsBeforeItBegins(name) }
    }

    private static func endsBeforeItBegins(_ name: String) -> Problem {
        .invalid("“\(name)” is before the period begins.", status: 422, in: .init(name: name, phrase: .endsBeforeItBegins))
    }
}

extension Fields {
    /// A login's reference, as a person quotes it: `12`, `1,234`, `Reference 12`, `expired · Reference 12`.
    func reference() throws -> UInt64? {
        guard let quoted = try text("reference") else { return nil }
        let isDigit = { (character: Character) in character.isASCII && character.isNumber }
        let last = quoted.reversed().drop { !$0.isLetter && !isDigit($0) }
            .prefix { isDigit($0) || $0 == "," || $0.isWhitespace }.filter(isDigit)
        guard let sequence = UInt64(String(last.reversed())) else {
            throw Problem.invalid(
                "A reference is a number, such as 57: copy it from the page that refused the login.",
                in: .init(name: "reference", phrase: .reference))
        }
        return sequence
    }

    /// Before which event a list goes on; nil: from its newest one on.
    func before() throws -> UInt64? {
        guard let text = try text("before") else { return nil }
        guard let sequence = UInt64(text) else { throw Problem.invalid("“before” is a sequence number.") }
        return sequence
    }
}
