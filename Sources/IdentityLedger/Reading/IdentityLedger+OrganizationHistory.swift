public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    // Events that are read for one page at most.
    private static let mostRead = 5000

    /// An organization's events in words, the newest first, in bounded time: where few are found among many, the page says how far it looked, and
    /// the next one goes on there.
    ///
    /// - Parameter before: Only those before this sequence; nil: from the newest on.
    /// - Throws: `invalid_request` for a name that no event has, `not_found` for a person who is not there.
    public func history(
        _ organization: Identifier, _ filter: HistoryFilter = HistoryFilter(), before: UInt64? = nil, limit: Int = 50, by caller: Caller
    ) throws(ServiceError) -> HistoryPage {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.read, state)
            if let type = filter.type, !EventBody.names.contains(type) {
                throw RuleError(.invalidRequest, "There is no event named “\(type)”.", remedy: "Choose one of those that there are.")
            }
            let person = try filter.person.map { try userID($0, of: organization, in: snapshot) }
            let first = try filter.since.map { try firstSequence(since: $0, in: snapshot) } ?? 1
            var next = min(before ?? .max, try filter.until.map { try firstSequence(since: $0, in: snapshot) } ?? .max)
            var reader = HistoryReader(state, organization, snapshot, ledger.keyRing)
            var entries: [HistoryEntry] = []
            var read = 0
            while true {
                let piece =
                    if let person {
                        try snapshot.newestEvents(organization, about: person, before: next, limit: 500)
                    } else {
                        try snapshot.newestEvents(organization, before: next, limit: 500, logins: filter.includesLogins)
                    }
                for sequence in piece {
                    guard sequence >= first else { return HistoryPage(entries: entries, next: nil, lookedThroughUntil: nil) }
                    guard entries.count < limit else { return HistoryPage(entries: entries, next: next, lookedThroughUntil: nil) }
                    guard read < Self.mostRead else {
                        return HistoryPage(entries: entries, next: next, lookedThroughUntil: try snapshot.event(next)?.recordedInstant)
                    }
                    next = sequence
                    read += 1
                    if let event = try snapshot.event(sequence), filter.finds(event) { entries.append(try reader.entry(event)) }
                }
                guard piece.count == 500 else { return HistoryPage(entries: entries, next: nil, lookedThroughUntil: nil) }
            }
        }
    }

    /// These of the organization's own events in words, for whoever caused them: what was done on a page is said there.
    ///
    /// - Returns: nil: there is no such event of this organization, or the caller may not read it; without the right to read the
    ///   history that is what others did.
    public func historyEntry(_ sequence: UInt64, of organization: Identifier, by caller: Caller) throws(ServiceError) -> HistoryEntry? {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.readUsers, state)
            guard let state, let event = try snapshot.event(sequence), event.organizationID == organization else { return nil }
            // Who may not read the history may read what they did themselves to those whom they see.
            if (try? caller.authority.check(.read, state)) == nil {
                guard event.actor == caller.actor, let id = event.body?.user, let user = try snapshot.user(organization, id),
                    caller.authority.sees(user, of: state)
                else { return nil }
            }
            var reader = HistoryReader(state, organization, snapshot, ledger.keyRing)
            return try reader.entry(event)
        }
    }
}

extension HistoryFilter {
    fileprivate var includesLogins: Bool {
        guard let type else { return !onlyChanges }
        return type == EventBody.assertionReceived(.init()).name
    }

    fileprivate func finds(_ event: Event) -> Bool {
        guard let body = event.body else { return false }
        if let type { return body.name == type }
        guard onlyChanges else { return true }
        switch body {
        case .assertionReceived, .sessionStarted, .sessionEnded: return false
        default: return true
        }
    }
}

/// Reads events as people do.
struct HistoryReader {
    private let organization: Identifier
    private let words: ChangeWords
    private var names: ReportNames

    init(_ state: Organization?, _ organization: Identifier, _ snapshot: Snapshot, _ ring: KeyRing) {
        self.organization = organization
        words = ChangeWords(state)
        names = ReportNames(snapshot, ring)
    }

    mutating func entry(_ event: Event) throws -> HistoryEntry {
        let email = try event.body?.user.flatMap { try names.email($0, of: organization) }
        return HistoryEntry(
            sequence: event.sequence, recordedAt: event.recordedInstant, type: event.body?.name ?? "", user: event.body?.user, email: email,
            what: event.body.map(words.sentence) ?? "", by: try names.words(event.actor, of: organization),
            origin: event.hasOrigin ? event.origin.json : .null)
    }
}
