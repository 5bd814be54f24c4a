public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// Takes the organizations of another ledger into this one, which has events of its own: their state, as new events that name the other
    /// ledger. IDs stay the same, so that the same again changes nothing, also after it was cut off.
    ///
    /// - Parameters:
    ///   - other: The other ledger.
    ///   - hasKeys: Whether its keys came along, which open personal data: users can't be carried over without.
    ///   - origin: What these events are taken from: `EventOrigin.ledger(root:sequence:)`.
    ///   - progress: Told how many organizations and users are done.
    ///   - tell: Told each item, an organization before its users.
    /// - Throws: ``ServiceError``. What was told before is written.
    public func migrateOrganizations(
        of other: IdentityLedger, hasKeys: Bool, origin: EventOrigin, _ mode: MigrationMode = .dryRun, by caller: Caller,
        progress: (UInt64) -> Void = { _ in }, tell: (MigrationItem) -> Void
    ) async throws(ServiceError) -> MigrationTotals {
        try answering { try caller.authority.check(.administer) }
        var refused = 0
        // Where a refusal keeps all from being written, everything is decided before, and once more when it is its turn.
        if mode.applies && !mode.skipsRefused {
            var migration = try answering { try LedgerMigration(from: other, hasKeys: hasKeys, origin, to: self) }
            while let steps = try answering({ try migration.next() }) { refused += steps.count { $0.item.outcome == .refused } }
        }
        var totals = MigrationTotals(applied: mode.writes(refused: refused))
        var migration = try answering { try LedgerMigration(from: other, hasKeys: hasKeys, origin, to: self) }
        var done: UInt64 = 0
        while let steps = try answering({ try migration.next() }) {
            let items = try await totals.applied ? carry(steps, origin, by: caller) : steps.map(\.item)
            if case .organization = steps.first?.action, items.first?.outcome != .created { migration.leaveOutUsers() }
            for item in items {
                totals.count(item.outcome)
                tell(item)
            }
            done += UInt64(steps.count)
            progress(done)
        }
        return totals
    }

    private func carry(
        _ steps: [LedgerMigration.Step], _ origin: EventOrigin, by caller: Caller
    ) async throws(ServiceError) -> [MigrationItem] {
        var keys: [EventBody] = []
        // An organization is a step by itself.
        if let step = steps.first, case .organization(let carried) = step.action {
            guard let kept = try answering({ try self.keys(of: carried) }) else {
                return [MigrationItem(step.item.place, carried.id, .refused, "\(step.item.detail) \(LedgerMigration.foreignKey)")]
            }
            keys = kept
        }
        return try await record { [keys] context in
            var items: [MigrationItem] = []
            for step in steps {
                switch step.action {
                case .none: items.append(step.item)
                case .organization(let carried):
                    items.append(try Self.append(carried, keys, step.item, origin, by: caller, in: &context))
                case .user(let user, let personal, let hash):
                    items.append(try Self.append(user, personal, hash, step.item, origin, by: caller, in: &context))
                }
            }
            return items
        }
    }

    // Durable before the event that names them; nil: an ID of theirs is another key's here.
    private func keys(of carried: LedgerMigration.CarriedState) throws -> [EventBody]? {
        guard try ledger.snapshot().organization(carried.id) == nil else { return [] }
        guard let keys = carried.keys else { return try firstKeys(of: carried.id) }
        return try keys.store(in: ledger.keyRing) ? keys.events : nil
    }

    private static func append(
        _ carried: LedgerMigration.CarriedState, _ keys: [EventBody], _ item: MigrationItem, _ origin: EventOrigin, by caller: Caller,
        in context: inout WriteContext
    ) throws -> MigrationItem {
        guard try context.organization(carried.id) == nil else { return item.meanwhile }
        try context.append(carried.events.bodies, organization: carried.id, by: caller, origin: origin)
        try context.append(keys, organization: carried.id, by: caller, origin: carried.keys == nil ? nil : origin)
        if let provider = carried.provider {
            try context.append(
                [.identityProviderConfigured(provider.configuration)], organization: carried.id, by: caller, metadata: provider.document,
                origin: origin)
        }
        return item
    }

    private static func append(
        _ user: User, _ personal: PersonalData, _ hash: [UInt8], _ item: MigrationItem, _ origin: EventOrigin, by caller: Caller,
        in context: inout WriteContext
    ) throws -> MigrationItem {
        guard let organization = item.organization, let id = user.identifier, try context.organization(organization) != nil,
            try !context.knows(user: id),
            try context.user(organization, addressHash: hash) == nil
        else { return item.meanwhile }
        let key = try context.makeKey(for: organization)
        let sealed = try context.seal(personal, key: key, organization: organization)
        try context.append(
            user.carried(addressHash: hash, personal: sealed), organization: organization, by: caller, origin: origin)
        return item
    }
}

extension MigrationItem {
    fileprivate var meanwhile: MigrationItem {
        MigrationItem(place, organization, .kept, "\(detail): meanwhile it came in by another way, or its address did.")
    }
}
