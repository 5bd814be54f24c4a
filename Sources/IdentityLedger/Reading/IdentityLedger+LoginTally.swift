public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    // Logins that are counted at once: what was recorded since the last look, or the newest ones of the days.
    private static let mostCounted = 20_000

    /// The last days' logins, counted. The first time reads them, and later those that were recorded since.
    public func loginTally(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> LoginTally {
        try answering {
            let snapshot = try ledger.snapshot()
            try caller.authority.check(.read, try snapshot.organization(organization))
            let now = now
            var tally = try following(organization, in: snapshot) ?? counted(organization, now: now, in: snapshot)
            tally.trim(now: now)
            tallies.keep(tally, for: organization)
            return tally
        }
    }

    // nil: none is kept, or too much was recorded since.
    private func following(_ organization: Identifier, in snapshot: Snapshot) throws -> LoginTally? {
        guard var tally = tallies[organization] else { return nil }
        guard tally.sequence < snapshot.head else { return tally }
        let later = try snapshot.logins(organization, from: tally.sequence + 1, limit: Self.mostCounted)
        guard later.count < Self.mostCounted else { return nil }
        for sequence in later { _ = try count(sequence, in: &tally, snapshot) }
        tally.sequence = snapshot.head
        return tally
    }

    private func counted(_ organization: Identifier, now: Instant, in snapshot: Snapshot) throws -> LoginTally {
        var tally = LoginTally(sequence: snapshot.head)
        let first = Instant(seconds: LoginTally.firstDay(now) * 86400)
        let start = try firstSequence(since: first, in: snapshot)
        let newest = try snapshot.newestLogins(organization, limit: Self.mostCounted)
        for sequence in newest where sequence >= start {
            let instant = try count(sequence, in: &tally, snapshot)
            if newest.count == Self.mostCounted, sequence == newest.last { tally.since = instant }
        }
        return tally
    }

    private func count(_ sequence: UInt64, in tally: inout LoginTally, _ snapshot: Snapshot) throws -> Instant? {
        guard let event = try snapshot.event(sequence), case .assertionReceived(let received)? = event.body else { return nil }
        tally.count(event.recordedInstant, accepted: received.accepted, test: received.facts.test)
        return event.recordedInstant
    }
}
