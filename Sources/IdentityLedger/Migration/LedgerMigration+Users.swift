import Events
import Identity
import Ledger
import Projections

extension LedgerMigration {
    /// What becomes of a user; nil: erased there.
    ///
    /// - Parameters:
    ///   - state: The organization there.
    ///   - former: By which addresses the organization here knew people.
    func decide(_ user: User, _ state: Organization, _ former: FormerAddresses, _ here: Snapshot) throws -> Step? {
        guard !user.erased, let id = user.identifier, let organization = state.identifier else { return nil }
        let place = "user \(id)"
        let present = try here.user(organization, id)
        guard try present != nil || !here.knows(user: id) else {
            return refused(place, organization, "This ID is that of another organization's user here.")
        }
        let opened = try? other.ledger.keyRing.personalData(user, organization)
        guard let personal = opened, let email = EmailAddress(personal.email) else {
            return refused(place, organization, "Who this is can't be read with the keys that came along.")
        }
        if let present {
            let detail = present.erased ? "\(email.text) was erased here, and stays so." : "\(email.text) is here already."
            return Step(action: .none, item: MigrationItem(place, organization, .unchanged, detail))
        }
        let hash = try target.secrets.addressHash(email, organization)
        guard try here.user(organization, addressHash: hash) == nil else {
            return refused(place, organization, "\(email.text) is another user here.")
        }
        if let known = former[hash] {
            let wasErased = try here.user(organization, known)?.erased ?? true
            return refused(
                place, organization,
                wasErased
                    ? "\(email.text) was erased here, as another user."
                    : "\(email.text) is another user here, who has another address by now.")
        }
        let accounts = try here.organization(organization) ?? state
        do throws(RuleError) {
            try user.checkCarrying(personal, to: accounts)
        } catch {
            return refused(place, organization, "\(email.text): \(error.description)")
        }
        var carried = personal
        carried.clearNameID()
        guard try carried.fits() else {
            return refused(place, organization, "\(email.text): The attributes are larger than any login's.")
        }
        return Step(
            action: .user(user, carried, addressHash: hash),
            item: MigrationItem(place, organization, .broughtIn, words(about: user, email, accounts)))
    }

    private func words(about user: User, _ email: EmailAddress, _ organization: Organization) -> String {
        var words = [email.text]
        for role in user.roles where role.role != .none && role.role != .member {
            let account = organization.accounts.first { $0.id == role.account }?.name ?? "?"
            words.append("\(role.role.relation) “\(account)”")
        }
        if !user.active { words.append("deactivated") }
        return words.joined(separator: ", ")
    }
}
