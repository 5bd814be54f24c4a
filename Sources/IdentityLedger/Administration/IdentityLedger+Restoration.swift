public import Events
public import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// Brings an organization's configuration, policy or roles back to a moment, by appending events: nothing is taken out of the ledger.
    ///
    /// Users who came later keep their roles, and nobody who was deactivated or erased comes back.
    ///
    /// - Parameter applies: false: only the difference is told, and why it may not be brought back, if so.
    /// - Throws: `organization_not_configured`, `last_owner`, `key_too_weak`, and what else today's rules refuse of what was then.
    public func restore(
        _ organization: Identifier, to moment: Moment, parts: Set<RestorablePart> = Set(RestorablePart.allCases), applies: Bool,
        by caller: Caller
    ) async throws(ServiceError) -> RestorationView {
        let (sequence, then, now, packed) = try answering { () throws -> (UInt64, Restoration.Side, Restoration.Side, [UInt8]?) in
            let snapshot = try ledger.snapshot()
            let current = try snapshot.organization(organization)
            try caller.authority.check(.administer, current)
            guard let current else { throw Authority.organizationUnknown }
            let sequence = try self.sequence(at: moment, in: snapshot)
            guard let former = try self.organization(organization, through: sequence, in: snapshot) else {
                throw RuleError(.organizationUnknown, "There was no such organization yet.", remedy: "Name a later moment.")
            }
            let users = try snapshot.users(organization)
            return (
                sequence,
                .init(
                    organization: former,
                    users: try users.compactMap(\.identifier).compactMap {
                        try user($0, of: organization, through: sequence, in: snapshot)
                    }),
                .init(organization: current, users: users),
                former.isConfigured ? try snapshot.evidence(former.configurationRevision) : nil
            )
        }
        let restoration = restoration(of: now, to: then, parts, organization)
        let configures = restoration.bodies.contains { if case .identityProviderConfigured = $0 { true } else { false } }
        let unusable = configures ? try whyUnusable(then.organization.identityProvider, packed) : nil
        let refusal = restoration.refusal.map { ServiceError($0) } ?? unusable
        if applies, let refusal { throw refusal }
        guard applies, !restoration.bodies.isEmpty else {
            return RestorationView(
                organization: organization, at: sequence, differences: restoration.differences, kept: restoration.kept,
                refusal: refusal, events: [])
        }
        return try await record { context in
            let state = try context.organization(organization)
            try caller.authority.check(.administer, state)
            guard let state else { throw Authority.organizationUnknown }
            let now = Restoration.Side(organization: state, users: try context.users(organization))
            let restoration = self.restoration(of: now, to: then, parts, organization)
            if let refusal = restoration.refusal { throw refusal }
            // What came meanwhile may have made a difference that was not looked at.
            guard configures || !restoration.bodies.contains(where: { if case .identityProviderConfigured = $0 { true } else { false } })
            else {
                throw RuleError(.conflict, "The identity provider was configured meanwhile.", remedy: "Look at the difference again.")
            }
            let first = context.nextSequence
            try context.append(
                restoration.bodies, organization: organization, by: caller, metadata: packed, origin: .history(sequence))
            return RestorationView(
                organization: organization, at: sequence, differences: restoration.differences, kept: restoration.kept,
                refusal: nil, events: Array(first..<context.nextSequence))
        }
    }

    private func restoration(
        of now: Restoration.Side, to then: Restoration.Side, _ parts: Set<RestorablePart>, _ organization: Identifier
    ) -> Restoration {
        Restoration(of: now, to: then, parts: parts, describe: Self.describe) { user in
            let email = (try? ledger.keyRing.personalData(user, organization))?.email
            return email ?? user.identifier?.description ?? "A user"
        }
    }

    // What was taken then must be taken today too: keys that are too weak by now are not. nil: it is.
    func whyUnusable(_ configuration: IdentityProviderConfigured, _ packed: [UInt8]?) throws(ServiceError) -> ServiceError? {
        guard let document = packed.flatMap({ Packing.unpack($0) }) else {
            throw ServiceError(
                code: "ledger_unavailable", status: 503, detail: "The metadata document of then can't be read.",
                remedy: "Run `identity-ledger verify`.")
        }
        do throws(ServiceError) {
            _ = try readAgain(document, of: configuration)
            return nil
        } catch {
            return error
        }
    }

    /// What today's rules read in a document that was recorded with a configuration.
    func readAgain(_ document: [UInt8], of recorded: IdentityProviderConfigured) throws(ServiceError) -> IdentityProviderConfigured {
        try Self.configuration(
            reading: document, from: recorded.metadataURL, entityID: recorded.entityID,
            signer: recorded.metadataCertificate.isEmpty ? nil : Array(recorded.metadataCertificate), at: now)
    }
}
