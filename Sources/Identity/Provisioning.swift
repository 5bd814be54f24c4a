public import Events

/// The roles of a user that a first login makes: `member` of every account, never more.
public func provisionedRoles(in organization: Organization) -> [AccountRole] {
    organization.accounts.map { account in
        var role = AccountRole()
        role.account = account.id
        role.role = .member
        return role
    }
}

/// The roles that a login brings its user.
///
/// `member` of each account that the user is not in and was not removed from, then what the policy's role mapping says.
/// A mapping raises and never lowers, never gives more than `administrator`, and does not bring back who was removed.
///
/// - Parameters:
///   - roles: The user's roles before; those of ``provisionedRoles(in:)`` for a new one.
///   - attributes: As asserted by this login.
public func rolesGained(
    byUser user: Identifier, with roles: [AccountRole], in organization: Organization, policy: Policy,
    attributes: [Attribute]
) -> [EventBody] {
    organization.accounts.compactMap { account in
        let entry = roles.first { $0.account == account.id }
        if let entry, entry.role == .none { return nil }
        let former = entry?.role ?? .none
        var role = max(former.rawValue, Role.member.rawValue)
        for mapping in policy.roleMapping where mapping.account == account.id {
            let asserted = attributes.contains { $0.name == mapping.attribute && $0.values.contains(mapping.value) }
            if asserted { role = max(role, min(mapping.role.rawValue, Role.administrator.rawValue)) }
        }
        guard role != former.rawValue, let role = Role(rawValue: role) else { return nil }
        var changed = RoleChanged()
        changed.user = user.data
        changed.account = account.id
        changed.role = role
        changed.former = former
        return .roleChanged(changed)
    }
}
