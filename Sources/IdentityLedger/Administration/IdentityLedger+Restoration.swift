public import Events
public import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// How an organization's configuration, policy or roles differ from what they were at a moment, and whether they may be brought back.
    public func restorationPlan(
        _ organization: Identifier, to moment: Moment, parts: Set<RestorablePart> = Set(RestorablePart.allCases), by caller: Caller
    ) throws(ServiceError) -> RestorationPlan {
        let snapshot = try answering { try ledger.snapshot() }
        let (sequence, then, now, packed) = try answering { () throws -> (UInt64, Restoration.Side, Restoration.Side, [UInt8]?) in
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
        let unusable = restoration.configures ? try whyUnusable(then.organization.identityProvider, packed) : nil
        let refusal = restoration.refusal.map { ServiceError($0) } ?? unusable
        return RestorationPlan(
            head: snapshot.head, parts: parts, then: then, metadata: packed, restoration: restoration,
            view: RestorationView(
                organization: organization, at: sequence, differences: restoration.differences, kept: restoration.kept,
                refusal: refusal, events: []))
    }

    /// Brings an organization back to what it was, by appending events: nothing is taken out of the ledger.
    ///
    /// Users who came later keep their roles, and nobody who was deactivated or erased comes back.
    ///
    /// - Throws: `organization_not_configured`, `last_owner`, `key_too_weak`, and what else today's rules refuse of what was then.
    public func restore(_ plan: RestorationPlan, by caller: Caller) async throws(ServiceError) -> RestorationView {
        if let refusal = plan.view.refusal { throw refusal }
        guard !plan.restoration.bodies.isEmpty else { return plan.view }
        let organization = plan.view.organization
        return try await record { context in
            let state = try context.organization(organization)
            try caller.authority.check(.administer, state)
            guard let state else { throw Authority.organizationUnknown }
            var restoration = plan.restoration
            if try !context.events(organization, from: plan.head + 1, limit: 1).isEmpty {
                let now = Restoration.Side(organization: state, users: try context.users(organization))
                restoration = self.restoration(of: now, to: plan.then, plan.parts, organization)
            }
            if let refusal = restoration.refusal { throw refusal }
            // What came meanwhile may have made a difference that was not looked at.
            guard plan.restoration.configures || !restoration.configures else {
                throw RuleError(.conflict, "The identity provider was configured meanwhile.", remedy: "Look at the difference again.")
            }
            let first = context.nextSequence
            try context.append(
                restoration.bodies, organization: organization, by: caller, metadata: plan.metadata, origin: .history(plan.view.at))
            return RestorationView(
                organization: organization, at: plan.view.at, differences: restoration.differences, kept: restoration.kept,
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

/// What would bring an organization back to what it was, as of one commit.
public struct RestorationPlan: Sendable {
    fileprivate let head: UInt64
    fileprivate let parts: Set<RestorablePart>
    fileprivate let then: Restoration.Side
    fileprivate let metadata: [UInt8]?
    fileprivate let restoration: Restoration
    /// What differs, and why it may not be brought back, if so.
    public let view: RestorationView
}

extension Restoration {
    fileprivate var configures: Bool { bodies.contains { if case .identityProviderConfigured = $0 { true } else { false } } }
}
