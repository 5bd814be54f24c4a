import Events
import Identity
import Projections

extension RowReader where Self: ~Copyable {
    /// A user whom the caller may see, and the organization.
    ///
    /// - Throws: What says that there is none.
    borrowing func user(_ organization: Identifier, _ user: Identifier, seenBy caller: Caller) throws -> (
        user: User, organization: Organization
    ) {
        let state = try self.organization(organization)
        try caller.authority.check(.readUsers, state)
        guard let state, let found = try self.user(organization, user), caller.authority.sees(found, of: state) else {
            throw Authority.userUnknown
        }
        return (found, state)
    }
}
