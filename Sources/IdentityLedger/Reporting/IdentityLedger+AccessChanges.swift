public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// Some of an organization's changes of access in a period, in their order, and where to go on; nil: there are no more.
    ///
    /// - Parameters:
    ///   - organization: nil: what belongs to no organization, such as tokens for all of them. Needs the whole log's reading.
    ///   - after: Only those after this event.
    public func accessChanges(
        _ organization: Identifier?, _ period: ReportPeriod, after: UInt64 = 0, limit: Int = 1000, by caller: Caller
    ) throws(ServiceError) -> (changes: [AccessChange], next: UInt64?) {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try organization.flatMap { try snapshot.organization($0) }
            if organization != nil { try caller.authority.check(.read, state) } else { try caller.authority.check(.read) }
            var (first, last) = try sequences(of: period, in: snapshot)
            first = max(first, after + 1)
            var reader = ChangeReader(state, organization, snapshot, ledger.keyRing)
            var changes: [AccessChange] = []
            var next: UInt64?
            func take(_ event: Event) throws -> Bool {
                guard let change = try reader.change(event) else { return true }
                changes.append(change)
                if changes.count == limit { next = event.sequence }
                return changes.count < limit
            }
            if let organization {
                try forEachEvent(of: organization, from: first, through: last, in: snapshot, take)
            } else if first <= last {
                try snapshot.forEachDecodedEvent(from: first, through: last) { _, _, event in
                    let event = try event.get()
                    return event.organization.isEmpty ? try take(event) : true
                }
            }
            return (changes, next)
        }
    }
}

/// Reads changes out of one organization's events.
struct ChangeReader {
    private let organization: Identifier?
    private let words: ChangeWords
    private var names: ReportNames

    init(_ state: Organization?, _ organization: Identifier?, _ snapshot: Snapshot, _ ring: KeyRing) {
        self.organization = organization
        words = ChangeWords(state)
        names = ReportNames(snapshot, ring)
    }

    /// nil: the event changes nobody's access.
    mutating func change(_ event: Event) throws -> AccessChange? {
        guard let body = event.body, let (area, what) = words.describe(body) else { return nil }
        let email = try body.user.flatMap { user in try organization.flatMap { try names.email(user, of: $0) } }
        return AccessChange(
            sequence: event.sequence, recordedAt: event.recordedInstant, area: area, type: body.name, user: body.user, email: email,
            what: what, actor: event.actor, by: try names.words(event.actor, of: organization))
    }
}
