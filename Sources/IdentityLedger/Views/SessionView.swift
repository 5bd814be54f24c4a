public import Events

/// The signed-in user as `/session` says it (contract, for applications).
public struct SessionView: JSONView, Hashable {
    /// An account that the user is in.
    public struct Membership: Sendable, Hashable {
        /// The ID, for ever the same.
        public var id: Identifier
        /// The name for people.
        public var name: String
        /// The role in it.
        public var role: Role
    }

    /// The organization.
    public var organization: Identifier
    /// The user's ID.
    public var user: Identifier
    /// The e-mail address, as received; nil: it can't be read.
    public var email: String?
    /// The name for people.
    public var name: String?
    /// The accounts.
    public var accounts: [Membership]
    /// As received with the newest login.
    public var attributes: [Attribute]
    /// When the person authenticated.
    public var authenticatedAt: Instant
    /// When it ends.
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
        /// The organization.
        public var organization: Identifier
        /// nil: no public URL is recorded yet.
        public var loginURL: String?
    }

    /// How the person signs in.
    public var method: Method
    /// Where the person may sign in.
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
    /// The signed-in user.
    public var session: SessionView
    /// The RelayState that led here; nil: none.
    public var relayState: String?

    /// The contract's shape.
    public var json: JSON { .object((session.json.members ?? []) + [.init("relayState", JSON(relayState))]) }
}
