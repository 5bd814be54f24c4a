import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// Brings in the users of another system, of many organizations in one file (``Identity/ImportFile``).
    ///
    /// Everything is decided first. Who is here already stays as they are, so that the same file again changes nothing, also after it was
    /// cut off. Nobody who was erased comes back. Each user is an event that names the file by its keyed hash.
    ///
    /// - Parameters:
    ///   - progress: Told how many of how many entries are done.
    ///   - tell: Told each item, in the file's order.
    /// - Throws: `ImportFileError` where the whole file can't be read; ``ServiceError``. What was told before is written.
    public func migrateUsers(
        _ file: [UInt8], _ mode: MigrationMode = .dryRun, by caller: Caller, progress: (UInt64, UInt64) -> Void = { _, _ in },
        tell: (MigrationItem) -> Void
    ) async throws -> MigrationTotals {
        try answering { try caller.authority.check(.administer) }
        var plan = try UserMigration(of: file, for: self)
        let applies = mode.writes(refused: plan.refusedCount)
        var totals = MigrationTotals(applied: applies)
        var done: UInt64 = 0
        while let batch = plan.next() {
            let origins = try applies ? answering { try plan.origins(of: batch) } : [:]
            let decisions = try await bringIn(batch, origins, by: caller)
            for item in plan.items(batch, decisions) {
                totals.count(item.outcome)
                tell(item)
            }
            done += UInt64(batch.entries.count)
            progress(done, UInt64(plan.count))
        }
        if let further = plan.further {
            totals.count(.refused, further.count)
            tell(further.item)
        }
        return totals
    }

    // One transaction: logins wait for it, so it is a short one.
    private func bringIn(
        _ batch: UserMigration.Batch, _ origins: [Identifier: EventOrigin], by caller: Caller
    ) async throws(ServiceError) -> [UserMigration.Decision] {
        guard !origins.isEmpty else { return batch.decisions }
        return try await record { context in
            var decisions = batch.decisions
            for (index, entry) in batch.entries.enumerated() {
                guard case .bringIn(let hash) = decisions[index] else { continue }
                let organization = entry.organization
                // Whoever signed in meanwhile is there.
                if try context.user(organization, addressHash: hash) != nil {
                    decisions[index] = .kept(["came in meanwhile"])
                    continue
                }
                let key = try context.makeKey(for: organization)
                let personal = try context.seal(entry.user.personal, key: key, organization: organization)
                let bodies = try decideImport(
                    entry.user, existing: nil, id: .random(), addressHash: hash, personal: personal)
                try context.append(bodies, organization: organization, by: caller, origin: origins[organization])
            }
            return decisions
        }
    }
}
