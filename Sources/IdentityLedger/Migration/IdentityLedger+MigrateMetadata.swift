import Events
import Identity
import Ledger
import Projections

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

extension IdentityLedger {
    /// Makes an organization of each file of metadata, or configures the one that it is of and that has no other identity provider.
    ///
    /// Everything is decided first. Each organization is written at once, with keys of its own and the document, so that the same files again
    /// change nothing, also after they were cut off. Its events name the file by its keyed hash.
    ///
    /// - Parameters:
    ///   - progress: Told how many of how many files are done.
    ///   - tell: Told each item, in the files' order.
    /// - Throws: ``ServiceError``. What was told before is written.
    public func migrateMetadata(
        _ files: [MetadataFile], _ mode: MigrationMode = .dryRun, by caller: Caller,
        progress: (UInt64, UInt64) -> Void = { _, _ in }, tell: (MigrationItem) -> Void
    ) async throws(ServiceError) -> MigrationTotals {
        let (planned, head) = try answering { () throws -> ([PlannedMetadata], UInt64) in
            try caller.authority.check(.administer)
            let snapshot = try ledger.snapshot()
            let names = try OrganizationNames(snapshot)
            // The same organization has a name and an ID.
            let whose = files.map { (try? names.organization($0.organization, in: snapshot)?.description) ?? $0.organization }
            let counts = Dictionary(whose.map { ($0, 1) }, uniquingKeysWith: +)
            let planned = try zip(files, whose).map { file, organization in
                // Whose are they, where two say the same?
                let decision =
                    try counts[organization] == 1
                    ? decision(of: file, among: names, in: snapshot)
                    : .refused(nil, "Another file is of “\(file.organization)” too.")
                return PlannedMetadata(item: decision.item(of: file), digest: decision.digest)
            }
            return (planned, names.head)
        }
        let applies = mode.writes(refused: planned.count { $0.item.outcome == .refused })
        var totals = MigrationTotals(applied: applies)
        var known = head
        for (index, (file, planned)) in zip(files, planned).enumerated() {
            var item = planned.item
            if applies, let digest = planned.digest {
                let decision: MetadataDecision
                var created: Identifier?
                (decision, created, known) = try await write(file, digest, item.organization, known: known, by: caller)
                item = decision.item(of: file, created: created)
            }
            totals.count(item.outcome)
            tell(item)
            progress(UInt64(index + 1), UInt64(files.count))
        }
        return totals
    }

    private func decision(
        of file: MetadataFile, among names: OrganizationNames, in snapshot: Snapshot
    ) throws -> MetadataDecision {
        let configuration: IdentityProviderConfigured
        let id: Identifier?
        do {
            try checkName(file.organization)
            id = try names.organization(file.organization, in: snapshot)
            if let id { try snapshot.checkCalled(file.organization, id) }
            configuration = try Self.configuration(reading: try file.read(), entityID: file.entityID, at: now)
        } catch {
            return .refused(nil, ServiceError(error).description)
        }
        return MetadataDecision(configuration, for: try id.flatMap { try snapshot.organization($0) })
    }

    // - Parameter known: Organizations that were named after this event were not among the names that were looked at.
    private func write(
        _ file: MetadataFile, _ digest: Data, _ organization: Identifier?, known: UInt64, by caller: Caller
    ) async throws(ServiceError) -> (decision: MetadataDecision, created: Identifier?, known: UInt64) {
        let document: [UInt8]
        let configuration: IdentityProviderConfigured
        do {
            document = try file.read()
            configuration = try Self.configuration(reading: document, entityID: file.entityID, at: now)
        } catch {
            return (.refused(organization, ServiceError(error).description), nil, known)
        }
        guard configuration.metadataDigest == digest else {
            return (.refused(organization, "The file changed while it was read. Run the same again."), nil, known)
        }
        let packed = Packing.pack(document)
        if let organization {
            let origin = try answering { EventOrigin.file(digest: try secrets.fileDigest(document, organization)) }
            return try await record { context in
                let decision = MetadataDecision(configuration, for: try context.organization(organization))
                if case .configure = decision {
                    try context.append(
                        [.identityProviderConfigured(configuration)], organization: organization, by: caller, metadata: packed,
                        origin: origin)
                }
                return (decision, nil, known)
            }
        }
        let (id, account) = (Identifier.random(), Identifier.random())
        let (created, keys, origin) = try answering {
            (
                try decideCreation(name: file.organization, account: account), try firstKeys(of: id),
                EventOrigin.file(digest: try secrets.fileDigest(document, id))
            )
        }
        return try await record { context in
            if let other = try context.named(file.organization, since: known) {
                return (.refused(other, "“\(file.organization)” was made meanwhile. Run the same again."), nil, known)
            }
            try context.append(created, organization: id, by: caller, origin: origin)
            try context.append(keys, organization: id, by: caller)
            try context.append(
                [.identityProviderConfigured(configuration)], organization: id, by: caller, metadata: packed, origin: origin)
            return (.create(configuration), id, context.head)
        }
    }
}

/// What is told of a file, and the document that is to be written; nil: nothing is.
private struct PlannedMetadata {
    let item: MigrationItem
    let digest: Data?
}
