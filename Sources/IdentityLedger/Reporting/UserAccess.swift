public import Events

/// One person's access at the end of a period, and what became of it within.
public struct UserAccess: JSONView, Hashable {
    /// As of the period's end.
    public let user: UserView
    /// Whether the person's data was erased.
    public let isErased: Bool
    /// Whether the person could sign in when the period began.
    public let couldSignIn: Bool
    /// Whether the person could sign in when it ended.
    public let canSignIn: Bool
    /// Logins that were let in within the period.
    public let accepted: UInt64
    /// Logins of this person that were refused.
    public let refused: UInt64
    /// The changes of this person's access, by the events' sequences.
    public let changes: [UInt64]

    /// `gained`, `lost`, `kept`, or `none`: nobody who could sign in then or now.
    public var access: String {
        switch (couldSignIn, canSignIn) {
        case (false, true): "gained"
        case (true, false): "lost"
        case (true, true): "kept"
        case (false, false): "none"
        }
    }

    /// The user's members, then `erased`, `couldSignIn`, `canSignIn`, `access`, `accepted`, `refused`, `changes`.
    public var json: JSON {
        .object(
            (user.json.members ?? []).filter { $0.name != "attributes" } + [
                .init("erased", .bool(isErased)), .init("couldSignIn", .bool(couldSignIn)), .init("canSignIn", .bool(canSignIn)),
                .init("access", .string(access)), .init("accepted", JSON(accepted)), .init("refused", JSON(refused)),
                .init("changes", .array(changes.map { JSON($0) })),
            ])
    }
}

extension UserAccess {
    /// The columns of ``csv(_:_:)``.
    public static let columns = [
        "organization", "user", "email", "name", "signInMethod", "active", "access", "roles", "provisioned", "lastLoginAt", "accepted",
        "refused", "changes",
    ]

    /// One row, in the order of ``columns``.
    public func csv(_ organization: Identifier, _ accounts: [AccountView]) -> String {
        CSV.row([
            organization.description, user.id.description, user.email ?? "", user.name ?? "", user.signInMethod.name,
            user.isActive ? "yes" : "no", access, rolesText(accounts), user.isProvisioned ? "yes" : "no", user.lastLoginAt?.rfc3339 ?? "",
            String(accepted), String(refused), changes.map(String.init).joined(separator: " "),
        ])
    }

    /// `member in Example; owner in Other`.
    public func rolesText(_ accounts: [AccountView]) -> String { user.rolesText(accounts) }
}
