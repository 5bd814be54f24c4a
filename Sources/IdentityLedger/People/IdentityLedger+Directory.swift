public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    // Above this, reading the users takes no longer than reading what became of them.
    private static let mostEventsFollowed = 20_000

    // Of so few, the first page waits a few hundredths of a second.
    private static let usersReadAtOnce = 1000

    /// Users of all organizations that are kept in memory: some 300 bytes each.
    static let mostUsersKept = 500_000

    /// The organization's users as of a snapshot, or later. The first time reads and unseals all of them, which takes as long as it takes; then only
    /// what was recorded since is looked at.
    func directory(_ organization: Organization, in snapshot: Snapshot) throws -> UserDirectory {
        guard let id = organization.identifier else { return UserDirectory([], sequence: snapshot.head) }
        let accounts = organization.accounts.compactMap(\.identifier)
        if let known = try knownDirectory(id, accounts, in: snapshot) { return known }
        var entries: [UserDirectory.Entry] = []
        var last: Identifier?
        repeat {
            // By and by: what is read of a user is several times what is kept.
            let users = try snapshot.users(id, after: last, limit: Self.usersReadAtOnce)
            entries += try users.compactMap { try entry($0, of: id, accounts) }
            last = users.count < Self.usersReadAtOnce ? nil : users.last?.identifier
        } while last != nil
        let made = UserDirectory(entries, sequence: snapshot.head)
        directories.keep(made, for: id)
        return made
    }

    /// Reads the next organization's directory ahead where it has users enough for somebody who opens its page to notice the wait, and there is room:
    /// half of what is kept is left to those whom people ask for.
    ///
    /// - Parameter after: What this returned before; nil: begins.
    /// - Returns: The organization that was looked at; nil at the end.
    public func readDirectoryAhead(after: Identifier?) throws(ServiceError) -> Identifier? {
        try answering {
            let snapshot = try ledger.snapshot()
            let room = Self.mostUsersKept / 2 - directories.heldWeight
            guard let next = try snapshot.organizations(after: after, limit: 1).first, let id = next.identifier else { return nil }
            let count = try snapshot.userCount(id, most: room + 1)
            if count >= Self.usersReadAtOnce, count <= room, directories[id] == nil { _ = try directory(next, in: snapshot) }
            return id
        }
    }

    /// Whether the organization's directory is in memory, so that what needs it takes no longer than what was recorded since.
    public func hasDirectory(_ organization: Identifier) throws(ServiceError) -> Bool {
        try answering {
            guard let known = directories[organization] else { return false }
            return try ledger.snapshot().head < known.sequence + UInt64(Self.mostEventsFollowed)
        }
    }

    /// Has what is kept in memory forget who was erased, by another process too (C56).
    public func forgetErasedUsers() throws(ServiceError) {
        try answering {
            let snapshot = try ledger.snapshot()
            for id in directories.organizations {
                let accounts = try snapshot.organization(id)?.accounts.compactMap(\.identifier) ?? []
                if try knownDirectory(id, accounts, in: snapshot) == nil { directories.forget(id) }
            }
        }
    }

    /// The active owners of each account that the user owns, besides the user: from memory where the directory is kept there, else by looking at
    /// everyone.
    func otherOwners(_ organization: Organization, of user: User, limit: Int, in snapshot: Snapshot) throws -> [Identifier: [Identifier]] {
        guard let id = organization.identifier else { return [:] }
        guard let known = try knownDirectory(id, organization.accounts.compactMap(\.identifier), in: snapshot) else {
            return try snapshot.otherOwners(id, of: user, limit: limit)
        }
        let owned = user.memberships.filter { $0.role == .owner }.compactMap { Identifier(bytes: $0.account) }
        return Dictionary(owned.map { ($0, known.activeOwners(of: $0, besides: user.identifier, limit: limit)) }) { one, _ in one }
    }

    // nil: none is kept, or too much has happened since.
    private func knownDirectory(_ id: Identifier, _ accounts: [Identifier], in snapshot: Snapshot) throws -> UserDirectory? {
        guard var known = directories[id] else { return nil }
        if known.sequence >= snapshot.head { return known }
        guard let changed = try usersChanged(id, after: known.sequence, in: snapshot) else { return nil }
        var entries: [Identifier: UserDirectory.Entry?] = [:]
        for user in changed { entries[user] = .some(try snapshot.user(id, user).flatMap { try entry($0, of: id, accounts) }) }
        known.apply(entries, sequence: snapshot.head)
        directories.keep(known, for: id)
        return known
    }

    private func entry(_ user: User, of organization: Identifier, _ accounts: [Identifier]) throws -> UserDirectory.Entry? {
        guard !user.erased else { return nil }
        let personal = try ledger.keyRing.personalData(user, organization)
        return UserDirectory.Entry(user, email: personal?.email, name: personal?.name, accounts: accounts)
    }

    // nil: too much has happened.
    private func usersChanged(_ organization: Identifier, after sequence: UInt64, in snapshot: Snapshot) throws -> Set<Identifier>? {
        let later = try snapshot.otherEvents(organization, from: sequence + 1, limit: Self.mostEventsFollowed)
        guard later.count < Self.mostEventsFollowed else { return nil }
        var changed: Set<Identifier> = []
        for sequence in later {
            switch try snapshot.event(sequence)?.body {
            case .sessionStarted, .sessionEnded, nil: break
            case .some(let body): if let user = body.user { changed.insert(user) }
            }
        }
        return changed
    }
}

