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

    /// The organization that has this ID, or else this name; nil: there is none.
    func organization(_ text: String, in snapshot: Snapshot) throws -> Identifier? {
        if let id = Identifier(text), try snapshot.organization(id) != nil { return id }
        return try organization(named: text)
    }
}

extension Snapshot {
    /// Whether an organization may be meant by what a file calls it: by its ID, or by the name that a migration gave it. Any other name is one
    /// that somebody of it may have chosen since, to be taken for another.
    func checkCalled(_ text: String, _ organization: Identifier) throws {
        if Identifier(text) == organization { return }
        if let first = try eventsThatChanged(organization).first, let event = try self.event(first), event.origin.kind == .file,
            case .organizationCreated(let created) = event.body, created.name == text
        {
            return
        }
        throw RuleError(
            .conflict, "The organization \(organization) is named “\(text)”, but was not made under this name by a migration.",
            remedy: "If it is the one, write its ID in the place of its name in the list of names (--names).")
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
