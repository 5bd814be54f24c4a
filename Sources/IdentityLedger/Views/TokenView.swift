public import Events

/// An API token as a list shows it; its secret is nowhere.
public struct TokenView: JSONView, Hashable {
    public var id: Identifier
    /// `operator` or `auditor`.
    public var role: String
    /// nil: every organization.
    public var organization: Identifier?
    public var issuedAt: Instant
    /// nil: never.
    public var expiresAt: Instant?
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
    public var id: Identifier
    public var role: String
    public var organization: Identifier?
    public var expiresAt: Instant?

    /// The contract's shape.
    public var json: JSON {
        [
            "token": .string(token), "id": .string(id.description), "role": .string(role),
            "organization": JSON(organization), "expiresAt": JSON(expiresAt),
        ]
    }
}
