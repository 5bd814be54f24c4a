extension Actor {
    /// This program, by itself.
    public static let system = Actor(.system)

    /// Whoever runs commands on the server.
    public static let commandLine = Actor(.commandLine)

    /// What an identity provider's response made happen.
    public static let identityProvider = Actor(.identityProvider)

    /// Anyone on the internet.
    public static let anonymous = Actor(.anonymous)

    /// The holder of an API token, by the token's ID.
    public static func token(_ id: Identifier) -> Actor { Actor(.token, id) }

    /// The customer's administrator who came by a setup link, by the link's ID.
    public static func setupLink(_ id: Identifier) -> Actor { Actor(.setupLink, id) }

    /// A signed-in user.
    public static func user(_ id: Identifier) -> Actor { Actor(.user, id) }

    private init(_ kind: Kind, _ id: Identifier? = nil) {
        self.init()
        self.kind = kind
        if let id { self.id = id.data }
    }
}
