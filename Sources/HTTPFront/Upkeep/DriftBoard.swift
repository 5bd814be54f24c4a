import Events
import IdentityLedger
import Synchronization

/// What was last seen to be otherwise in each identity provider's responses. Upkeep looks, page and metrics read: no request does the work.
final class DriftBoard: Sendable {
    private static let periodSeconds: Int64 = 3600
    // Of each some hundred responses are judged again: so many a minute leave the processors to logins.
    private static let mostAtOnce = 10

    private struct Seen {
        var lookedAt: Instant
        var drifts: [ResponseDrift]
    }

    private let seen = Mutex<[Identifier: Seen]>([:])

    /// Those whose turn it is: not looked at within the hour, the longest ago first, only so many.
    func due(_ organizations: [Identifier], at now: Instant) -> [Identifier] {
        seen.withLock { seen in
            let kept = Set(organizations)
            seen = seen.filter { kept.contains($0.key) }
            let due = organizations.filter { seen[$0].map { $0.lookedAt.adding(seconds: Self.periodSeconds) <= now } ?? true }
            let oldestFirst = due.sorted { (seen[$0]?.lookedAt ?? Instant(seconds: 0)) < (seen[$1]?.lookedAt ?? Instant(seconds: 0)) }
            return Array(oldestFirst.prefix(Self.mostAtOnce))
        }
    }

    /// - Returns: Those of them that were not there at the look before.
    func set(_ drifts: [ResponseDrift], of organization: Identifier, at now: Instant) -> [ResponseDrift] {
        seen.withLock { seen in
            let former = seen[organization]?.drifts ?? []
            seen[organization] = Seen(lookedAt: now, drifts: drifts)
            return drifts.filter { drift in !former.contains { $0.what == drift.what && $0.subject == drift.subject } }
        }
    }

    /// What was seen before stays, and its turn comes again in an hour: nobody behind it waits for one that can't be looked at.
    func couldNotLook(_ organization: Identifier, at now: Instant) {
        seen.withLock { $0[organization] = Seen(lookedAt: now, drifts: $0[organization]?.drifts ?? []) }
    }

    func drifts(_ organization: Identifier) -> [ResponseDrift] { seen.withLock { $0[organization]?.drifts ?? [] } }

    /// How many organizations' identity providers drift so; kinds without any are left out. Which ones is for the log and the page: anyone may read metrics.
    var counts: [(what: ResponseDrift.What, organizations: Int)] {
        seen.withLock { seen in
            ResponseDrift.What.allCases.compactMap { what in
                let count = seen.values.count { $0.drifts.contains { $0.what == what } }
                return count == 0 ? nil : (what, count)
            }
        }
    }
}
