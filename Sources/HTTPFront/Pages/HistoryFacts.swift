import Events
import Identity
import IdentityLedger

/// Logins and events as the pages about them read them.
struct HistoryFacts {
    let url: PublicURL
    let organization: Identifier

    // A page stays one that a person can read, whatever an event holds.
    private static let mostDataBytes = 24 << 10

    func address(_ path: String) -> String { url.address("/organizations/\(organization)/\(path)") }

    // Rows are many: without the server's name.
    private func short(_ path: String) -> String { "\(url.path)/organizations/\(organization)/\(path)" }

    func login(_ login: LoginView) -> [String: Any] {
        var facts: [String: Any] = [
            "href": short("logins/\(login.sequence)"), "sequence": String(login.sequence), "recordedAt": login.recordedAt.rfc3339Seconds,
            "outcome": outcome(login), "who": PersonName.said(email: login.email, user: login.user) ?? "",
        ]
        if let detail = login.detail { facts["detail"] = detail }
        if let code = login.code { facts["code"] = code }
        return facts
    }

    private func outcome(_ login: LoginView) -> LoginPhrase {
        login.isAccepted ? (login.isTest ? .acceptedTest : .accepted) : login.isTest ? .refusedTest : .refused
    }

    /// - Parameter user: Where the row stands on this person's page: “as of then” is that person's.
    func event(_ entry: HistoryEntry, of user: Identifier? = nil) -> [String: Any] {
        let state = user.map { short("users/\($0)") } ?? short("history")
        var facts: [String: Any] = [
            "href": short("history/\(entry.sequence)"), "sequence": String(entry.sequence), "recordedAt": entry.recordedAt.rfc3339Seconds,
            "type": entry.type, "what": entry.what, "by": entry.by, "stateHref": "\(state)?at=\(entry.sequence)",
        ]
        if let text = PersonName.said(email: entry.email, user: entry.user), let id = entry.user {
            facts["person"] = ["text": text, "link": short("users/\(id)")] as [String: Any]
        }
        if let origin = Self.words(entry.origin) { facts["origin"] = origin }
        return facts
    }

    /// One event's own page.
    func page(_ entry: HistoryEntry, _ event: JSON) -> [String: Any] {
        var facts = self.event(entry)
        facts["leaf"] = event["leafHash"]?.stringValue ?? ""
        facts["state"] = address("history") + "?at=\(entry.sequence)"
        facts["compare"] = address("history") + "?at=\(entry.sequence)&compare=now"
        facts["list"] = address("history")
        if let cause = event["causedBy"]?.integerValue {
            facts["cause"] = String(cause)
            facts["causeHref"] = address("history/\(cause)")
        }
        if entry.type == EventBody.assertionReceived(.init()).name { facts["story"] = address("logins/\(entry.sequence)") }
        facts.merge(Self.json(event["data"] ?? .null, as: "data")) { $1 }
        return facts
    }

    /// The state of the organization at a moment.
    ///
    /// - Parameter difference: From then to now; nil: not asked for.
    func state(_ state: OrganizationView, at: String, _ difference: StateDifferenceView?) -> [String: Any] {
        var facts: [String: Any] = [
            "then": MomentWords.text(at), "name": state.name.undirected,
            "accounts": state.accounts.map(\.name.isolated).joined(separator: ", "),
            "certificates": (state.identityProvider?.certificates ?? []).map {
                ["subject": $0.subject, "until": $0.notAfter.rfc3339Seconds, "sha256": String($0.sha256.prefix(16))]
            },
            "list": address("history"), "compare": address("history") + "?at=\(PercentCoding.encode(at))&compare=now",
        ]
        if let provider = state.identityProvider { facts["provider"] = provider.entityID }
        if !state.verifiedDomains.isEmpty { facts["domains"] = ["names": state.verifiedDomains.joined(separator: ", ")] }
        if let difference { facts["compared"] = Self.compared(difference) }
        facts.merge(Self.json(state.json, as: "state")) { $1 }
        return facts
    }

    private static let mostDifferences = 200

    private static func compared(_ difference: StateDifferenceView) -> [String: Any] {
        let sentences = difference.differences.prefix(mostDifferences).map(\.detail)
        var facts: [String: Any] = [:]
        if !sentences.isEmpty { facts["differences"] = ["sentences": sentences] }
        let left = difference.differences.count - sentences.count
        if left > 0 || difference.peopleLeftOut > 0 {
            facts["more"] = HistoryPhrase.moreDifferences(["count": String(sentences.count)])
        }
        return facts
    }

    private static func json(_ json: JSON, as name: String) -> [String: Any] {
        let text = IndentedJSON.text(json)
        guard text.utf8.count > mostDataBytes else { return [name: text] }
        let shown = String(decoding: text.utf8.prefix(mostDataBytes), as: UTF8.self)
        return [name: shown, "cut": true]
    }

    // What an event was taken from; nil: it happened here, or an origin that this program doesn't know.
    private static func words(_ origin: JSON) -> Sentence? {
        let digest = String((origin["digest"]?.stringValue ?? "").prefix(16))
        let number = String(origin["place"]?.integerValue ?? 0)
        switch origin["kind"]?.stringValue {
        case "file": return HistoryPhrase.fromFile(["digest": digest])
        case "history": return HistoryPhrase.fromHistory(["number": number])
        case "ledger": return HistoryPhrase.fromLedger(["number": number, "digest": digest])
        default: return nil
        }
    }
}
