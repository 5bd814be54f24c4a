public import Events

/// Which logins are asked for; nothing given is all of them.
public struct LoginFilter: Sendable, Hashable {
    /// A user's ID or an e-mail address; an address that is no user's finds refusals that named it. nil: anyone.
    public var person: String?
    /// Only those recorded from then on.
    public var since: Instant?
    /// Only those recorded before then.
    public var until: Instant?
    /// nil: accepted and refused ones.
    public var isAccepted: Bool?
    /// Only those refused with this code of the contract.
    public var code: String?

    /// All logins.
    public init() {}
}

/// Some of the logins that a filter finds, the newest first.
public struct LoginPage: Sendable {
    /// In descending order.
    public let logins: [LoginView]
    /// What to go on before; nil: there are no older ones.
    public let next: UInt64?
    /// Where so much was looked through that it ended there, not because the page was full: when the last one looked at was recorded.
    public let lookedThroughUntil: Instant?
}