extension IdentityLedger {
    /// One page of the users that are found.
    ///
    /// - Parameter number: Which, from 1 on; beyond the last one it is the last one.
    public func users(
        _ organization: Identifier, _ selection: UserSelection, page number: Int, size: Int = 25, by caller: Caller
    ) throws(ServiceError) -> UserPage {
        try answering {
            let snapshot = try ledger.snapshot()
            let (directory, accounts) = try visible(organization, in: snapshot, by: caller)
            let found = directory.find(selection, within: accounts)
            let count = max(1, (found.count + size - 1) / size)
            let number = min(max(1, number), count)
            let users = try found.dropFirst((number - 1) * size).prefix(size).compactMap { try view($0.id, organization, in: snapshot) }
            return UserPage(
                users: users, number: number, count: count, found: found.count,
                total: directory.count(UserSelection(), within: accounts))
        }
    }

    /// The IDs of all users that are found, in the order of the pages.
    public func userIDs(_ organization: Identifier, _ selection: UserSelection, by caller: Caller) throws(ServiceError) -> [Identifier] {
        try answering {
            let (directory, accounts) = try visible(organization, in: try ledger.snapshot(), by: caller)
            return directory.find(selection, within: accounts).map(\.id)
        }
    }

    /// Those of these users who are still there, as they are now.
    public func users(_ organization: Identifier, _ ids: some Sequence<Identifier>, by caller: Caller) throws(ServiceError) -> [UserView] {
        try answering {
            let snapshot = try ledger.snapshot()
            guard let state = try snapshot.organization(organization) else { throw Authority.organizationUnknown }
            try caller.authority.check(.readUsers, state)
            return try ids.compactMap { id in
                guard let user = try snapshot.user(organization, id), !user.erased, caller.authority.sees(user, of: state) else {
                    return nil
                }
                return try UserView(user, organization, ring: ledger.keyRing)
            }
        }
    }

    private func visible(
        _ organization: Identifier, in snapshot: Snapshot, by caller: Caller
    ) throws -> (directory: UserDirectory, accounts: Set<Identifier>?) {
        let state = try snapshot.organization(organization)
        try caller.authority.check(.readUsers, state)
        guard let state else { throw Authority.organizationUnknown }
        let accounts = Set(state.accounts.compactMap(\.identifier).filter { caller.authority.administers($0) })
        return (try directory(state, in: snapshot), caller.authority.seesEveryone(of: state) ? nil : accounts)
    }

    private func view(_ user: Identifier, _ organization: Identifier, in snapshot: Snapshot) throws -> UserView? {
        guard let found = try snapshot.user(organization, user), !found.erased else { return nil }
        return try UserView(found, organization, ring: ledger.keyRing)
    }
}
