public import Events
import Identity
import Ledger
import Projections

/// What a report is about: everything recorded from an instant on, and before another.
public struct ReportPeriod: Sendable, Hashable {
    /// nil: from the ledger's first event.
    public var from: Instant?
    /// nil: as far as the ledger goes.
    public var to: Instant?

    /// A period; without anything, the ledger's whole time.
    public init(from: Instant? = nil, to: Instant? = nil) {
        self.from = from
        self.to = to
    }
}

extension IdentityLedger {
    /// The sequences of a period: of an empty one the second is before the first.
    ///
    /// - Throws: `invalid_request` where the period ends before it begins.
    func sequences(of period: ReportPeriod, in snapshot: Snapshot) throws -> (first: UInt64, last: UInt64) {
        if let from = period.from, let to = period.to, to < from {
            throw RuleError(
                .invalidRequest, "The period ends at \(to.rfc3339), before it begins at \(from.rfc3339).",
                remedy: "Give the earlier instant as “from”.")
        }
        let first = try period.from.map { try firstSequence(since: $0, in: snapshot) } ?? 1
        let last = try period.to.map { try firstSequence(since: $0, in: snapshot) - 1 } ?? snapshot.head
        return (first, last)
    }

    /// An organization's own events in their order, logins among them, until `body` returns false; its indexes lead there, past all others.
    func forEachEvent(
        of organization: Identifier, from first: UInt64 = 1, through last: UInt64, in snapshot: Snapshot, _ body: (Event) throws -> Bool
    ) throws {
        var next = first
        while next <= last {
            let piece = try snapshot.events(organization, from: next, limit: Self.eventsAtOnce)
            for sequence in piece where sequence <= last {
                if let event = try snapshot.event(sequence), try !body(event) { return }
            }
            guard piece.count == Self.eventsAtOnce, let end = piece.last else { return }
            next = end + 1
        }
    }

    private static let eventsAtOnce = 1000
}
