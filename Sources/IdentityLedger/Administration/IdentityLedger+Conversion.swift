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
        try await change(organization, emails, by: caller) { users, _ in decideReversion(of: users) }
    }

    /// How far the conversion is: of everyone, not of a page.
    public func conversion(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> ConversionView {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.convert, state)
            let users = try snapshot.users(organization).filter { !$0.erased }
            return ConversionView(
                passwordUsers: users.count { $0.signInMethod == .password }, ssoUsers: users.count { $0.signInMethod == .sso },
                isTested: state?.testedSinceConfiguration ?? false)
        }
    }

    private func change(
        _ organization: Identifier, _ named: [String]?, by caller: Caller,
        _ decide: @escaping @Sendable ([User], Organization) throws -> [EventBody]
    ) async throws(ServiceError) -> ChangedUsersView {
        // Who is named twice is meant once.
        var seen: Set<String> = []
        let emails = named?.filter { seen.insert(EmailAddress($0)?.normalized ?? $0).inserted }
        let hashes: [[UInt8]]? = try answering {
            try caller.authority.check(.convert, try ledger.snapshot().organization(organization))
            return try emails?.map { try hash($0, organization) }
        }
        let (users, changed): ([Identifier], Int) = try await record { context in
            let state = try context.organization(organization)
            try caller.authority.check(.convert, state)
            guard let state else { throw Authority.organizationUnknown }
            let users: [User]
            if let hashes {
                users = try zip(hashes, emails ?? []).map { hash, email in
                    guard let user = try context.user(organization, addressHash: hash) else {
                        throw RuleError(
                            .notFound, "This organization has no user with the address “\(email)”.",
                            remedy: "Check the address, or bring the user in first.")
                    }
                    return user
                }
            } else {
                users = try context.users(organization)
            }
            let bodies = try decide(users, state)
            try context.append(bodies, organization: organization, by: caller)
            let changed = bodies.compactMap(\.user)
            return (hashes == nil ? changed : users.compactMap(\.identifier), changed.count)
        }
        return ChangedUsersView(users: try views(users, organization), changed: changed)
    }

    private func hash(_ email: String, _ organization: Identifier) throws -> [UInt8] {
        guard let address = EmailAddress(email) else {
            throw RuleError(.invalidRequest, "“\(email)” is no e-mail address.")
        }
        return try secrets.addressHash(address, organization)
    }
}
