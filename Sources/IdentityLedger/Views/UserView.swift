public import Events

/// A user (contract, shapes). Members of personal data are null where its key is destroyed or not here.
public struct UserView: JSONView, Hashable {
    public var id: Identifier
    public var email: String?
    public var name: String?
    public var signInMethod: SignInMethod
    public var isActive: Bool
    /// Without the accounts that the user was removed from.
    public var roles: [AccountRole]
    public var attributes: [Attribute]?
    /// Whether a first login made this user.
    public var isProvisioned: Bool
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
