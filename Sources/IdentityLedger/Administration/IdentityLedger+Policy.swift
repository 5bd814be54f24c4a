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
        try await change(organization, .configure, by: caller) { state in try decidePolicy(patch: patch, of: state) }
        return try policy(organization, by: caller)
    }

    /// What a patch would change, and which of the last logins would be judged otherwise. Saves nothing.
    public func previewPolicy(
        _ organization: Identifier, patch: JSON, by caller: Caller
    ) throws(ServiceError) -> PolicyPreviewView {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.configure, state)
            guard let state else { throw Authority.organizationUnknown }
            let policy = try PolicyDocument.merged(patch, into: state.effectivePolicy, of: state)
            let verdicts = try lastVerdicts(
                of: state, organization, with: RedecisionChanges(policy: policy), in: snapshot)
            return PolicyPreviewView(
                policy: PolicyDocument.json(policy), changes: PolicyDocument.changedMembers(from: state.effectivePolicy, to: policy),
                verdicts: VerdictChanges(verdicts), consequence: try consequence(verdicts, organization, in: snapshot))
        }
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
