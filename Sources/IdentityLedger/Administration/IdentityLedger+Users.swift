public import Events
public import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// Users by address; with `email` the one of that address, if there is one.
    public func users(
        _ organization: Identifier, email: String? = nil, page: PageRequest = PageRequest(), by caller: Caller
    ) throws(ServiceError) -> ListView<UserView> {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.readUsers, state)
            guard let state else { throw Authority.organizationUnknown }
            let isShown = { (user: User) in !user.erased && caller.authority.sees(user, of: state) }
            if let email {
                guard page.cursor == nil else {
                    throw RuleError(
                        .invalidRequest, "With an address there is one page; it has no cursor.", remedy: "Leave one of them out.")
                }
                let found = EmailAddress(email) == nil ? nil : try user(email, organization, in: snapshot)
                let view = try found.flatMap { isShown($0) ? try UserView($0, organization, ring: ledger.keyRing) : nil }
                return ListView(items: view.map { [$0] } ?? [])
            }
            let accounts = Set(state.accounts.compactMap(\.identifier).filter { caller.authority.administers($0) })
            let ids = try directory(state, in: snapshot)
                .find(UserSelection(), within: caller.authority.seesEveryone(of: state) ? nil : accounts).map(\.id)
            return try Paging.page(ids, page, id: { $0 }) { id in
                try snapshot.user(organization, id).flatMap { try UserView($0, organization, ring: ledger.keyRing) }
            }
        }
    }

    /// A user, as they are or were at a moment.
    public func user(
        _ organization: Identifier, _ user: Identifier, at moment: Moment? = nil, by caller: Caller
    ) throws(ServiceError) -> UserView {
        try answering {
            let snapshot = try ledger.snapshot()
            let current = try snapshot.organization(organization)
            try caller.authority.check(.readUsers, current)
            guard let current else { throw Authority.organizationUnknown }
            var found = try snapshot.user(organization, user)
            // Who may see the user is decided by the roles of now.
            guard found.map({ caller.authority.sees($0, of: current) }) ?? false else { throw Authority.userUnknown }
            if let moment {
                let last = try sequence(at: moment, in: snapshot)
                found = try self.user(user, of: organization, through: last, in: snapshot)
            }
            guard let found, !found.erased, let view = try UserView(found, organization, ring: ledger.keyRing) else {
                throw Authority.userUnknown
            }
            return view
        }
    }

    /// The user of an address, as they are or were at a moment.
    public func user(
        _ organization: Identifier, email: String, at moment: Moment? = nil, by caller: Caller
    ) throws(ServiceError) -> UserView {
        try answering {
            let snapshot = try ledger.snapshot()
            try caller.authority.check(.readUsers, try snapshot.organization(organization))
            guard EmailAddress(email) != nil, let id = try user(email, organization, in: snapshot)?.identifier else {
                throw Authority.userUnknown
            }
            return try user(organization, id, at: moment, by: caller)
        }
    }

    /// Brings existing users in: all of them or, where one is refused, none.
    ///
    /// - Parameter file: The bytes of the file that they are taken from: their events say by its keyed hash that it was that one; nil: none.
    public func importUsers(
        _ organization: Identifier, _ users: [NewUser], fromFile file: [UInt8]? = nil, by caller: Caller
    ) async throws(ServiceError) -> [UserView] {
        let (hashes, origin): ([[UInt8]], EventOrigin?) = try answering {
            try caller.authority.check(.administer, try ledger.snapshot().organization(organization))
            return (
                try users.map { try secrets.addressHash($0.email, organization) },
                try file.map { .file(digest: try secrets.fileDigest($0, organization)) }
            )
        }
        let ids: [Identifier] = try await record { context in
            let state = try context.organization(organization)
            try caller.authority.check(.administer, state)
            // Everything that may be refused comes before the first key is made and the first event appended.
            var seen: Set<[UInt8]> = []
            for (user, hash) in zip(users, hashes) {
                let existing = try context.user(organization, addressHash: hash)
                _ = try decideImport(user, existing: existing, id: .random(), addressHash: hash, personal: Sealed())
                guard seen.insert(hash).inserted else {
                    throw RuleError(
                        .conflict, "The address “\(user.email.text)” is there twice in what was sent.", remedy: "Leave one of the two out.")
                }
            }
            var ids: [Identifier] = []
            for (user, hash) in zip(users, hashes) {
                let id = Identifier.random()
                let key = try context.makeKey(for: organization)
                let personal = try context.seal(user.personal, key: key, organization: organization)
                let bodies = try decideImport(user, existing: nil, id: id, addressHash: hash, personal: personal)
                try context.append(bodies, organization: organization, by: caller, origin: origin)
                ids.append(id)
            }
            return ids
        }
        return try views(ids, organization)
    }

    /// The same from the API's document: one user, or an array of them.
    ///
    /// - Returns: What was made: a user for a user, a list for an array.
    public func importUsers(
        _ organization: Identifier, json: JSON, by caller: Caller
    ) async throws(ServiceError) -> JSON {
        let users: [NewUser] = try answering {
            let state = try ledger.snapshot().organization(organization)
            try caller.authority.check(.administer, state)
            guard let state else { throw Authority.organizationUnknown }
            guard let array = json.arrayValue else { return [try NewUser(json, in: state)] }
            return try array.enumerated().map { index, user throws(RuleError) in
                do throws(RuleError) { return try NewUser(user, in: state) } catch {
                    throw RuleError(error.code, "The user at index \(index) of the array: \(error.detail)", remedy: error.remedy)
                }
            }
        }
        let views = try await importUsers(organization, users, by: caller)
        if json.arrayValue == nil, let view = views.first { return view.json }
        return ListView(items: views).json
    }

    /// Elevates or lowers a user in one account.
    public func setRole(
        _ organization: Identifier, _ user: Identifier, account: Identifier, role: Role, by caller: Caller
    ) async throws(ServiceError) -> UserView {
        let decide = { @Sendable (found: User, state: Organization, others: Int) throws(RuleError) in
            try decideRole(of: found, in: account, to: role, organization: state, by: caller.authority, otherOwners: others)
        }
        let owners: OtherOwners? = try answering {
            let snapshot = try ledger.snapshot()
            let (found, state) = try snapshot.user(organization, user, seenBy: caller)
            guard found.active, found.role(in: account) == .owner, try !decide(found, state, 1).isEmpty else { return nil }
            return OtherOwners(organization, try otherOwners(state, of: found, limit: OtherOwners.most, in: snapshot))
        }
        let events = try await recordEvents { context in
            let (found, state) = try context.user(organization, user, seenBy: caller)
            let others = found.role(in: account) == .owner ? try owners?.count(of: account, in: context) ?? 0 : 0
            try context.append(try decide(found, state, others), organization: organization, by: caller)
        }.events
        return try view(user, organization).recorded(by: events)
    }

    /// Deactivates a user, which ends that user's sessions, or reactivates one.
    public func setActive(
        _ organization: Identifier, _ user: Identifier, _ isActive: Bool, by caller: Caller
    ) async throws(ServiceError) -> UserView {
        let decide = { @Sendable (found: User, state: Organization, sessions: [Session], ownsAlone: Bool) throws(RuleError) in
            try decideActive(of: found, isActive, sessions: sessions, organization: state, by: caller.authority, ownsAlone: ownsAlone)
        }
        let owners: OtherOwners? = try answering {
            let snapshot = try ledger.snapshot()
            let (found, state) = try snapshot.user(organization, user, seenBy: caller)
            guard !isActive, !caller.authority.isOperator, try !decide(found, state, [], false).isEmpty else { return nil }
            return OtherOwners(organization, try otherOwners(state, of: found, limit: OtherOwners.most, in: snapshot))
        }
        let events = try await recordEvents { context in
            let (found, state) = try context.user(organization, user, seenBy: caller)
            // Sessions are looked at only where somebody who may does change something: all logins wait for the writer.
            if try decide(found, state, [], false).isEmpty { return }
            let ownsAlone = isActive || caller.authority.isOperator ? false : try OtherOwners.ownsAlone(found, owners, in: context)
            let sessions = isActive ? [] : try context.sessions(of: user, in: state, now: self.now)
            try context.append(try decide(found, state, sessions, ownsAlone), organization: organization, by: caller)
        }.events
        return try view(user, organization).recorded(by: events)
    }

    func view(_ user: Identifier, _ organization: Identifier) throws(ServiceError) -> UserView {
        try answering {
            guard let found = try ledger.snapshot().user(organization, user),
                let view = try UserView(found, organization, ring: ledger.keyRing)
            else { throw Authority.userUnknown }
            return view
        }
    }

    func views(_ users: [Identifier], _ organization: Identifier) throws(ServiceError) -> [UserView] {
        try answering {
            let snapshot = try ledger.snapshot()
            return try users.compactMap { id in
                try snapshot.user(organization, id).flatMap { try UserView($0, organization, ring: ledger.keyRing) }
            }
        }
    }
}
