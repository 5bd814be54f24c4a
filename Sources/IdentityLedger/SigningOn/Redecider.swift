public import Events
import Identity
public import Ledger
import Projections
public import SAML
import Synchronization

/// Decides recorded logins again, from any thread: what many of them rest on is read and parsed once.
public final class Redecider: Sendable {
    // An organization's configuration and policy of some revision: of as many as people signed in with at one time.
    private static let most = 1024

    private struct Revision: Hashable {
        let organization: Identifier
        let number: UInt64
    }

    private struct Known {
        var configurations: [Revision: IdentityProviderConfigured?] = [:]
        var parsed: [Revision: ParsedConfiguration] = [:]
        var policies: [Revision: Policy] = [:]
        var skeletons: [Skeleton: [UInt8]?] = [:]
    }

    // What responses were compressed with.
    private struct Skeleton: Hashable {
        let revision: Revision
        let publicURL: String
        let acsURLs: [String]
        let serviceProviderEntityID: String
        let version: UInt8
    }

    private let service: IdentityLedger
    private let snapshot: Snapshot
    private let changes: RedecisionChanges
    private let known = Mutex(Known())

    /// - Parameter changes: What is to be taken instead of what was in force at each login.
    public init(_ service: IdentityLedger, in snapshot: Snapshot, changes: RedecisionChanges = .init()) {
        self.service = service
        self.snapshot = snapshot
        self.changes = changes
    }

    /// Judges and decides a login again, from the event's facts and the events that they name.
    ///
    /// - Returns: nil where the event is no login, or its response is not kept or can't be opened any more.
    public func decide(_ event: Event) throws(ServiceError) -> Redecision? {
        guard let bytes = try evidence(of: event) else { return nil }
        guard case .assertionReceived(let received) = event.body, let (facts, policy) = try grounds(of: event) else { return nil }
        let judgment = judge(response: bytes, facts)
        return Redecision(judgment: judgment, verdict: decideSignOn(judgment, received.facts, policy: policy))
    }

    /// What a login is judged by; nil where the event is none.
    public func grounds(of event: Event) throws(ServiceError) -> (facts: JudgmentFacts, policy: Policy)? {
        guard case .assertionReceived(let received) = event.body, let organization = event.organizationID else { return nil }
        return try answering {
            let parsed = try parsed(received.facts.configurationRevision, of: organization)
            let policy = try policy(received.facts.policyRevision, of: organization)
            var facts = JudgmentFacts(received.facts, of: organization, parsed, policy)
            facts.keysAt = changes.keysAt
            return (facts, policy)
        }
    }

    /// What a login's response looks like, from what verifies of it.
    ///
    /// - Returns: nil where nothing does, or the response is not kept or can't be opened any more.
    func shape(of event: Event) throws(ServiceError) -> ResponseShape? {
        guard let bytes = try evidence(of: event), let grounds = try grounds(of: event) else { return nil }
        return SAML.shape(ofResponse: bytes, grounds.facts)
    }

    /// The XML that arrived with a login, byte for byte; nil where it was not kept, or its key was destroyed.
    ///
    /// - Throws: `ledger_unavailable` where it is there and can be opened, and is not what arrived.
    public func evidence(of event: Event) throws(ServiceError) -> [UInt8]? {
        try answering {
            guard case .assertionReceived(let received) = event.body, let organization = event.organizationID,
                let stored = try snapshot.evidence(event.sequence)
                    ?? snapshot.untrustedEvidence(event.sequence, organization: organization),
                let box = EvidenceBox.sealed(stored, of: received, revision: event.schemaRevision)
            else { return nil }
            let configuration = try configuration(received.facts.configurationRevision, of: organization)
            let bytes = try EvidenceBox.open(box, service.ledger.keyRing, organization: organization) { version in
                skeleton(configuration, received.facts, of: organization, version: version)
            }
            guard let bytes else { return nil }
            guard Secret.digest(bytes).elementsEqual(received.responseDigest) else {
                throw LedgerError(
                    .damaged, "The response kept with event \(event.sequence) is not the one that arrived.",
                    remedy: "Run “identity-ledger verify”, and restore a backup.")
            }
            return bytes
        }
    }

