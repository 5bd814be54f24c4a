public import Events

extension Session {
    /// The only place where a fact becomes a session's state. A session that ended has no state.
    ///
    /// - Returns: Whether the session is still there.
    public mutating func evolve(_ event: Event) -> Bool {
        switch event.body {
        case .sessionStarted(let started):
            organization = event.organization
            user = started.user
            authenticatedAt = started.authenticatedAt
            expiresAt = started.expiresAt
            if started.transientNameID { transientNameIDHash = started.nameIDHash }
            login = event.causedBy
            return true
        case .sessionEnded: return false
        default: return true  // no other event is about a session
        }
    }

    /// Whether it still holds at this instant.
    public func isValid(at instant: Instant) -> Bool { instant.nanoseconds < expiresAt }
}
