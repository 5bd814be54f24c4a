public import Events

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

/// What of an organization can be brought back to how it was.
public enum RestorablePart: String, CaseIterable, Sendable {
    case identityProvider = "identity-provider"
    case policy
    case roles
}

/// How an organization differs from what it was, and what brings it back.
public struct Restoration: Sendable {
    /// One thing that is another now.
    public struct Difference: Sendable, Hashable {
        /// `identityProvider`, `policy.` and the member's name, or `role`.
        public let what: String
        /// As it is now.
        public let before: JSON
        /// As it was then.
        public let after: JSON
        /// A sentence.
        public let detail: String
    }

    /// In the order of the parts.
    public private(set) var differences: [Difference] = []
    /// What is left as it is, a sentence each.
    public private(set) var kept: [String] = []
    /// The events that bring it back, in their order; none where nothing is to do.
    public private(set) var bodies: [EventBody] = []
    /// Why it may not be brought back; nil: it may. `organization_not_configured` where there was no identity provider then, `last_owner` where an
    /// account would lose its owners, and what today's rules refuse of the policy.
    public private(set) var refusal: RuleError?

    /// An organization and its users at one moment.
    public struct Side: Sendable {
        /// The organization.
        public let organization: Organization
        /// Its users, erased ones included.
        public let users: [User]

        /// Of these.
        public init(organization: Organization, users: [User]) {
            self.organization = organization
            self.users = users
        }
    }

    /// Compares the organization of now with that of then.
    ///
    /// - Parameters:
    ///   - describe: A certificate (DER) in a few words.
    ///   - name: A user in a word: the address, where it can be read.
    public init(
        of now: Side, to then: Side, parts: Set<RestorablePart>, describe: ([UInt8]) -> String, name: (User) -> String
    ) {
        if parts.contains(.identityProvider) { compareProvider(now.organization, then.organization, describe) }
        if parts.contains(.policy) { comparePolicy(now.organization, then.organization) }
        if parts.contains(.roles) { compareRoles(now, then, name) }
    }

    // The first one counts.
    private mutating func refuse(_ error: RuleError) { refusal = refusal ?? error }

    private mutating func compareProvider(
        _ now: Organization, _ then: Organization, _ describe: ([UInt8]) -> String
    ) {
        guard then.isConfigured else {
            guard now.isConfigured else { return }
            return refuse(
                RuleError(
                    .organizationNotConfigured,
                    "The organization had no identity provider then, and one that is configured can't be taken away.",
                    remedy: "Name a later moment, or restore only policy and roles."))
        }
        guard now.identityProvider != then.identityProvider else { return }
        differences.append(
            Difference(
                what: "identityProvider", before: now.isConfigured ? .string(now.identityProvider.entityID) : .null,
                after: .string(then.identityProvider.entityID),
                detail: ConfigurationDifference.summary(from: now.identityProvider, to: then.identityProvider, describe: describe)))
        bodies.append(.identityProviderConfigured(then.identityProvider))
    }

    private mutating func comparePolicy(_ now: Organization, _ then: Organization) {
        let wanted = then.effectivePolicy.json
        let present = now.effectivePolicy.json
        for member in PolicyDocument.changedMembers(from: now.effectivePolicy, to: then.effectivePolicy) {
            let (before, after) = (present[member] ?? .null, wanted[member] ?? .null)
            differences.append(
                Difference(
                    what: "policy.\(member)", before: before, after: after,
                    detail: "The policy's \(member) is \(before.text) and becomes \(after.text)."))
        }
        do throws(RuleError) { bodies += try decidePolicy(patch: wanted, of: now) } catch { refuse(error) }
    }

    private mutating func compareRoles(_ now: Side, _ then: Side, _ name: (User) -> String) {
        let former = Dictionary(then.users.map { ($0.id, $0) }) { first, _ in first }
        var changes: [RoleChanged] = []
        for user in now.users where !user.erased {
            guard let past = former[user.id] else {
                for entry in user.memberships where entry.role.rawValue > Role.member.rawValue {
                    kept.append("\(name(user)) came later, and stays \(entry.role.name) of “\(title(entry.account, now))”.")
                }
                continue
            }
            for account in now.organization.accounts {
                guard let id = account.identifier else { continue }
                let role = user.role(in: id)
                // Who was on no list then became a member by a login, and would at the next one.
                let wanted = past.hasEntry(in: id) ? past.role(in: id) : role == .none ? .none : .member
                guard role != wanted else { continue }
                guard user.active else {
                    kept.append("\(name(user)) is deactivated, and keeps the role \(role.name) of “\(account.name)”.")
                    continue
                }
                differences.append(
                    Difference(
                        what: "role", before: .string(role.name), after: .string(wanted.name),
                        detail: "\(name(user)) is \(role.relation) “\(account.name)” and becomes \(wanted.relation) it."))
                var changed = RoleChanged()
                changed.user = user.id
                changed.account = account.id
                changed.role = wanted
                changed.former = role
                changes.append(changed)
            }
        }
        checkOwners(now, changes)
        // Higher roles first: at no event is an account without its owner.
        bodies += changes.sorted { $0.role.rawValue > $1.role.rawValue }.map { .roleChanged($0) }
    }

    private func title(_ account: Data, _ side: Side) -> String {
        side.organization.accounts.first { $0.id == account }?.name ?? account.hexadecimal
    }

    private mutating func checkOwners(_ now: Side, _ changes: [RoleChanged]) {
        for account in now.organization.accounts {
            let owners = Set(
                now.users.filter { user in
                    user.active && !user.erased && user.roles.contains { $0.account == account.id && $0.role == .owner }
                }.map(\.id))
            let changed = changes.filter { $0.account == account.id }
            let after = owners.subtracting(changed.map(\.user)).union(changed.filter { $0.role == .owner }.map(\.user))
            guard !owners.isEmpty, after.isEmpty else { continue }
            refuse(
                RuleError(
                    .lastOwner, "The account \(account.name) would have no owner any more.",
                    remedy: "Make someone an owner first who was one then, or restore only identity-provider and policy."))
        }
    }
}
