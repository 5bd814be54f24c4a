public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// Erases a person: the key of everything personal is destroyed, while every hash and proof still holds (C56).
    ///
    /// The end of the key is recorded with the event; a crash between the two is made good by the next start. The same again is no event.
    ///
    /// - Returns: The sequences of the events that say so.
    @discardableResult
    public func eraseUser(
        _ organization: Identifier, _ user: Identifier, by caller: Caller
    ) async throws(ServiceError) -> [UInt64] {
        let events = try await recordEvents { context in
            let state = try context.organization(organization)
            try caller.authority.check(.administer, state)
            guard let state, let found = try context.user(organization, user) else { throw Authority.userUnknown }
            let bodies = decideErasure(of: found, sessions: try context.sessions(of: user, in: state, now: self.now))
            if !found.erased, found.hasPersonal, let key = Identifier(bytes: found.personal.keyID) {
                context.destroyKey(key)
            }
            try context.append(bodies, organization: organization, by: caller)
        }.events
        try forgetErasedUsers()
        return events.map(\.sequence)
    }
}
