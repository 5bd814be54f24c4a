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
        /// As recorded, or as what is in force now would have it.
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

    /// Of these.
    init(_ verdicts: [LoginVerdict]) {
        for verdict in verdicts { count(verdict) }
    }

    /// Judges some more, many at a time; what is no login, or has no evidence, isn't counted.
    ///
    /// - Parameter progress: Told the sequence of the last login that was judged.
    public mutating func judge(
        _ sequences: [UInt64], by redecider: Redecider, _ service: IdentityLedger, in snapshot: Snapshot,
        progress: (UInt64) -> Void = { _ in }
    ) throws {
        for start in stride(from: 0, to: sequences.count, by: Self.atOnce) {
            let piece = Array(sequences[start..<min(start + Self.atOnce, sequences.count)])
            let judge: @Sendable (UInt64) -> Result<LoginVerdict?, any Error> = { sequence in
                Result { try LoginVerdict(sequence, by: redecider, service, in: snapshot) }
            }
            for verdict in concurrently(piece, judge) {
                if let verdict = try verdict.get() { count(verdict) }
            }
            if let last = piece.last { progress(last) }
        }
    }

    private static let atOnce = 512

    /// Counts one more.
    mutating func count(_ verdict: LoginVerdict) {
        checked += 1
        guard verdict.before != verdict.after else {
            unchanged += 1
            return
        }
        if verdict.before == "accepted" { lockedOut += 1 }
        if verdict.after == "accepted" { letIn += 1 }
        changes.append(Change(sequence: verdict.sequence, email: verdict.email, before: verdict.before, after: verdict.after))
    }
}
