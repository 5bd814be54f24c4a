import Events

/// What was read from an identity provider's metadata, in sentences.
struct ProviderWords {
    /// As the administration API shows it.
    let provider: JSON
    let policy: JSON
    let now: Instant

    /// Term and sentence, in the order of a login.
    var rows: [[String: Any]] {
        var rows: [(String, String)] = [
            (
                "Product",
                preset.map { "It looks like \($0): advice here is in its words." } ?? "None that we know by its addresses, which is fine."
            ),
            ("Sign-in", signIn), ("Requests", requests), ("Answers", answers), ("Updates", updates),
        ]
        if let until = instant(provider["validUntil"]) {
            rows.append(("The document", "It says that it holds until \(DayWords.day(until))."))
        }
        return rows.map { ["term": $0.0, "text": $0.1] }
    }

    /// A certificate's end, and whether that is near or over.
    func end(of certificate: JSON) -> (text: String, isNear: Bool) {
        guard let end = instant(certificate["notAfter"]) else { return ("Its end can't be read.", true) }
        let day = DayWords.day(end)
        guard end > now else {
            let enforced = policy["refuseExpiredCertificates"]?.boolValue == true
            let consequence =
                enforced
                ? "Logins that it signs are refused, as the policy asks. Renew it at the identity provider and save its metadata here."
                : "Logins that it signs still pass, since a certificate is a key here; renew it at the identity provider and save its metadata here."
            return ("It ended \(DayWords.days(from: end, to: now)) ago, on \(day). \(consequence)", true)
        }
        if let begin = instant(certificate["notBefore"]), begin > now {
            return ("It begins on \(DayWords.day(begin)) and ends on \(day).", true)
        }
        let isNear = end < now.adding(seconds: 30 * 86_400)
        let renewal = isNear ? " Renew it at the identity provider, and save its metadata here before that day." : ""
        return ("It ends in \(DayWords.days(from: now, to: end)), on \(day).\(renewal)", isNear)
    }

    private var preset: String? { provider["preset"]?.stringValue }

    private var signIn: String {
        let way =
            provider["singleSignOnBinding"]?.stringValue?.hasSuffix("HTTP-POST") == true
            ? "a form (HTTP-POST)" : "a redirect (HTTP-Redirect)"
        return "People are sent to \(provider["singleSignOnURL"]?.stringValue ?? "no address") by \(way)."
    }

    private var requests: String {
        if provider["wantsSignedRequests"]?.boolValue == true { return "They are signed with our key, because its metadata asks for that." }
        if policy["signRequests"]?.boolValue == true { return "They are signed with our key, because the policy asks for that." }
        return "They are not signed: its metadata doesn't ask for it."
    }

    private var answers: String {
        let count = provider["certificates"]?.arrayValue?.count ?? 0
        let keys = count == 1 ? "the key below" : "one of the \(count) keys below"
        let what = policy["requireSignedAssertion"]?.boolValue == true ? "the assertion" : "the response or the assertion"
        let encrypted = policy["requireEncryptedAssertion"]?.boolValue == true ? " The assertion must be encrypted." : ""
        return "They are believed where \(keys) signed \(what).\(encrypted)"
    }

    private var updates: String {
        guard let url = provider["metadataURL"]?.stringValue else {
            return "The metadata was given as a document: when its certificate changes, save the new one here."
        }
        let hours = policy["metadataRefreshHours"]?.integerValue ?? 24
        guard hours > 0 else { return "The policy doesn't let \(url) be fetched again: when its certificate changes, fetch it here." }
        return
            "New certificates come by themselves: \(url) is fetched \(hours == 24 ? "every day" : hours == 1 ? "every hour" : "every \(hours) hours")."
    }

    private func instant(_ json: JSON?) -> Instant? { json?.stringValue.flatMap { Instant(rfc3339: $0) } }
}

/// Days as people say them, in UTC.
enum DayWords {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    /// “3 October 2027”.
    static func day(_ instant: Instant) -> String {
        let parts = instant.rfc3339.prefix(10).split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, months.indices.contains(parts[1] - 1) else { return instant.rfc3339 }
        return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
    }

    /// “one day”, “312 days”; of less than a day “less than a day”.
    static func days(from: Instant, to: Instant) -> String {
        let days = to.nanoseconds < from.nanoseconds ? 0 : (to.nanoseconds - from.nanoseconds) / 86_400_000_000_000
        return days == 0 ? "less than a day" : days == 1 ? "one day" : "\(days) days"
    }
}
