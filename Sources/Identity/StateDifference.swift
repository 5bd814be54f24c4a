public import Events

/// One thing that is otherwise at a later moment than at an earlier one, in a sentence.
public struct StateDifference: Sendable, Hashable {
    /// `organization`, `identityProvider`, `policy.` and a member's name, `account`, `domain`, `key`, `user`, `role`.
    public let what: String
    /// The user whom it concerns; nil: the organization as a whole.
    public let user: Identifier?
    /// As it was; null: it was not there.
    public let before: JSON
    /// As it is at the later moment; null: it is not there.
    public let after: JSON
    /// A sentence for a person.
    public let detail: String

    init(_ what: String, user: Identifier? = nil, _ before: JSON, _ after: JSON, _ detail: String) {
        self.what = what
        self.user = user
        self.before = before
        self.after = after
        self.detail = detail
    }
}

extension StateDifference {
    /// What is otherwise of an organization itself.
    ///
    /// - Parameters:
    ///   - former: nil: it was not there yet.
    ///   - describe: A certificate (DER) in a few words.
    public static func all(
        from former: Organization?, to organization: Organization, describe: ([UInt8]) -> String
    ) -> [StateDifference] {
        var found: [StateDifference] = []
        let before = former ?? Organization()
        if former == nil {
            found.append(.init("organization", .null, .string(organization.name), "The organization “\(organization.name)” was made."))
        } else if before.name != organization.name {
            found.append(
                .init(
                    "organization", .string(before.name), .string(organization.name),
                    "The organization was named “\(before.name)” and is named “\(organization.name)”."))
        }
        found += provider(from: before, to: organization, describe)
        let (past, present) = (before.effectivePolicy.json, organization.effectivePolicy.json)
        for member in PolicyDocument.changedMembers(from: before.effectivePolicy, to: organization.effectivePolicy) {
            let (old, new) = (past[member] ?? .null, present[member] ?? .null)
            found.append(.init("policy.\(member)", old, new, "The policy's \(member) was \(old.text) and is \(new.text)."))
        }
        for account in organization.accounts where !before.accounts.contains(where: { $0.id == account.id }) {
            found.append(.init("account", .null, .string(account.name), "The account “\(account.name)” was added."))
        }
        for domain in organization.verifiedDomains where !before.verifiedDomains.contains(domain) {
            found.append(.init("domain", .null, .string(domain), "The domain \(domain) was proved."))
        }
        for domain in before.verifiedDomains where !organization.verifiedDomains.contains(domain) {
            found.append(.init("domain", .string(domain), .null, "The domain \(domain) was removed."))
        }
        return found + keys(from: before, to: organization)
    }

    private static func provider(
        from former: Organization, to organization: Organization, _ describe: ([UInt8]) -> String
    ) -> [StateDifference] {
        guard former.identityProvider != organization.identityProvider else { return [] }
        let entityID = JSON.string(organization.identityProvider.entityID)
        guard former.isConfigured else {
            return [
                .init(
                    "identityProvider", .null, entityID, "The identity provider “\(organization.identityProvider.entityID)” was configured."
                )
            ]
        }
        return [
            .init(
                "identityProvider", .string(former.identityProvider.entityID), entityID,
                ConfigurationDifference.summary(from: former.identityProvider, to: organization.identityProvider, describe: describe))
        ]
    }

    private static func keys(from former: Organization, to organization: Organization) -> [StateDifference] {
        var found: [StateDifference] = []
        for key in organization.keys {
            let (use, id) = (key.use.name, JSON.string(key.keyID.hexadecimal))
            let past = former.keys.first { $0.keyID == key.keyID }
            if past == nil { found.append(.init("key", .null, id, "A key for \(use) was added.")) }
            if key.retired, !(past?.retired ?? false) { found.append(.init("key", id, .null, "A key for \(use) was retired.")) }
        }
        return found
    }
}

extension StateDifference {
    /// What is otherwise of a user.
    ///
    /// - Parameters:
    ///   - former: nil: they were not there yet.
    ///   - organization: Has the accounts' names.
    ///   - name: The user in a word; the address, where it can be read.
    public static func all(
        from former: User?, to user: User, of organization: Organization, name: String
    ) -> [StateDifference] {
        let id = user.identifier
        let before = former ?? User()
        var found: [StateDifference] = []
        func tell(_ what: String, _ old: JSON, _ new: JSON, _ detail: String) { found.append(.init(what, user: id, old, new, detail)) }
        if former == nil {
            tell("user", .null, .string("here"), "\(name) was \(user.provisioned ? "provisioned by a login" : "brought in").")
        }
        if user.erased, !before.erased {
            tell("user", .string("here"), .null, "\(name) was erased.")
            return found
        }
        if former != nil {
            if before.addressHash != user.addressHash { tell("user", .null, .null, "The e-mail address of \(name) is another one.") }
            if before.active != user.active {
                tell("user", .bool(before.active), .bool(user.active), "\(name) was \(user.active ? "reactivated" : "deactivated").")
            }
            if before.signInMethod != user.signInMethod {
                let (old, new) = (before.signInMethod.name, user.signInMethod.name)
                tell("user", .string(old), .string(new), "\(name) signed in by \(old) and signs in by \(new).")
            }
        }
        let accounts = Set(before.roles.map(\.account) + user.roles.map(\.account))
        for account in organization.accounts where accounts.contains(account.id) {
            guard let identifier = account.identifier else { continue }
            let (old, new) = (before.role(in: identifier), user.role(in: identifier))
            guard old != new else { continue }
            tell(
                "role", .string(old.name), .string(new.name),
                "\(name) was \(old.relation) “\(account.name)” and is \(new.relation) it.")
        }
        return found
    }
}
