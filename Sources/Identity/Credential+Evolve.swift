public import Events

extension Credential {
    /// The only place where a fact becomes a credential's state.
    public mutating func evolve(_ event: Event) {
        switch event.body {
        case .tokenIssued(let issued):
            kind = .token
            id = issued.token
            role = issued.role
            organization = issued.organization
            expiresAt = issued.expiresAt
            issuedAt = event.recordedAt
        case .setupLinkIssued(let issued):
            kind = .setupLink
            id = issued.link
            organization = event.organization
            expiresAt = issued.expiresAt
            issuedAt = event.recordedAt
        case .setupLinkUsed: ended = true
        case .tokenRevoked, .setupLinkRevoked: ended = true
        default: break  // no other event is about a credential
        }
    }

    /// The session that a setup link opened.
    public init(session used: SetupLinkUsed, of event: Event) {
        self.init()
        kind = .setupSession
        id = used.link
        organization = event.organization
        expiresAt = used.sessionExpiresAt
        issuedAt = event.recordedAt
    }

    /// The ID of the token or of the setup link.
    public var identifier: Identifier? { Identifier(bytes: id) }

    /// Whether it opens anything at this instant (C47).
    public func isValid(at instant: Instant) -> Bool { !ended && (expiresAt == 0 || instant.nanoseconds < expiresAt) }
}
