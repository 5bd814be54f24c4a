import Cryptography
public import Events
import Identity
import Ledger
import Projections
import SAML

/// Metadata that is fetched again from time to time.
public struct RefreshableMetadata: Sendable, Hashable {
    /// The organization.
    public let organization: Identifier
    /// Where metadata is fetched.
    public let metadataURL: String
    /// The identity provider's name.
    public let entityID: String
    /// The policy's `metadataRefreshHours`, never 0.
    public let hours: UInt32
    /// How long the document says that it may be kept; 0: it doesn't say.
    public let cacheSeconds: UInt64

    /// Of these.
    public init(organization: Identifier, metadataURL: String, entityID: String, hours: UInt32, cacheSeconds: UInt64) {
        self.organization = organization
        self.metadataURL = metadataURL
        self.entityID = entityID
        self.hours = hours
        self.cacheSeconds = cacheSeconds
    }
}

/// What became of metadata that was fetched again.
public struct MetadataRefreshView: JSONView, Hashable {
    /// What is different, a sentence each; empty: nothing.
    public let changes: [String]
    /// The event that waits for a person (C39); nil: none does.
    public let heldEvent: UInt64?
    /// The sequences of the events that took the change; none where it waits, or nothing is different. Not part of the JSON.
    public var recorded: [UInt64] = []

    /// Whether the change waits for a person.
    public var isHeld: Bool { heldEvent != nil }

    /// `{"changes","held","event"}`
    public var json: JSON {
        ["changes": .array(changes.map(JSON.string)), "held": .bool(isHeld), "event": heldEvent.map { JSON($0) } ?? .null]
    }
}

extension IdentityLedger {
    /// The organizations whose metadata came from a URL and is to be fetched again.
    public func refreshableMetadata() throws(ServiceError) -> [RefreshableMetadata] {
        try answering {
            try ledger.snapshot().organizations().compactMap { organization in
                let hours = organization.effectivePolicy.metadataRefreshHours
                guard let id = organization.identifier, organization.isConfigured, hours > 0,
                    !organization.identityProvider.metadataURL.isEmpty
                else { return nil }
                return RefreshableMetadata(
                    organization: id, metadataURL: organization.identityProvider.metadataURL,
                    entityID: organization.identityProvider.entityID, hours: hours,
                    cacheSeconds: organization.identityProvider.cacheSeconds)
            }
        }
    }

