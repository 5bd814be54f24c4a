import Events
import Identity
import Ledger
import Projections

/// Which organizations have which name, as of one commit.
struct OrganizationNames {
    private var ids: [String: [Identifier]] = [:]
    /// The commit's newest event.
    let head: UInt64

    /// Of all organizations, a few at a time: their configurations are large.
    init(_ snapshot: Snapshot) throws {
        head = snapshot.head
        var last: Identifier?
        while true {
            let page = try snapshot.organizations(after: last, limit: 200)
            for organization in page {
                if let id = organization.identifier { ids[organization.name, default: []].append(id) }
            }
            guard page.count == 200, let id = page.last?.identifier else { return }
            last = id
        }
    }

    /// The one organization of this name; nil: there is none.
    func organization(named name: String) throws(RuleError) -> Identifier? {
        let found = ids[name] ?? []
        guard found.count < 2 else {
            throw RuleError(
                .conflict, "\(found.count) organizations are named “\(name)”.", remedy: "Rename all but one.")
        }
        return found.first
    }
}

extension WriteContext {
    /// The organization that got this name after the event of that sequence; nil: none did.
    borrowing func named(_ name: String, since sequence: UInt64) throws -> Identifier? {
        var sequence = sequence
        while sequence < head {
            sequence += 1
            let event = try event(sequence)
            switch event?.body {
            case .organizationCreated(let created) where created.name == name: return event?.organizationID
            case .organizationRenamed(let renamed) where renamed.name == name: return event?.organizationID
            default: continue
            }
        }
        return nil
    }
}
