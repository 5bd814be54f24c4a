public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// The caller that a token of this ID stands for now, for a session that the token itself began; nil: it was revoked, or has ended.
    public func authenticate(token id: Identifier) throws(ServiceError) -> Caller? {
        try answering {
            guard let credential = try ledger.snapshot().credential(id: id), credential.kind == .token, credential.isValid(at: now)
            else { return nil }
            return Caller(actor: .token(id), authority: Authority(credential))
        }
    }

    /// The caller that a signed-in person of the operator's own organization stands for: an operator who is recorded as that user.
    ///
    /// Only owners of every account. An administrator may be made by what an identity provider asserts (the policy's role mapping), an owner by
    /// an owner or an operator alone: so nothing that is configured elsewhere makes an operator.
    ///
    /// - Returns: nil: no session, another organization's, or not an owner of every account there.
    public func authenticate(operatorSession token: String, in organization: Identifier) throws(ServiceError) -> Caller? {
        guard let caller = try authenticate(session: token), case .user(organization, _, _) = caller.authority else { return nil }
        return try answering {
            let accounts = try ledger.snapshot().organization(organization)?.accounts ?? []
            guard !accounts.isEmpty, accounts.allSatisfy({ caller.authority.owns($0.identifier) }) else { return nil }
            return Caller(actor: caller.actor, authority: .operator, correlation: caller.correlation)
        }
    }
}
