public import Events

/// The signed-in user as `/session` says it (contract, for applications).
public struct SessionView: JSONView, Hashable {
    /// An account that the user is in.
    public struct Membership: Sendable, Hashable {
        public var id: Identifier
        public var name: String
        public var role: Role
    }

    public var organization: Identifier
    public var user: Identifier
    public var email: String?
    public var name: String?
    public var accounts: [Membership]
    public var attributes: [Attribute]
    public var authenticatedAt: Instant
    public var expiresAt: Instant
    /// The values of the attribute mapped as groups; not part of the JSON.
    public var groups: [String]

    /// The contract's shape.
    public var json: JSON {
        [
            "organization": .string(organization.description), "user": .string(user.description),
            "email": JSON(email), "name": JSON(name),
            "accounts": .array(
                accounts.map {
                    ["id": .string($0.id.description), "name": .string($0.name), "role": .string($0.role.name)]
                }),
            "attributes": JSON(attributes: attributes), "authenticatedAt": JSON(authenticatedAt),
            "expiresAt": JSON(expiresAt),
        ]
    }
}

/// How a person signs in, and where: `{"method","choices":[{"organization","loginURL"}]}`.
public struct LoginMethodView: JSONView, Hashable {
    /// How.
    public enum Method: String, Sendable { case password, sso, unknown }

    /// Where.
    public struct Choice: Sendable, Hashable {
        public var organization: Identifier
        /// nil: no public URL is recorded yet.
        public var loginURL: String?
    }

    public var method: Method
    public var choices: [Choice]

    /// The contract's shape.
    public var json: JSON {
        [
            "method": .string(method.rawValue),
            "choices": .array(
                choices.map { ["organization": .string($0.organization.description), "loginURL": JSON($0.loginURL)] }),
        ]
    }
}

/// What a one-time code is exchanged for: what `/session` says, and the RelayState.
public struct ExchangedSignIn: JSONView, Hashable {
    public var session: SessionView
    public var relayState: String?

    /// The contract's shape.
    public var json: JSON { .object((session.json.members ?? []) + [.init("relayState", JSON(relayState))]) }
}
