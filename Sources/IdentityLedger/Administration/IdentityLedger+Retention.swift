import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// Takes away the evidence that is past its organization's `evidenceRetentionDays`. The logins' events stay, and another event
    /// says which responses are gone.
    ///
    /// - Returns: How many responses were taken away.
    @discardableResult
    public func expireEvidence(by caller: Caller = .system()) async throws(ServiceError) -> Int {
        var removed = 0
        let organizations = try answering { try ledger.snapshot().organizations() }
        for organization in organizations {
            guard let id = organization.identifier, organization.effectivePolicy.hasEvidenceRetentionDays else { continue }
            var last = organization.evidenceExpiredThrough
            while let due = try answering({ try self.due(id, after: last) }) {
                removed += try await expire(due, of: id, by: caller)
                last = due.last
            }
        }
        return removed
    }

    private static let expiredAtOnce = 500

    private struct Due: Sendable {
        var sequences: [UInt64]
        let last: UInt64
    }

    /// The next logins that are past the retention of now; nil: there are none.
    private func due(_ organization: Identifier, after last: UInt64) throws -> Due? {
        let snapshot = try ledger.snapshot()
        guard let limit = try limit(snapshot.organization(organization)) else { return nil }
        var due: [UInt64] = []
        var through = last
        for sequence in try snapshot.logins(organization, from: last + 1, limit: Self.expiredAtOnce) {
            guard let event = try snapshot.event(sequence), event.recordedInstant < limit else { break }
            through = sequence
            if try snapshot.hasEvidence(sequence, organization: organization) { due.append(sequence) }
        }
        return through == last ? nil : Due(sequences: due, last: through)
    }

    /// Evidence of logins recorded before this is past its retention; nil: it is kept for ever.
    private func limit(_ organization: Organization?) -> Instant? {
        guard let policy = organization?.effectivePolicy, policy.hasEvidenceRetentionDays else { return nil }
        return now.adding(seconds: -86_400 * Int64(policy.evidenceRetentionDays))
    }

    private func expire(_ due: Due, of organization: Identifier, by caller: Caller) async throws(ServiceError) -> Int {
        guard let first = due.sequences.first, let last = due.sequences.last else { return 0 }
        return try await record { context in
            // The policy may be another one by now.
            guard let state = try context.organization(organization), state.effectivePolicy.hasEvidenceRetentionDays else { return 0 }
            var expired = EvidenceExpired()
            expired.first = first
            expired.last = last
            for sequence in due.sequences { try context.removeEvidence(sequence, organization: organization) }
            try context.append(
                [.evidenceExpired(expired)], organization: organization, by: caller, causedBy: state.policyRevision)
            return due.sequences.count
        }
    }
}
