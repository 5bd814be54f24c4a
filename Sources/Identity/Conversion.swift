public import Events

/// Password users become sso users. Who is one already stays one, without an event.
///
/// - Parameters:
///   - users: Those named, or everyone where `all` is asked for.
///   - all: Everyone at once needs one converted user who has logged in since the identity provider was last configured,
///     unless forced (contract: `conversion_untested`).
public func decideConversion(
    of users: [User], all: Bool, force: Bool, in organization: Organization
) throws(RuleError) -> [EventBody] {
    if all && !force && !organization.testedSinceConfiguration {
        throw RuleError(
            .conversionUntested,
            "No converted user has logged in since the identity provider was last configured.",
            remedy: "Convert one user, let that user sign in, then convert the rest; or force it.")
    }
    return users.compactMap { user in
        guard !user.erased, user.signInMethod != .sso else { return nil }
        var converted = UserConverted()
        converted.user = user.id
        converted.forced = force
        return .userConverted(converted)
    }
}

/// Back to the password. Who has one already keeps it, without an event.
public func decideReversion(of users: [User]) -> [EventBody] {
    users.compactMap { user in
        guard !user.erased, user.signInMethod == .sso else { return nil }
        var reverted = UserConversionReverted()
        reverted.user = user.id
        return .userConversionReverted(reverted)
    }
}
