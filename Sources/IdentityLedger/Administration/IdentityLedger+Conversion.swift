public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// Password users become sso users.
    ///
    /// - Parameters:
    ///   - emails: Whom; nil: everyone, which needs a converted user who has logged in since the last configuration.
    ///   - force: Everyone, without such a login.
    public func convert(
        _ organization: Identifier, emails: [String]?, force: Bool = false, by caller: Caller
    ) async throws(ServiceError) -> ChangedUsersView {
        try view(try await convertUsers(organization, emails: emails, force: force, by: caller), organization)
    }

    /// The same, without a view of each user: of everyone that is much.
    public func convertUsers(
        _ organization: Identifier, emails: [String]?, force: Bool = false, by caller: Caller
    ) async throws(ServiceError) -> ChangedUsers {
        try await change(organization, emails, by: caller) { users, state in
            try decideConversion(of: users, all: emails == nil, force: force, in: state)
        }
    }

    /// Back to the password.
    ///
    /// - Parameter emails: Whom; nil: everyone.
    public func revertConversion(
        _ organization: Identifier, emails: [String]?, by caller: Caller
    ) async throws(ServiceError) -> ChangedUsersView {
        try view(try await revertUsers(organization, emails: emails, by: caller), organization)
    }

    /// The same, without a view of each user: of everyone that is much.
    public func revertUsers(
        _ organization: Identifier, emails: [String]?, by caller: Caller
    ) async throws(ServiceError) -> ChangedUsers {
        try await change(organization, emails, by: caller) { users, _ in decideReversion(of: users) }
    }

    private func view(_ changed: ChangedUsers, _ organization: Identifier) throws(ServiceError) -> ChangedUsersView {
        ChangedUsersView(users: try views(changed.users, organization), changed: changed.changed, recorded: changed.recorded)
    }

    /// How far the conversion is: of everyone, not of a page.
    public func conversion(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> ConversionView {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.convert, state)
            guard let state else { throw Authority.organizationUnknown }
            let directory = try directory(state, in: snapshot)
            var (password, converted) = (UserSelection(), UserSelection())
            password.signInMethod = .password
            converted.isConverted = true
            let passwordUsers = directory.count(password)
            return ConversionView(
                passwordUsers: passwordUsers, ssoUsers: directory.count(UserSelection()) - passwordUsers,
                convertedUsers: directory.count(converted), isTested: state.testedSinceConfiguration,
                testLogin: try state.testedSinceConfiguration ? testLogin(organization, state, in: snapshot) : nil)
        }
    }

    // The login that changed the organization's row: it showed that converting works.
    private func testLogin(_ organization: Identifier, _ state: Organization, in snapshot: Snapshot) throws -> LoginView? {
        for sequence in try snapshot.eventsThatChanged(organization).reversed() {
            guard sequence > state.configurationRevision else { return nil }
            guard let event = try snapshot.event(sequence), case .assertionReceived? = event.body else { continue }
            return try loginView(event)
        }
        return nil
    }

    // Many at once would hold up logins: in pieces each of which is quick. What is decided of one is the same whatever of the others.
    private static let usersAtOnce = 500

    /// Whether this many people are converted in several pieces, so that it takes a while.
    public static func isLongConversion(of emails: [String]?) -> Bool { emails.map { $0.count > usersAtOnce } ?? true }

    private func change(
        _ organization: Identifier, _ named: [String]?, by caller: Caller,
        _ decide: @escaping @Sendable ([User], Organization) throws -> [EventBody]
    ) async throws(ServiceError) -> ChangedUsers {
        // Who is named and isn't there is told before anyone is changed.
        let named = try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.convert, state)
            guard state != nil else { throw Authority.organizationUnknown }
            return try named.map { try users(named: $0, of: organization, in: snapshot) }
        }
        var changed: [(user: Identifier, event: UInt64)] = []
        var (last, done): (Identifier?, Int) = (nil, 0)
        var goesOn = true
        while goesOn {
            let (after, ids) = (last, named?.dropFirst(done).prefix(Self.usersAtOnce))
            let piece = try await recordEvents { context in
                let state = try context.organization(organization)
                try caller.authority.check(.convert, state)
                guard let state else { throw Authority.organizationUnknown }
                let users =
                    try ids?.compactMap { try context.user(organization, $0) }
                    ?? context.users(organization, after: after, limit: Self.usersAtOnce)
                let bodies = try decide(users, state)
                try context.append(bodies, organization: organization, by: caller)
                return (changed: bodies.compactMap(\.user), count: users.count, last: users.last?.identifier)
            }
            changed += zip(piece.result.changed, piece.events.map(\.sequence)).map { ($0, $1) }
            last = piece.result.last
            done += Self.usersAtOnce
            goesOn = named.map { done < $0.count } ?? (piece.result.count == Self.usersAtOnce)
        }
        return ChangedUsers(users: named ?? changed.map(\.user), changed: changed.count, recorded: changed.map(\.event))
    }

    private func users(named emails: [String], of organization: Identifier, in snapshot: Snapshot) throws -> [Identifier] {
        // Who is named twice is meant, and looked for, once.
        var seen: Set<Identifier> = []
        var named: Set<String> = []
        return try emails.filter { named.insert(EmailAddress($0)?.normalized ?? $0).inserted }.compactMap { email in
            guard let user = try snapshot.user(organization, addressHash: try hash(email, organization)), let id = user.identifier else {
                throw RuleError(
                    .notFound, "This organization has no user with the address “\(email)”.",
                    remedy: "Check the address, or bring the user in first.")
            }
            return seen.insert(id).inserted ? id : nil
        }
    }

    private func hash(_ email: String, _ organization: Identifier) throws -> [UInt8] {
        guard let address = EmailAddress(email) else {
            throw RuleError(.invalidRequest, "“\(email)” is no e-mail address.")
        }
        return try secrets.addressHash(address, organization)
    }
}