    /// Where an organization's metadata is fetched, for a caller who may have that done.
    public func metadataURL(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> String {
        try answering {
            let state = try ledger.snapshot().organization(organization)
            try caller.authority.check(.configure, state)
            guard let url = state?.identityProvider.metadataURL, !url.isEmpty else {
                throw RuleError(
                    .organizationNotConfigured, "This organization's metadata came from no URL.", remedy: "Save the metadata URL first.")
            }
            return url
        }
    }

    /// Takes metadata that was fetched again: what may change by itself is changed, the rest waits for a person (C39).
    ///
    /// The same document again is no event, and neither is a change that waits already.
    public func refreshIdentityProvider(
        _ organization: Identifier, metadata: [UInt8], by caller: Caller = .system()
    ) async throws(ServiceError) -> MetadataRefreshView {
        let (read, lastUsed) = try answering { () throws -> (IdentityProviderConfigured, [UInt8]?) in
            let snapshot = try ledger.snapshot()
            guard let state = try snapshot.organization(organization) else { throw Authority.organizationUnknown }
            let current = state.identityProvider
            // Of several identity providers in the document it is ours that counts, if it is still there.
            let signer = current.metadataCertificate.isEmpty ? nil : Array(current.metadataCertificate)
            func read(_ entityID: String?) throws -> IdentityProviderConfigured {
                try Self.configuration(
                    reading: metadata, from: current.metadataURL, entityID: entityID, signer: signer, at: now)
            }
            return (try (try? read(current.entityID)) ?? read(nil), try lastUsedCertificate(organization, in: snapshot))
        }
        let packed = Packing.pack(metadata)
        let submission = try await recordEvents { context -> (event: EventBody?, sequence: UInt64) in
            let state = try context.organization(organization)
            try caller.authority.check(.configure, state)
            guard let state else { throw Authority.organizationUnknown }
            let bodies = decideRefresh(
                read, of: state, lastUsedCertificate: lastUsed, fingerprint: Secret.digest, describe: Self.describe)
            if state.heldRefresh != 0, let body = bodies.first, case .identityProviderRefreshed(let again) = body,
                case .identityProviderRefreshed(let held) = try context.event(state.heldRefresh)?.body, again == held
            {
                return (body, state.heldRefresh)  // the same waits already
            }
            let sequence = context.nextSequence
            try context.append(bodies, organization: organization, by: caller, metadata: packed)
            return (bodies.first, sequence)
        }
        let (event, sequence) = submission.result
        guard case .identityProviderRefreshed(let refreshed) = event else { return MetadataRefreshView(changes: [], heldEvent: nil) }
        return MetadataRefreshView(
            changes: refreshed.changes, heldEvent: refreshed.held ? sequence : nil,
            recorded: refreshed.held ? [] : submission.events.map(\.sequence))
    }

    /// What waits for a person; nil: nothing does.
    public func heldRefresh(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> MetadataRefreshView? {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.read, state)
            guard let sequence = state?.heldRefresh, sequence != 0,
                case .identityProviderRefreshed(let held) = try snapshot.event(sequence)?.body
            else { return nil }
            return MetadataRefreshView(changes: held.changes, heldEvent: sequence)
        }
    }

    /// A person has looked at the change that waits: it becomes the configuration (C39).
    ///
    /// - Parameter event: The event that the person has looked at; nil: whichever waits.
    /// - Throws: `conflict` where another one waits by now, `not_found` where none does.
    public func approveRefresh(_ organization: Identifier, event: UInt64? = nil, by caller: Caller) async throws(ServiceError)
        -> IdentityProviderView
    {
        let (sequence, packed): (UInt64, [UInt8]?) = try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.configure, state)
            let sequence = state?.heldRefresh ?? 0
            if let event, sequence != 0, event != sequence { throw Self.otherChange }
            return (sequence, sequence == 0 ? nil : try snapshot.evidence(sequence))
        }
        try await record { context in
            let state = try context.organization(organization)
            try caller.authority.check(.configure, state)
            guard let state else { throw Authority.organizationUnknown }
            guard state.heldRefresh == sequence else { throw Self.otherChange }
            var held: IdentityProviderRefreshed?
            if case .identityProviderRefreshed(let refreshed) = try context.event(sequence)?.body { held = refreshed }
            try context.append(
                try decideApproval(of: held, in: state), organization: organization, by: caller, causedBy: sequence,
                metadata: packed)
        }
        return try identityProvider(organization)
    }

    private static let otherChange = RuleError(
        .conflict, "That change doesn't wait any more: another one came.",
        remedy: "Look at what waits now, then approve it.")

    /// Records that metadata could not be fetched again; nothing else changes (C39).
    public func recordRefreshFailure(
        _ organization: Identifier, reason: String, by caller: Caller = .system()
    ) async throws(ServiceError) {
        try await change(organization, .configure, by: caller) { state in
            var failed = MetadataRefreshFailed()
            failed.metadataURL = state.identityProvider.metadataURL
            failed.reason = reason
            return [.metadataRefreshFailed(failed)]
        }
    }

    private func lastUsedCertificate(_ organization: Identifier, in snapshot: Snapshot) throws -> [UInt8]? {
        for sequence in try snapshot.newestLogins(organization, limit: 1000) {
            if case .assertionReceived(let received) = try snapshot.event(sequence)?.body, received.accepted {
                return Array(received.certificateSha256)
            }
        }
        return nil
    }
}
