import Events
import Identity
import SAML

extension TestReport {
    /// From what a test's login would have rested on, had it been a real one.
    init(_ received: ReceivedResponse, _ facts: SignOnFacts, _ user: User?, _ organization: Organization) {
        self.init()
        preset =
            received.judgment?.preset
            ?? IdentityProviderPreset(rawValue: organization.identityProvider.preset)
        guard let verified = received.judgment?.verified else { return }
        let policy = received.policy
        isKnown = received.email == nil ? nil : user != nil
        nameID = received.claims?.nameID ?? verified.nameID
        name = received.claims?.displayName
        uses = AttributeUses(nameID: nameID, verified.attributes, policy.attributeMapping)
        roleAttributes = Set(policy.roleMapping.map(\.attribute))
        assertion = received.judgment?.assertion
        guard let judgment = received.judgment, let claims = received.claims else { return }
        var real = facts
        real.test = false
        switch decideSignOn(judgment, real, policy: policy) {
        case .refused(let refusal): refusalOfRealLogin = refusal
        case .accepted: roles = Self.roles(claims, user, organization, policy)
        }
    }

    private static func roles(_ claims: Claims, _ user: User?, _ organization: Organization, _ policy: Policy) -> [Role] {
        let former = user?.roles ?? provisionedRoles(in: organization)
        let gained = rolesGained(
            byUser: user?.identifier ?? .random(), with: former, in: organization, policy: policy, attributes: claims.attributes
        ).compactMap { body in if case .roleChanged(let changed) = body { changed } else { nil } }
        return organization.accounts.compactMap { account in
            let change = gained.first { $0.account == account.id }
            let role = change?.role ?? former.first { $0.account == account.id }?.role ?? .none
            guard role != .none else { return nil }
            let mapping = policy.roleMapping.first { mapping in
                mapping.account == account.id && mapping.role == role
                    && claims.attributes.contains { $0.name == mapping.attribute && $0.values.contains(mapping.value) }
            }
            return Role(account: account.name, role: role.name, because: mapping.map { "\($0.attribute) = \($0.value)" })
        }
    }
}
