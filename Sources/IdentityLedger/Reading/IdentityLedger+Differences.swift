public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    // More than anyone reads at once.
    private static let mostPeople = 1000

    /// What is otherwise in an organization at the later of two moments. Only what events between them touched is looked at, so that it takes as
    /// long as those events, however long the log is.
    ///
    /// - Parameters:
    ///   - later: nil: now.
    ///   - user: Only this user, by ID or address; nil: the organization and everyone.
    ///   - mostEvents: Between the moments, logins aside; where there are more, it is refused.
    /// - Throws: `invalid_request` for moments in the wrong order, too far apart or yet to come, `organization_unknown` where it was not there at either.
    public func differences(
        _ organization: Identifier, from earlier: Moment, to later: Moment? = nil, user: String? = nil, mostEvents: Int = .max,
        by caller: Caller
    ) throws(ServiceError) -> StateDifferenceView {
        try answering {
            let snapshot = try ledger.snapshot()
            try caller.authority.check(.read, try snapshot.organization(organization))
            let first = try sequence(at: earlier, in: snapshot)
            let last = try later.map { try sequence(at: $0, in: snapshot) } ?? snapshot.head
            guard first <= last else {
                throw RuleError(.invalidRequest, "The first moment comes after the second.", remedy: "Give the earlier one first.")
            }
            guard let present = try self.organization(organization, through: last, in: snapshot) else {
                throw RuleError(.organizationUnknown, "There was no such organization yet.", remedy: "Name a later moment.")
            }
            var people: [Identifier] = []
            var found: [StateDifference] = []
            if let user {
                people = [try userID(user, of: organization, in: snapshot)]
            } else {
                let former = try self.organization(organization, through: first, in: snapshot)
                found = StateDifference.all(from: former, to: present, describe: Self.describe)
                people = try self.people(of: organization, after: first, through: last, atMost: mostEvents, in: snapshot)
            }
            for id in people.prefix(Self.mostPeople) {
                guard let now = try self.user(id, of: organization, through: last, in: snapshot) else { continue }
                let former = try self.user(id, of: organization, through: first, in: snapshot)
                let email = try ledger.keyRing.personalData(now, organization)?.email
                found += StateDifference.all(from: former, to: now, of: present, name: email ?? "User \(id)")
            }
            return StateDifferenceView(
                organization: organization, from: first, to: last, differences: found,
                peopleLeftOut: UInt64(max(0, people.count - Self.mostPeople)))
        }
    }

    // Whom events between two sequences are about, logins aside: those change no access.
    private func people(
        of organization: Identifier, after first: UInt64, through last: UInt64, atMost mostEvents: Int, in snapshot: Snapshot
    ) throws -> [Identifier] {
        var (people, seen): ([Identifier], Set<Identifier>) = ([], [])
        var count = 0
        var next = first + 1
        while next <= last {
            let piece = try snapshot.otherEvents(organization, from: next, limit: 1000)
            count += piece.count
            guard count <= mostEvents else {
                throw RuleError(
                    .invalidRequest, "There are more than \(mostEvents) events between the two moments.",
                    remedy: "Compare moments that are closer, or ask the operator for “identity-ledger difference”.")
            }
            for sequence in piece where sequence <= last {
                guard let user = try snapshot.event(sequence)?.body?.user, seen.insert(user).inserted else { continue }
                people.append(user)
            }
            guard piece.count == 1000, let end = piece.last else { break }
            next = end + 1
        }
        return people
    }
}
