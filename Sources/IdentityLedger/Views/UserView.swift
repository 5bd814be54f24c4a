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
