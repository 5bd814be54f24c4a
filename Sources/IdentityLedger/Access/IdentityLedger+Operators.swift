public import Events
import Identity
import Ledger
import Projections
import Synchronization

/// What a signed-in owner of the operator's own organization is.
public enum OperatorBySession: Sendable {
    /// An operator, who is recorded as that user.
    case `operator`(Caller)
    /// One no longer: the person authenticated too long ago.
    case signedInTooLongAgo
}

extension IdentityLedger {
    /// How long after signing in a person is an operator by it.
    public static let operatorSessionSeconds: Int64 = 4 * 3600

    /// The organization whose owners are operators of every one; nil: nobody's are.
    public var operatorOrganization: Identifier? { operators.withLock { $0 } }

    /// Sets whose owners are operators, before anything is answered: from then on nobody but an operator changes that organization.
    public func setOperatorOrganization(_ organization: Identifier?) { operators.withLock { $0 = organization } }

    /// Everyone who comes with a token or a session is made here, so that nobody becomes an operator by way of the operator's own organization.
    func caller(_ actor: Actor, _ authority: Authority) -> Caller {
        Caller(actor: actor, authority: authority.keeping(out: operatorOrganization))
    }

    /// The caller that a token of this ID stands for now, for a session that the token itself began; nil: it was revoked, or has ended.
    public func authenticate(token id: Identifier) throws(ServiceError) -> Caller? {
        try answering {
            guard let credential = try ledger.snapshot().credential(id: id), credential.kind == .token, credential.isValid(at: now)
            else { return nil }
            return caller(.token(id), Authority(credential))
        }
    }

    /// Whether a signed-in person of the operator's own organization is an operator.
    ///
    /// Only owners of every account. An administrator may be made by what an identity provider asserts (the policy's role mapping), an owner by
    /// an owner or an operator alone; and nobody but an operator configures that identity provider (``Authority/keeping(out:)``).
    ///
    /// - Returns: nil: no session, another organization's, or not an owner of every account there.
    public func authenticate(operatorSession token: String) throws(ServiceError) -> OperatorBySession? {
        guard let home = operatorOrganization else { return nil }
        return try answering {
            guard let (session, organization, user) = try current(token, in: try ledger.snapshot()), organization.identifier == home,
                let id = user.identifier
            else { return nil }
            let authority = Authority(user, in: home)
            guard !organization.accounts.isEmpty, organization.accounts.allSatisfy({ authority.owns($0.identifier) }) else { return nil }
            let end = Instant(nanoseconds: session.authenticatedAt).adding(seconds: Self.operatorSessionSeconds)
            return now < end ? .operator(Caller(actor: .user(id), authority: .operator)) : .signedInTooLongAgo
        }
    }
}
