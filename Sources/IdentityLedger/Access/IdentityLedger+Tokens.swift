public import Events
import Identity
import Ledger
import Projections

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension IdentityLedger {
    /// A new API token; its secret is told once (C47).
    ///
    /// - Parameters:
    ///   - role: `operator` or `auditor`.
    ///   - organization: The only one that it opens; nil: every one.
    ///   - expiresAt: nil: never.
    public func issueToken(
        role: String, organization: Identifier? = nil, expiresAt: Instant? = nil, by caller: Caller
    ) async throws(ServiceError) -> IssuedToken {
        let token = Secret.make(prefix: Secret.tokenPrefix)
        let id = Identifier.random()
        var body = TokenIssued()
        body.token = id.data
        body.digest = .init(Secret.digest(token))
        body.role = role
        if let organization { body.organization = organization.data }
        body.expiresAt = expiresAt?.nanoseconds ?? 0
        let issued: EventBody = .tokenIssued(body)
        let time = now
        try await record { context in
            try caller.authority.check(.administer)
            guard role == "operator" || role == "auditor" else {
                throw RuleError(.invalidRequest, "A token's role must be “operator” or “auditor”; it is “\(role)”.")
            }
            if let organization, try context.organization(organization) == nil { throw Authority.organizationUnknown }
            if let expiresAt, expiresAt <= time {
                throw RuleError(.invalidRequest, "A token must end in the future; \(expiresAt.rfc3339) is past.")
            }
            try context.append([issued], organization: organization, by: caller)
        }
        return IssuedToken(token: token, id: id, role: role, organization: organization, expiresAt: expiresAt)
    }

    /// Every API token, in the order of issue.
    public func tokens(by caller: Caller) throws(ServiceError) -> [TokenView] {
        try answering {
            try caller.authority.check(.administer)
            return try ledger.snapshot().credentials().filter { $0.kind == .token }.compactMap { credential in
                guard let id = credential.identifier else { return nil }
                return TokenView(
                    id: id, role: credential.role, organization: Identifier(bytes: credential.organization),
                    issuedAt: Instant(nanoseconds: credential.issuedAt),
                    expiresAt: credential.expiresAt == 0 ? nil : Instant(nanoseconds: credential.expiresAt),
                    isRevoked: credential.ended)
            }
        }
    }

    /// Revokes a token; the same again is no event.
    public func revokeToken(_ id: Identifier, by caller: Caller) async throws(ServiceError) {
        try await record { context in
            try caller.authority.check(.administer)
            guard let credential = try context.credential(id: id), credential.kind == .token else {
                throw RuleError(.notFound, "There is no token \(id).", remedy: "List the tokens.")
            }
            guard !credential.ended else { return }
            var revoked = TokenRevoked()
            revoked.token = id.data
            try context.append(
                [.tokenRevoked(revoked)], organization: Identifier(bytes: credential.organization), by: caller)
        }
    }

    /// The caller that a bearer token stands for; nil: none, or no longer.
    public func authenticate(bearer token: String) throws(ServiceError) -> Caller? {
        try answering {
            // Looked up by its digest, so nothing secret is compared (C47).
            guard let credential = try ledger.snapshot().credential(digest: Secret.digest(token)),
                credential.kind == .token, credential.isValid(at: now), let id = credential.identifier
            else { return nil }
            return caller(.token(id), Authority(credential))
        }
    }
}
