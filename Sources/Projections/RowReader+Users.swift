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

    /// How many other active users own the account.
    public borrowing func activeOwners(
        _ organization: Identifier, of account: Identifier, besides user: Identifier
    ) throws -> Int {
        try users(organization).count {
            $0.active && !$0.erased && $0.identifier != user && $0.role(in: account) == .owner
        }
    }

    /// Whether the user is the only active owner of an account.
    public borrowing func ownsAlone(_ organization: Identifier, _ user: User) throws -> Bool {
        let owned = user.memberships.filter { $0.role == .owner }.compactMap { Identifier(bytes: $0.account) }
        guard user.active, !owned.isEmpty, let id = user.identifier else { return false }
        let others = try users(organization).filter { $0.active && !$0.erased && $0.identifier != id }
        return owned.contains { account in !others.contains { $0.role(in: account) == .owner } }
    }
}
