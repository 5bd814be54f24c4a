public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// The policy in force, as the contract's document.
    public func policy(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> JSON {
        try answering {
            let state = try ledger.snapshot().organization(organization)
            try caller.authority.check(.read, state)
            return PolicyDocument.json(state?.effectivePolicy ?? .defaults)
        }
    }

    /// Merges a patch into the policy (RFC 7396); values that are the same already are no event.
    ///
    /// - Returns: The policy after the change.
    public func changePolicy(
        _ organization: Identifier, patch: JSON, by caller: Caller
    ) async throws(ServiceError) -> JSON {
        // A key that signs requests is made when signing is first asked for, before the writer is entered.
        let key: ServiceProviderKeyPair? = try answering {
            let state = try ledger.snapshot().organization(organization)
            try caller.authority.check(.configure, state)
            guard let state, patch["signRequests"]?.boolValue == true, state.activeKeys(.signing).isEmpty else {
                return nil
            }
            return try ServiceProviderKeyPair(
                .signing, commonName: "identity-ledger \(organization)", now: now, ring: ledger.keyRing)
        }
        try await change(organization, .configure, by: caller) { state in
            let bodies = try decidePolicy(patch: patch, of: state)
            guard let key, state.activeKeys(.signing).isEmpty else { return bodies }
            return [key.event] + bodies
        }
        return try policy(organization, by: caller)
    }

    /// The policy in force, for what-if questions.
    public func effectivePolicy(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> Policy {
        try answering {
            let state = try ledger.snapshot().organization(organization)
            try caller.authority.check(.read, state)
            return state?.effectivePolicy ?? .defaults
        }
    }

    /// The policy that a patch would give; saves nothing.
    public func policy(
        _ organization: Identifier, patchedWith patch: JSON, by caller: Caller
    ) throws(ServiceError) -> Policy {
        try answering {
            let state = try ledger.snapshot().organization(organization)
            try caller.authority.check(.read, state)
            guard let state else { throw Authority.organizationUnknown }
            return try PolicyDocument.merged(patch, into: state.effectivePolicy, of: state)
        }
    }
}
