public import Events
public import Identity

/// Who asks: the actor for the record, the authority for the rules, and the request that it belongs to.
public struct Caller: Sendable {
    /// Who is recorded.
    public let actor: Actor
    /// What may be done.
    public let authority: Authority
    /// One per request or command.
    public let correlation: Identifier

    /// - Parameter correlation: nil: a new one.
    public init(actor: Actor, authority: Authority, correlation: Identifier? = nil) {
        self.actor = actor
        self.authority = authority
        self.correlation = correlation ?? .random()
    }

    /// Whoever runs commands on the server.
    public static func commandLine() -> Caller { Caller(actor: .commandLine, authority: .operator) }

    /// This program, by itself.
    public static func system() -> Caller { Caller(actor: .system, authority: .operator) }

    /// Anyone on the internet.
    public static func anonymous() -> Caller { Caller(actor: .anonymous, authority: .nobody) }
}

/// Who comes with a setup session, and the one organization that it opens.
public struct SetupCaller: Sendable {
    /// The organization.
    public let organization: Identifier
    /// Who asks.
    public let caller: Caller
}

/// What a setup link was exchanged for.
public struct SetupSession: Sendable {
    /// The organization.
    public let organization: Identifier
    /// The cookie's value; stored as a digest only.
    public let token: String
    /// When it ends.
    public let expiresAt: Instant
}
