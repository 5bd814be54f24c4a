public import Events
public import Ledger

/// Recorded logins judged again with something else than was in force: who would be locked out, or let in.
public struct VerdictChanges: Sendable, Hashable {
    /// A login whose verdict would be another one; a verdict is `accepted` or a refusal's code.
    public struct Change: Sendable, Hashable {
        /// The login's event.
        public let sequence: UInt64
        /// As received; nil: it can't be read any more.
        public let email: String?
        /// As recorded.
        public let before: String
        /// As it would be.
        public let after: String

        /// `sequence`, `email`, `before`, `after`.
        public var json: JSON {
            ["sequence": JSON(sequence), "email": JSON(email), "before": .string(before), "after": .string(after)]
        }
    }

    /// Logins that were judged again; those without evidence are not among them.
    public private(set) var checked: UInt64 = 0
    /// Of these, how many keep their verdict.
    public private(set) var unchanged: UInt64 = 0
    /// Accepted then, refused now.
    public private(set) var lockedOut: UInt64 = 0
    /// Refused then, accepted now.
    public private(set) var letIn: UInt64 = 0
    /// Every login whose verdict would be another one, in the order in which they were judged.
    public private(set) var changes: [Change] = []

    /// Of no login yet.
    public init() {}

    /// Judges one more; what is no login, or has no evidence, isn't counted.
    public mutating func judge(
        _ sequence: UInt64, with taken: RedecisionChanges, by service: IdentityLedger, in snapshot: Snapshot
    ) throws {
        guard let event = try snapshot.event(sequence), case .assertionReceived(let received) = event.body,
            let organization = event.organizationID, let bytes = try service.evidence(of: sequence, in: snapshot),
            let again = try service.redecide(event, bytes: bytes, in: snapshot, changes: taken)
        else { return }
        checked += 1
        let before = IdentityLedger.recordedCode(received)
        guard before != again.code else {
            unchanged += 1
            return
        }
        if before == "accepted" { lockedOut += 1 }
        if again.code == "accepted" { letIn += 1 }
        let personal = received.hasPersonal ? try service.ledger.keyRing.personalData(received.personal, organization) : nil
        let email = personal.flatMap { $0.email.isEmpty ? nil : $0.email }
        changes.append(Change(sequence: sequence, email: email, before: before, after: again.code))
    }
}
