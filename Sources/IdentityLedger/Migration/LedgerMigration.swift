import Events
import Identity
import Ledger
import Projections

/// Another ledger's organizations and users, a few at a time, and what becomes of each in this one.
struct LedgerMigration {
    /// An organization to be carried over.
    struct CarriedState: Sendable {
        let id: Identifier
        let state: Organization
        let events: CarriedOrganization
        /// What today's rules read in the document, and the document, packed; nil: no identity provider is configured.
        let provider: (configuration: IdentityProviderConfigured, document: [UInt8])?
        /// Its own keys; nil: it gets new ones.
        let keys: CarriedKeys?
    }

    /// What is to be written.
    enum Action: Sendable {
        case none
        case organization(CarriedState)
        case user(User, PersonalData, addressHash: [UInt8])
    }

    /// One thing, and what is told of it.
    struct Step: Sendable {
        let action: Action
        let item: MigrationItem
    }

    /// Why an organization can't be taken whose keys would stand in for another's.
    static let foreignKey = "The ID of one of its keys is another key's here."

    private static let batchSize = 1000

    let other: IdentityLedger
    let target: IdentityLedger
    let source: Snapshot
    let changesAddresses: Bool
    private let origin: EventOrigin
    private let hasKeys: Bool
    private var lastOrganization: Identifier?
    private var current: (id: Identifier, state: Organization, former: FormerAddresses)?
    private var lastUser: Identifier?

    /// - Parameters:
    ///   - hasKeys: Whether the other's personal data can be opened.
    ///   - origin: What its events are taken from.
    init(from other: IdentityLedger, hasKeys: Bool, _ origin: EventOrigin, to target: IdentityLedger) throws {
        self.other = other
        self.hasKeys = hasKeys
        self.origin = origin
        self.target = target
        source = try other.ledger.snapshot()
        let (there, here) = (try other.publicURL(), try target.publicURL())
        changesAddresses = there != nil && there != here
    }

    /// An organization by itself, then its users, many at a time; nil at the end.
    mutating func next() throws -> [Step]? {
        if let current {
            if !hasKeys {
                self.current = nil
                if let step = try withoutKeys(current.id) { return [step] }
            }
            let users = try hasKeys ? source.users(current.id, after: lastUser, limit: Self.batchSize) : []
            if let last = users.last?.identifier {
                lastUser = last
                let here = try target.ledger.snapshot()
                return try users.compactMap { try decide($0, current.state, current.former, here) }
            }
        }
        guard let state = try source.organizations(after: lastOrganization, limit: 1).first, let id = state.identifier else { return nil }
        let here = try target.ledger.snapshot()
        let step = try decide(state, id, here)
        (lastOrganization, lastUser) = (id, nil)
        // Nobody can be brought into an organization that isn't taken.
        current = step.item.outcome == .refused ? nil : (id, state, try FormerAddresses(id, in: here))
        return [step]
    }

    /// Goes on with the next organization: the one that `next` gave was not taken after all.
    mutating func leaveOutUsers() { current = nil }

    private func decide(_ state: Organization, _ id: Identifier, _ here: Snapshot) throws -> Step {
        guard let present = try here.organization(id) else { return try decide(new: state, id) }
        guard try cameFromThere(id, here) else {
            return refused(
                "organization \(id)", id,
                "“\(state.name)”: an organization of this ID is here already, “\(present.name)”, and did not come from that ledger.")
        }
        let name = present.name == state.name ? "" : ", named “\(present.name)”"
        return Step(
            action: .none, item: MigrationItem("organization \(id)", id, .unchanged, "“\(state.name)” is here already\(name)."))
    }

    // An ID alone is no proof: anybody can make a ledger that has an organization of any ID. The other's tree was this one when its
    // organization was taken; an export of one organization has other numbers, but names the root and size of the tree that it is from.
    private func cameFromThere(_ organization: Identifier, _ here: Snapshot) throws -> Bool {
        guard let first = try here.eventsThatChanged(organization).first, let event = try here.event(first),
            case .organizationCreated = event.body, event.origin.kind == .ledger
        else { return false }
        let (root, size) = (event.origin.digest, event.origin.place)
        if root == origin.digest && size == origin.place { return true }
        guard (1...max(1, source.head)).contains(size) else { return false }
        return try Array(root) == source.root(size: size)
    }

    // Nothing is known of these but that they are not here yet.
    private func withoutKeys(_ organization: Identifier) throws -> Step? {
        let here = try target.ledger.snapshot()
        let missing = try source.users(organization).count { user in
            guard !user.erased, let id = user.identifier else { return false }
            return try here.user(organization, id) == nil
        }
        guard missing > 0 else { return nil }
        return refused(
            "organization \(organization)", organization,
            "\(missing) user\(missing == 1 ? "" : "s") can't be carried over without the keys that personal data is sealed with (--keys).")
    }

    /// What can't be taken, and why.
    func refused(_ place: String, _ organization: Identifier, _ reason: String) -> Step {
        Step(action: .none, item: MigrationItem(place, organization, .refused, reason))
    }
}
