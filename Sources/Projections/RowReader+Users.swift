public import Events
public import Identity

extension RowReader where Self: ~Copyable {
    /// A user, erased ones included; nil where the organization has none of this ID.
    public borrowing func user(_ organization: Identifier, _ user: Identifier) throws -> User? {
        try message(.users, organization.bytes + user.bytes)
    }

    /// The user with this address now, by its keyed hash.
    public borrowing func user(_ organization: Identifier, addressHash: [UInt8]) throws -> User? {
        guard let id = try row(.addresses, organization.bytes + addressHash) else { return nil }
        return try message(.users, organization.bytes + id)
    }

    /// The user whom a persistent NameID named at the newest login with it.
    public borrowing func user(_ organization: Identifier, persistentIDHash: [UInt8]) throws -> User? {
        guard let id = try row(.persistentIDs, organization.bytes + persistentIDHash) else { return nil }
        return try message(.users, organization.bytes + id)
    }

    /// An organization's users in the order of their IDs, erased ones included.
    public borrowing func users(
        _ organization: Identifier, after: Identifier? = nil, limit: Int = .max
    ) throws -> [User] {
        try messages(
            .users, prefix: organization.bytes, after: after.map { organization.bytes + $0.bytes }, limit: limit)
    }

    /// Whether the user is active and owns the account.
    public borrowing func isActiveOwner(_ organization: Identifier, _ user: Identifier, of account: Identifier) throws -> Bool {
        guard let found = try self.user(organization, user) else { return false }
        return found.isActiveOwner(of: account)
    }

    /// Other active users who own accounts that this user owns, by account. All users may be looked at.
    ///
    /// - Parameter limit: Of each account's owners, at least so many are named, where there are.
    public borrowing func otherOwners(_ organization: Identifier, of user: User, limit: Int = .max) throws -> [Identifier: [Identifier]] {
        let owned = user.memberships.filter { $0.role == .owner }.compactMap { Identifier(bytes: $0.account) }
        var others = Dictionary(owned.map { ($0, [Identifier]()) }) { one, _ in one }
        var last: Identifier?
        while others.values.contains(where: { $0.count < limit }) {
            let piece = try users(organization, after: last, limit: Self.usersAtOnce)
            for other in piece where other.id != user.id {
                guard let id = other.identifier else { continue }
                for account in owned where other.isActiveOwner(of: account) { others[account]?.append(id) }
            }
            guard piece.count == Self.usersAtOnce, let end = piece.last?.identifier else { break }
            last = end
        }
        return others
    }

    /// How many users the organization has, erased ones included; those above `most` are not counted.
    public borrowing func userCount(_ organization: Identifier, most: Int) throws -> Int {
        var count = 0
        try scanRows(.users, from: organization.bytes, reverse: false) { key, _ in
            guard key.starts(with: organization.bytes), count < most else { return false }
            count += 1
            return true
        }
        return count
    }

    private static var usersAtOnce: Int { 1000 }
}

extension User {
    fileprivate func isActiveOwner(of account: Identifier) -> Bool { active && !erased && role(in: account) == .owner }
}
