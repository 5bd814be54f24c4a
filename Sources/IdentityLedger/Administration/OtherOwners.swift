import Events
import Identity
import Ledger
import Projections

/// Who else owned a user's accounts before the writer's turn. All logins wait for the writer: it doesn't look at everyone once more, but only whether
/// one of these is an owner still. Who became one in between isn't known here: the change is refused then, and a second attempt makes it.
struct OtherOwners: Sendable {
    private let organization: Identifier
    private let owners: [Identifier: [Identifier]]

    /// So many are looked at again at most.
    static let most = 16

    init(_ organization: Identifier, _ owners: [Identifier: [Identifier]]) {
        self.organization = organization
        self.owners = owners.mapValues { Array($0.prefix(Self.most)) }
    }

    /// How many of them are active owners of the account now.
    func count(of account: Identifier, in context: borrowing WriteContext) throws -> Int {
        var count = 0
        for owner in owners[account] ?? [] where try context.isActiveOwner(organization, owner, of: account) { count += 1 }
        return count
    }

    /// Whether the user is the only active owner of an account, as far as these tell.
    ///
    /// - Parameter others: nil: none were looked for.
    static func ownsAlone(_ user: User, _ others: OtherOwners?, in context: borrowing WriteContext) throws -> Bool {
        guard user.active else { return false }
        for entry in user.memberships where entry.role == .owner {
            guard let account = Identifier(bytes: entry.account), let others, try others.count(of: account, in: context) > 0 else {
                return true
            }
        }
        return false
    }
}
