public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// As many of the newest logins of users are judged again before something is saved, and after; and beside them as many of people who
    /// are no users yet, so that refusals that anyone can make don't push those out.
    private static let lastLogins = 500
    private static let lastStrangers = 100
    // What they may have in bytes, all together: an identity provider's responses could be as large as is read at all (C7).
    private static let mostBytes = 16 << 20
    // Older refusals have been seen to.
    private static let recentSeconds: Int64 = 7 * 86_400

    /// The newest logins, in the order of the ledger: by what is in force now, and by what would be.
    func lastVerdicts(
        of state: Organization, _ organization: Identifier, with changes: RedecisionChanges, in snapshot: Snapshot
    ) throws -> [LoginVerdict] {
        let present = present(state)
        var wanted = present
        wanted.configuration = changes.configuration ?? present.configuration
        wanted.policy = changes.policy ?? present.policy
        let redecider = Redecider(self, in: snapshot, changes: wanted)
        let before = LoginVerdict.Present(
            configurationRevision: state.configurationRevision, policyRevision: state.policyRevision,
            redecider: Redecider(self, in: snapshot, changes: present))
        return try lastLogins(organization, in: snapshot).compactMap {
            try LoginVerdict($0, by: redecider, against: before, self, in: snapshot)
        }
    }

    // In the order of the ledger; the oldest are left out where all together are too large.
    private func lastLogins(_ organization: Identifier, in snapshot: Snapshot) throws -> [UInt64] {
        let known = try snapshot.newestLogins(organization, limit: Self.lastLogins, ofUsers: true)
        let strangers = try snapshot.newestLogins(organization, limit: Self.lastStrangers, ofUsers: false)
        var room = Self.mostBytes
        return try (known + strangers).sorted(by: >).prefix { sequence in
            guard case .assertionReceived(let received) = try snapshot.event(sequence)?.body else { return true }
            room -= Int(clamping: received.responseSize)
            return room >= 0
        }.reversed()
    }

    func consequence(_ verdicts: [LoginVerdict], _ organization: Identifier, in snapshot: Snapshot) throws -> Consequence {
        try Consequence(verdicts) { email in try user(email, organization, in: snapshot)?.identifier }
    }

    /// The refusals of the last logins of a week that what is in force now would accept, where the person hasn't signed in since and may:
    /// whom to ask to try again.
    public func refusalsThatWouldPass(
        _ organization: Identifier, by caller: Caller
    ) throws(ServiceError) -> [Consequence.Group] {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.read, state)
            guard let state else { throw Authority.organizationUnknown }
            let first = try firstSequence(since: now.adding(seconds: -Self.recentSeconds), in: snapshot)
            let redecider = Redecider(self, in: snapshot, changes: present(state))
            let logins = try lastLogins(organization, in: snapshot).filter { $0 >= first }
            let verdicts = try logins.compactMap { sequence -> LoginVerdict? in
                guard case .assertionReceived(let received) = try snapshot.event(sequence)?.body else { return nil }
                let facts = received.facts
                // What these very rules gave, they would give again.
                let isSettled =
                    received.accepted
                    || facts.configurationRevision == state.configurationRevision && facts.policyRevision == state.policyRevision
                guard !isSettled else {
                    let user = Identifier(bytes: received.user)
                    return LoginVerdict(unchanged: sequence, Self.recordedCode(received), user: user)
                }
                return try LoginVerdict(sequence, by: redecider, self, in: snapshot)
            }
            return try consequence(verdicts, organization, in: snapshot).letIn.compactMap { group in
                let people = try group.people.filter { person in
                    guard let user = try person.user.flatMap({ try snapshot.user(organization, $0) }) else { return true }
                    return user.active && !user.erased
                }
                return people.isEmpty ? nil : Consequence.Group(code: group.code, people: people)
            }
        }
    }

    // Before the first configuration there is none to compare with: then each login's own counts.
    private func present(_ state: Organization) -> RedecisionChanges {
        RedecisionChanges(configuration: state.isConfigured ? state.identityProvider : nil, policy: state.effectivePolicy)
    }
}