    /// The configuration and the policy that a login was judged by; nil where the event is none.
    public func inForce(at event: Event) throws(ServiceError) -> (configuration: IdentityProviderConfigured?, policy: Policy)? {
        guard case .assertionReceived(let received) = event.body, let organization = event.organizationID else { return nil }
        return try answering {
            (
                try configuration(received.facts.configurationRevision, of: organization),
                try policy(received.facts.policyRevision, of: organization)
            )
        }
    }

    /// The signed element that a login rested on, and what signed it; nil where nothing was verified, or the response is not to be had.
    public func signedPart(of event: Event) throws(ServiceError) -> SignedPart? {
        guard case .assertionReceived(let received) = event.body, !received.certificateSha256.isEmpty,
            let organization = event.organizationID,
            let bytes = try evidence(of: event)
        else { return nil }
        return try answering {
            let parsed = try parsed(received.facts.configurationRevision, of: organization)
            return SAML.signedPart(of: bytes, trusting: parsed.identityProvider?.certificates ?? [], keys: parsed.decryptionKeys)
        }
    }

    // MARK: - What logins rest on

    /// The configuration that an event made; nil: none was in force.
    private func configuration(_ revision: UInt64, of organization: Identifier) throws -> IdentityProviderConfigured? {
        let key = Revision(organization: organization, number: revision)
        if let found = known.withLock({ $0.configurations[key] }) { return found }
        let configuration = try IdentityLedger.configuration(revision, in: snapshot)
        known.withLock { known in
            if known.configurations.count >= Self.most { known.configurations.removeAll() }
            known.configurations[key] = .some(configuration)
        }
        return configuration
    }

    /// What a response was compressed with; nil: there is none of that version.
    private func skeleton(
        _ configuration: IdentityProviderConfigured?, _ facts: SignOnFacts, of organization: Identifier, version: UInt8
    ) -> [UInt8]? {
        let key = Skeleton(
            revision: Revision(organization: organization, number: facts.configurationRevision), publicURL: facts.publicURL,
            acsURLs: facts.acsUrls, serviceProviderEntityID: facts.serviceProviderEntityID, version: version)
        if let found = known.withLock({ $0.skeletons[key] }) { return found }
        let text = configuration.flatMap { ResponseSkeleton($0, facts, of: organization) }?.text(version: version)
        known.withLock { known in
            if known.skeletons.count >= Self.most { known.skeletons.removeAll() }
            known.skeletons[key] = .some(text)
        }
        return text
    }

    private func parsed(_ revision: UInt64, of organization: Identifier) throws -> ParsedConfiguration {
        let key = Revision(organization: organization, number: revision)
        if let found = known.withLock({ $0.parsed[key] }) { return found }
        // All keys that the organization ever had, retired ones too: more keys decrypt nothing else.
        let keys = try snapshot.organization(organization)?.keys.reversed().filter { $0.use == .encryption } ?? []
        var configuration = try changes.configuration ?? configuration(revision, of: organization)
        if let unwanted = changes.withoutCertificate {
            configuration?.signingCertificates.removeAll { Secret.digest(Array($0)) == unwanted }
        }
        let parsed = try ParsedConfiguration(configuration, keys: keys, ring: service.ledger.keyRing)
        known.withLock { known in
            if known.parsed.count >= Self.most { known.parsed.removeAll() }
            known.parsed[key] = parsed
        }
        return parsed
    }

    private func policy(_ revision: UInt64, of organization: Identifier) throws -> Policy {
        if let policy = changes.policy { return policy }
        let key = Revision(organization: organization, number: revision)
        if let found = known.withLock({ $0.policies[key] }) { return found }
        let policy = try IdentityLedger.policy(revision, in: snapshot)
        known.withLock { known in
            if known.policies.count >= Self.most { known.policies.removeAll() }
            known.policies[key] = policy
        }
        return policy
    }
}
