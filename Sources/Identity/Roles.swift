public import Events

/// Elevates or lowers a user in one account; the same role again is no event.
///
/// - Parameter otherOwners: How many other active users own the account: an account that has an owner keeps one.
public func decideRole(
    of user: User, in account: Identifier, to role: Role, organization: Organization, by authority: Authority,
    otherOwners: Int
) throws(RuleError) -> [EventBody] {
    guard organization.account(account) != nil else {
        throw RuleError(.notFound, "This organization has no account \(account).", remedy: "Check the account's ID.")
    }
    guard !user.erased else { throw Authority.userUnknown }
    guard authority.manages(account) else { throw authority.refusal }
    let former = user.role(in: account)
    guard former != role || !user.hasEntry(in: account) && role == .none else { return [] }
    if former == .owner || role == .owner {
        guard authority.owns(account) else {
            throw RuleError(
                .forbidden, "Only owners and operators give or take the role owner.",
                remedy: "Ask an owner of the account.")
        }
    }
    if former == .owner && user.active && otherOwners == 0 { throw lastOwner }
    var changed = RoleChanged()
    changed.user = user.id
    changed.account = account.data
    changed.role = role
    changed.former = former
    return [.roleChanged(changed)]
}

/// Deactivates or reactivates a user; deactivation ends the user's sessions. The same again is no event.
///
/// - Parameters:
///   - sessions: The user's sessions.
///   - ownsAlone: Whether the user is the only active owner of an account. Only operators may still deactivate then: the
///     vendor must be able to lock out a stolen identity at once.
public func decideActive(
    of user: User, _ active: Bool, sessions: [Session], organization: Organization, by authority: Authority,
    ownsAlone: Bool
) throws(RuleError) -> [EventBody] {
    guard !user.erased else { throw Authority.userUnknown }
    try checkManaging(user, organization, authority)
    guard user.active != active else { return [] }
    if active {
        var reactivated = UserReactivated()
        reactivated.user = user.id
        return [.userReactivated(reactivated)]
    }
    if ownsAlone && !authority.isOperator { throw lastOwner }
    var deactivated = UserDeactivated()
    deactivated.user = user.id
    return [.userDeactivated(deactivated)] + ended(sessions, because: .deactivated)
}

/// Erases the person: the sessions end, and the caller destroys the key once this is recorded (C56).
public func decideErasure(of user: User, sessions: [Session]) -> [EventBody] {
    guard !user.erased else { return [] }
    var erased = UserErased()
    erased.user = user.id
    return ended(sessions, because: .erased) + [.userErased(erased)]
}

/// The ends of these sessions.
public func ended(_ sessions: [Session], because reason: SessionEnded.Reason) -> [EventBody] {
    sessions.map { session in
        var ended = SessionEnded()
        ended.session = session.id
        ended.user = session.user
        ended.reason = reason
        return .sessionEnded(ended)
    }
}

// Deactivation reaches every account that the user is in, so it needs a say in each of them.
private func checkManaging(_ user: User, _ organization: Organization, _ authority: Authority) throws(RuleError) {
    if authority.isOperator { return }
    if case .setupSession = authority, user.memberships.contains(where: { $0.role == .owner }) {
        throw Authority.forbidden
    }
    let accounts = user.memberships.isEmpty ? organization.accounts.map(\.id) : user.memberships.map(\.account)
    for account in accounts {
        guard authority.manages(Identifier(bytes: account)) else { throw authority.refusal }
    }
    for entry in user.memberships where entry.role == .owner {
        guard authority.owns(Identifier(bytes: entry.account)) else { throw Authority.forbidden }
    }
}

private let lastOwner = RuleError(
    .lastOwner, "This user is the account's only owner.", remedy: "Make someone else an owner first.")
