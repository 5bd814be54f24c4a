public import Events

/// An API token as a list shows it; its secret is nowhere.
public struct TokenView: JSONView, Hashable {
    /// The ID, for ever the same.
    public var id: Identifier
    /// `operator` or `auditor`.
    public var role: String
    /// nil: every organization.
    public var organization: Identifier?
    /// When it was issued.
    public var issuedAt: Instant
    /// nil: never.
    public var expiresAt: Instant?
    /// Whether it was revoked.
    public var isRevoked: Bool

    /// `id`, `role`, `organization`, `issuedAt`, `expiresAt`, `revoked`.
    public var json: JSON {
        [
            "id": .string(id.description), "role": .string(role), "organization": JSON(organization),
            "issuedAt": JSON(issuedAt), "expiresAt": JSON(expiresAt), "revoked": .bool(isRevoked),
        ]
    }
}

/// A new API token: `token`, `id`, `role`, `expiresAt`.
public struct IssuedToken: JSONView, Hashable {
    /// The secret: shown once, stored as a digest only (C47).
    public var token: String
    /// The ID, for ever the same.
    public var id: Identifier
    /// The role, as the API spells it.
    public var role: String
    /// The organization.
    public var organization: Identifier?
    /// When it ends.
    public var expiresAt: Instant?

    /// The contract's shape.
    public var json: JSON {
        [
            "token": .string(token), "id": .string(id.description), "role": .string(role),
            "organization": JSON(organization), "expiresAt": JSON(expiresAt),
        ]
    }
}
