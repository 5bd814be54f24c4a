import Events
import Identity
import Ledger
import Projections
import SAML

extension IdentityLedger {
    /// The signed-in user that a session's token stands for; nil: no session, or it has ended.
    public func session(token: String) throws(ServiceError) -> SessionView? {
        try answering {
            let snapshot = try ledger.snapshot()
            guard let (session, organization, user) = try current(token, in: snapshot) else { return nil }
            return try view(session, organization, user)
        }
    }

    /// The caller that a session's token stands for, with the roles of now; nil: no session, or it has ended.
    public func authenticate(session token: String) throws(ServiceError) -> Caller? {
        try answering {
            let snapshot = try ledger.snapshot()
            guard let (_, organization, user) = try current(token, in: snapshot), let id = user.identifier,
                let organizationID = organization.identifier
            else { return nil }
            return caller(.user(id), Authority(user, in: organizationID))
        }
    }

    /// Ends the session that the token stands for, if there is one.
    public func endSession(token: String) async throws(ServiceError) {
        let id = Secret.sessionID(ofToken: token)
        try await record { context in
            guard let session = try context.session(id), let user = Identifier(bytes: session.user) else {
                return
            }
            try context.append(
                ended([session], because: .logout), organization: Identifier(bytes: session.organization),
                by: Caller(actor: .user(user), authority: .nobody))
        }
    }

    /// What a one-time code stands for, once and within 60 seconds (contract, `POST /v1/sign-ins`).
    public func exchange(code: String, by caller: Caller) throws(ServiceError) -> ExchangedSignIn {
        try answering {
            try caller.authority.check(.integrate)
            // Whoever may not have it doesn't use it up either.
            let belongs = { (entry: SignInCodes.Entry) in caller.authority.reaches(entry.organization) }
            guard let entry = codes.take(code, at: now, where: belongs), let session = try session(token: entry.session) else {
                throw RuleError(
                    .notFound, "There is no such code: it was used, is older than 60 seconds, or never was.",
                    remedy: "Start the login again.")
            }
            return ExchangedSignIn(session: session, relayState: entry.relayState)
        }
    }

    func current(_ token: String, in snapshot: Snapshot) throws -> (Session, Organization, User)? {
        guard let session = try snapshot.session(Secret.sessionID(ofToken: token)), session.isValid(at: now),
            let organizationID = Identifier(bytes: session.organization), let userID = Identifier(bytes: session.user),
            let organization = try snapshot.organization(organizationID),
            let user = try snapshot.user(organizationID, userID), user.active, !user.erased
        else { return nil }
        return (session, organization, user)
    }

    private func view(_ session: Session, _ organization: Organization, _ user: User) throws -> SessionView? {
        guard let organizationID = organization.identifier, let userID = user.identifier else { return nil }
        let personal = try ledger.keyRing.personalData(user, organizationID)
        let attributes = personal?.attributes ?? []
        let accounts = organization.accounts.compactMap { account -> SessionView.Membership? in
            guard let id = account.identifier else { return nil }
            let role = user.role(in: id)
            return role == .none ? nil : SessionView.Membership(id: id, name: account.name, role: role)
        }
        return SessionView(
            organization: organizationID, user: userID, email: personal?.email,
            name: personal.flatMap { $0.name.isEmpty ? nil : $0.name }, accounts: accounts, attributes: attributes,
            authenticatedAt: Instant(nanoseconds: session.authenticatedAt),
            expiresAt: Instant(nanoseconds: session.expiresAt),
            groups: groupValues(of: attributes, organization.effectivePolicy.attributeMapping))
    }
}
