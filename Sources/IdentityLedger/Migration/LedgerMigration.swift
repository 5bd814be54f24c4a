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
        /// The document, packed; nil: no identity provider is configured.
        let metadata: [UInt8]?
        /// Whether its own keys go along; else it gets new ones.
        let hasPrivateKeys: Bool
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

    private static let batchSize = 1000

    private let other: IdentityLedger
    private let hasKeys: Bool
    private let target: IdentityLedger
    private let source: Snapshot
    private let changesAddresses: Bool
    private var lastOrganization: Identifier?
    private var current: (id: Identifier, state: Organization)?
    private var lastUser: Identifier?

    /// - Parameter hasKeys: Whether the other's personal data can be opened.
    init(from other: IdentityLedger, hasKeys: Bool, to target: IdentityLedger) throws {
        self.other = other
        self.hasKeys = hasKeys
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
                return try users.compactMap { try decide($0, current.state, here) }
            }
        }
        guard let state = try source.organizations(after: lastOrganization, limit: 1).first, let id = state.identifier else { return nil }
        let step = try decide(state, id)
        // Nobody can be brought into an organization that isn't taken.
        (lastOrganization, lastUser) = (id, nil)
        current = step.item.outcome == .refused ? nil : (id, state)
        return [step]
    }

    // MARK: - Organizations

    private func decide(_ state: Organization, _ id: Identifier) throws -> Step {
        let place = "organization \(id)"
        if try target.ledger.snapshot().organization(id) != nil {
            return Step(action: .none, item: MigrationItem(place, id, .unchanged, "“\(state.name)” is here already."))
        }
        do {
            let metadata = try state.isConfigured ? source.evidence(state.configurationRevision) : nil
            if state.isConfigured, let unusable = try target.whyUnusable(state.identityProvider, metadata) { throw unusable }
            let keys = state.keys.filter { !$0.retired }
            let carried = CarriedState(
                id: id, state: state, events: try CarriedOrganization(state), metadata: metadata,
                hasPrivateKeys: try !keys.isEmpty
                    && keys.allSatisfy { try Identifier(bytes: $0.keyID).flatMap { try other.ledger.keyRing.privateKey($0) } != nil })
            return Step(action: .organization(carried), item: MigrationItem(place, id, .created, sentences(about: carried)))
        } catch let error as ServiceError where error.status != 503 {
            return refused(place, id, "“\(state.name)”: \(error.description)")
        } catch let error as RuleError {
            return refused(place, id, "“\(state.name)”: \(error.description)")
        }
    }

    private func sentences(about carried: CarriedState) -> String {
        let state = carried.state
        var sentences = [
            "“\(state.name)”, with \(state.accounts.count) account\(state.accounts.count == 1 ? "" : "s") and "
                + (state.isConfigured ? "the identity provider “\(state.identityProvider.entityID)”." : "no identity provider yet.")
        ]
        if !carried.hasPrivateKeys {
            sentences.append("It gets new keys: let its identity provider take our metadata again.")
        }
        if changesAddresses { sentences.append("Its addresses are others here: its identity provider must learn them.") }
        if !carried.events.domains.isEmpty {
            sentences.append(
                "\(carried.events.domains.joined(separator: ", ")) must be proved here; until then no one is provisioned (provisionUsers).")
        }
        if state.heldRefresh != 0 { sentences.append("A change of its metadata waits for approval there, and is left behind.") }
        return sentences.joined(separator: " ")
    }

    // MARK: - Users

    private func decide(_ user: User, _ state: Organization, _ here: Snapshot) throws -> Step? {
        guard !user.erased, let id = user.identifier, let organization = state.identifier else { return nil }
        let place = "user \(id)"
        guard let personal = try other.ledger.keyRing.personalData(user, organization), let email = EmailAddress(personal.email) else {
            return refused(place, organization, "Who this is can't be read with the keys that came along.")
        }
        if let present = try here.user(organization, id) {
            let detail = present.erased ? "\(email.text) was erased here, and stays so." : "\(email.text) is here already."
            return Step(action: .none, item: MigrationItem(place, organization, .unchanged, detail))
        }
        let hash = try target.secrets.addressHash(email, organization)
        guard try here.user(organization, addressHash: hash) == nil else {
            return refused(place, organization, "\(email.text) is another user here.")
        }
        if let present = try here.organization(organization),
            let role = user.roles.first(where: { role in !present.accounts.contains { $0.id == role.account } })
        {
            let name = state.accounts.first { $0.id == role.account }?.name ?? "?"
            return refused(place, organization, "\(email.text) is of the account “\(name)”, which isn't here.")
        }
        var carried = personal
        carried.clearNameID()
        return Step(
            action: .user(user, carried, addressHash: hash),
            item: MigrationItem(place, organization, .broughtIn, user.active ? email.text : "\(email.text), who is deactivated."))
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

    private func refused(_ place: String, _ organization: Identifier, _ reason: String) -> Step {
        Step(action: .none, item: MigrationItem(place, organization, .refused, reason))
    }
}
