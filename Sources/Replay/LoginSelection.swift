public import Events
import IdentityLedger
import Ledger
import Projections

/// Which of the recorded logins are looked at; what isn't given leaves none out.
public struct LoginSelection: Sendable {
    /// Only this one's.
    public var organization: Identifier?
    /// Only this user's, of ``organization``: an ID or an address.
    public var user: String?
    /// Only those recorded from then on.
    public var since: Instant?
    /// Only those recorded before then.
    public var until: Instant?
    /// `accepted`, `refused`, or a refusal's code.
    public var outcome: String?
    /// Only those of this identity provider, by its entity ID.
    public var identityProvider: String?

    /// A selection of these.
    public init(
        organization: Identifier? = nil, user: String? = nil, since: Instant? = nil, until: Instant? = nil, outcome: String? = nil,
        identityProvider: String? = nil
    ) {
        self.organization = organization
        self.user = user
        self.since = since
        self.until = until
        self.outcome = outcome
        self.identityProvider = identityProvider
    }

    /// The logins in their order, so many at a time.
    func forEachBatch(
        of count: Int, _ service: IdentityLedger, in snapshot: Snapshot, _ body: (_ logins: [Event]) throws -> Void
    ) throws {
        let user = try user.map { try service.userID($0, of: organization, in: snapshot) }
        let first = try since.map { try service.firstSequence(since: $0, in: snapshot) } ?? 1
        let last = try until.map { try service.firstSequence(since: $0, in: snapshot) - 1 } ?? snapshot.head
        var batch: [Event] = []
        func take(_ event: Event) throws {
            guard includes(event, user) else { return }
            batch.append(event)
            guard batch.count >= count else { return }
            try body(batch)
            batch.removeAll(keepingCapacity: true)
        }
        if let organization {
            // Its index leads there, past all the others.
            var next = first
            while next <= last {
                let piece = try snapshot.logins(organization, from: next, limit: count)
                for sequence in piece where sequence <= last { if let event = try snapshot.event(sequence) { try take(event) } }
                guard piece.count == count, let end = piece.last else { break }
                next = end + 1
            }
        } else if first <= last {
            try snapshot.forEachDecodedEvent(from: first, through: last) { _, _, event in
                try take(event.get())
                return true
            }
        }
        if !batch.isEmpty { try body(batch) }
    }

    private func includes(_ event: Event, _ user: Identifier?) -> Bool {
        guard case .assertionReceived(let received)? = event.body else { return false }
        if let user, received.user != user.data { return false }
        if let identityProvider, received.issuer != identityProvider { return false }
        switch outcome {
        case nil: return true
        case "refused": return !received.accepted
        default: return IdentityLedger.recordedCode(received) == outcome
        }
    }
}
