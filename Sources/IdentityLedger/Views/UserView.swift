public import Events

/// A user (contract, shapes). Members of personal data are null where its key is destroyed or not here.
public struct UserView: JSONView, Hashable {
    /// The ID, for ever the same.
    public var id: Identifier
    /// The e-mail address, as received; nil: it can't be read.
    public var email: String?
    /// The name for people.
    public var name: String?
    /// How the person signs in.
    public var signInMethod: SignInMethod
    /// Whether the person may sign in.
    public var isActive: Bool
    /// Without the accounts that the user was removed from.
    public var roles: [AccountRole]
    /// As received with the newest login.
    public var attributes: [Attribute]?
    /// Whether a first login made this user.
    public var isProvisioned: Bool
    /// nil: never.
    public var lastLoginAt: Instant?
    /// The sequences of the events that the change appended which this is the answer to; not part of the JSON.
    public var recorded: [UInt64] = []

    /// The contract's shape.
    public var json: JSON {
        [
            "id": .string(id.description), "email": JSON(email), "name": JSON(name),
            "signInMethod": .string(signInMethod.name), "active": .bool(isActive),
            "roles": .object(roles.map { JSON.Member($0.account.hexadecimal, .string($0.role.name)) }),
            "attributes": attributes.map { JSON(attributes: $0) } ?? .null, "provisioned": .bool(isProvisioned),
            "lastLoginAt": JSON(lastLoginAt),
        ]
    }
}

extension UserView {
    /// The role in an account; `none`: not in it.
    public func role(in account: Identifier) -> Role { roles.first { $0.account == account.data }?.role ?? .none }

    /// `member in Example; owner in Other`.
    public func rolesText(_ accounts: [AccountView]) -> String {
        roles.map { role in
            let name = accounts.first { $0.id.data == role.account }?.name ?? role.account.hexadecimal
            return "\(role.role.name) in \(name)"
        }.joined(separator: "; ")
    }

    /// The columns of ``csv(_:)``.
    public static let columns = ["user", "email", "name", "signInMethod", "active", "roles", "cameBy", "lastLoginAt"]

    /// One row, in the order of ``columns``; of the roles those in these accounts.
    public func csv(_ accounts: [AccountView]) -> String {
        var shown = self
        shown.roles.removeAll { role in !accounts.contains { $0.id.data == role.account } }
        return CSV.row([
            id.description, email ?? "", name ?? "", signInMethod.name, isActive ? "yes" : "no", shown.rolesText(accounts),
            isProvisioned ? "login" : "import", lastLoginAt?.rfc3339 ?? "",
        ])
    }

    func recorded(by events: [Event]) -> UserView {
        var view = self
        view.recorded = events.map(\.sequence)
        return view
    }
}
