import Events
import Identity
import Ledger
import Projections
import Synchronization

extension IdentityLedger {
    // Above this, reading the organizations takes no longer than reading what was recorded.
    private static let mostEventsFollowed: UInt64 = 5_000

    /// The organizations as of a snapshot, or later. The first time reads all of them; then only what was recorded since is looked at.
    func organizationDirectory(in snapshot: Snapshot) throws -> OrganizationDirectory {
        let known = organizations.withLock { $0 }
        if let known, known.sequence >= snapshot.head { return known }
        let directory: OrganizationDirectory
        if var known, snapshot.head - known.sequence <= Self.mostEventsFollowed {
            known.apply(try namesGiven(after: known.sequence, in: snapshot), sequence: snapshot.head)
            directory = known
        } else {
            directory = OrganizationDirectory(try snapshot.organizationNames(), sequence: snapshot.head)
        }
        organizations.withLock { kept in
            if kept.map({ $0.sequence < directory.sequence }) ?? true { kept = directory }
        }
        return directory
    }

    private func namesGiven(after sequence: UInt64, in snapshot: Snapshot) throws -> [Identifier: String] {
        var names: [Identifier: String] = [:]
        for sequence in sequence + 1...snapshot.head {
            guard let event = try snapshot.event(sequence), let id = event.organizationID else { continue }
            switch event.body {
            case .organizationCreated(let created): names[id] = created.name
            case .organizationRenamed(let renamed): names[id] = renamed.name
            default: break
            }
        }
        return names
    }
}
