import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// The users whom this address is known for, erased ones left out, at most `limit`.
    ///
    /// Addresses lie hashed with each organization's ID: each organization is asked, by nothing but its ID.
    func users(
        withAddress email: EmailAddress, in organizations: some Sequence<Identifier>, limit: Int = .max, _ snapshot: Snapshot
    ) throws -> [Identifier: User] {
        var found: [Identifier: User] = [:]
        for id in organizations where found.count < limit {
            if let user = try snapshot.user(id, addressHash: try secrets.addressHash(email, id)), !user.erased { found[id] = user }
        }
        return found
    }
}
