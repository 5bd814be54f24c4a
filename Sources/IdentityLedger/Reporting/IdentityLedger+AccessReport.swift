public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// Changes that a report holds, unless told otherwise; a list of all of them is read piece by piece.
    public static let mostChanges = 10_000

    /// An organization's access report: one pass over its own events, whatever else is in the log.
    ///
    /// - Parameters:
    ///   - mostChanges: Changes that it tells; the others are counted.
    ///   - progress: Told the sequence that was reached.
    public func accessReport(
        _ organization: Identifier, _ period: ReportPeriod = ReportPeriod(), mostChanges: Int = mostChanges, by caller: Caller,
        progress: (UInt64) -> Void = { _ in }
    ) throws(ServiceError) -> AccessReport {
        try answering {
            let snapshot = try ledger.snapshot()
            guard let state = try snapshot.organization(organization) else { throw Authority.organizationUnknown }
            try caller.authority.check(.read, state)
            let (first, last) = try sequences(of: period, in: snapshot)
            var reader = ChangeReader(state, organization, snapshot, ledger.keyRing)
            var fold = AccessFold(from: first)
            var changes: [AccessChange] = []
            var changesLeftOut: UInt64 = 0
            try forEachEvent(of: organization, through: last, in: snapshot) { event in
                try fold.take(event)
                progress(event.sequence)
                guard event.sequence >= first, let change = try reader.change(event) else { return true }
                if changes.count < mostChanges { changes.append(change) } else { changesLeftOut += 1 }
                return true
            }
            fold.begin()
            return AccessReport(
                organization: organization, name: state.name, accounts: state.accounts.compactMap(AccountView.init), period: period,
                first: first, last: last, madeAt: now,
                users: try users(fold, changes, organization), accepted: fold.accepted, refused: fold.refused, changes: changes,
                changesLeftOut: changesLeftOut, anomalies: try anomalies(fold.watch, organization, in: snapshot),
                basis: .init(
                    size: snapshot.head, root: try snapshot.root().hexadecimal, checkpoint: try checkpoint(of: snapshot)))
        }
    }

    private func users(_ fold: AccessFold, _ changes: [AccessChange], _ organization: Identifier) throws -> [UserAccess] {
        let bySubject = Dictionary(grouping: changes.filter { $0.area == .access }, by: \.user)
        let users = try fold.state.users(organization).compactMap { user -> UserAccess? in
            guard var view = try UserView(user, organization, ring: ledger.keyRing) else { return nil }
            let logins = fold.logins[view.id] ?? .init()
            view.lastLoginAt = [view.lastLoginAt, logins.last].compactMap { $0 }.max()
            return UserAccess(
                user: view, isErased: user.erased, couldSignIn: fold.couldSignIn.contains(view.id), canSignIn: user.active && !user.erased,
                accepted: logins.accepted, refused: logins.refused, changes: (bySubject[view.id] ?? []).map(\.sequence))
        }
        return users.sorted { one, other in
            let (left, right) = (one.user.email ?? "\u{10FFFF}", other.user.email ?? "\u{10FFFF}")
            return (left, one.user.id) < (right, other.user.id)
        }
    }
}

/// An organization's events folded for a report. Pure: events come in order, each once; what is kept grows with the number of people, and
/// never with that of logins.
struct AccessFold {
    struct Logins {
        /// Within the period.
        var accepted: UInt64 = 0
        /// Within the period.
        var refused: UInt64 = 0
        /// The newest that was accepted, whenever.
        var last: Instant?
    }

    /// As of the last event that was taken; of logins it knows nothing.
    private(set) var state = MemoryState(onlyState: true)
    /// Who could sign in when the period began.
    private(set) var couldSignIn: Set<Identifier> = []
    private(set) var logins: [Identifier: Logins] = [:]
    private(set) var accepted: UInt64 = 0
    private(set) var refused: UInt64 = 0
    private(set) var watch: AnomalyWatch

    private let first: UInt64
    private var users: Set<Identifier> = []
    private var hasBegun = false

    /// - Parameter first: The period's first sequence.
    init(from first: UInt64) {
        self.first = first
        watch = AnomalyWatch(since: first)
    }

    mutating func take(_ event: Event) throws {
        if event.sequence >= first { begin() }
        watch.take(event)
        switch event.body {
        case .sessionStarted, .sessionEnded: return  // nobody's access
        case .assertionReceived(let received): return count(received, event.recordedInstant)
        case .refusalsSummarized(let summarized): if hasBegun { refused += summarized.count }
        default: break
        }
        try state.fold(event)
        note(event)
    }

    /// The period begins: who can sign in now, could then.
    mutating func begin() {
        guard !hasBegun else { return }
        hasBegun = true
        couldSignIn = users
    }

    private mutating func note(_ event: Event) {
        guard let body = event.body, let user = body.user else { return }
        switch body {
        case .userImported, .userProvisioned, .userReactivated: users.insert(user)
        case .userDeactivated, .userErased: users.remove(user)
        default: break
        }
    }

    private mutating func count(_ received: AssertionReceived, _ instant: Instant) {
        guard !received.facts.test else { return }
        if hasBegun, received.accepted { accepted += 1 }
        if hasBegun, !received.accepted { refused += 1 }
        guard let user = Identifier(bytes: received.user) else { return }
        var counted = logins[user] ?? Logins()
        if received.accepted { counted.last = instant }
        if hasBegun, received.accepted { counted.accepted += 1 }
        if hasBegun, !received.accepted { counted.refused += 1 }
        logins[user] = counted
    }
}
