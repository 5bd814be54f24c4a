import Cryptography
public import Events
import Identity
import Ledger
import Projections
import SAML
import SwiftProtobuf

extension IdentityLedger {
    /// Saves an identity provider's metadata as the organization's configuration; the same document again is no event.
    ///
    /// - Parameters:
    ///   - metadataURL: Where the document was fetched from; nil: uploaded.
    ///   - entityID: Which identity provider, where the document describes several.
    public func configureIdentityProvider(
        _ organization: Identifier, metadata: [UInt8], metadataURL: String? = nil, entityID: String? = nil,
        by caller: Caller
    ) async throws(ServiceError) -> IdentityProviderView {
        try check(.configure, organization, by: caller)
        let configuration = try Self.configuration(reading: metadata, from: metadataURL, entityID: entityID)
        let packed = Packing.pack(metadata)
        try await record { context in
            let state = try context.organization(organization)
            try caller.authority.check(.configure, state)
            guard let state else { throw Authority.organizationUnknown }
            try context.append(
                decideConfiguration(configuration, of: state), organization: organization, by: caller, metadata: packed)
        }
        return try answering {
            guard let state = try ledger.snapshot().organization(organization) else {
                throw Authority.organizationUnknown
            }
            return IdentityProviderView(
                state.identityProvider, revision: state.configurationRevision,
                configuredAt: Instant(nanoseconds: state.configuredAt), policy: state.effectivePolicy, now: now)
        }
    }

    /// What this metadata would change, and which of the last logins would be judged otherwise. Saves nothing.
    ///
    /// - Parameter lastLogins: How many of the newest logins are judged again.
    public func previewIdentityProvider(
        _ organization: Identifier, metadata: [UInt8], metadataURL: String? = nil, entityID: String? = nil,
        lastLogins: Int = 100, by caller: Caller
    ) throws(ServiceError) -> PreviewView {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.configure, state)
            guard let state else { throw Authority.organizationUnknown }
            let configuration = try Self.configuration(reading: metadata, from: metadataURL, entityID: entityID)
            var verdicts = VerdictChanges()
            let taken = RedecisionChanges(configuration: configuration)
            for sequence in try snapshot.newestLogins(organization, limit: lastLogins).reversed() {
                try verdicts.judge(sequence, with: taken, by: self, in: snapshot)
            }
            return PreviewView(
                identityProvider: IdentityProviderView(
                    configuration, revision: 0, configuredAt: nil, policy: state.effectivePolicy, now: now),
                changes: Self.changes(from: state.identityProvider, to: configuration), verdicts: verdicts)
        }
    }

    /// Reads metadata into what is recorded of it.
    ///
    /// - Throws: `metadata_invalid`, `no_signing_key`, `key_too_weak`, `too_large`.
    public static func configuration(
        reading metadata: [UInt8], from metadataURL: String? = nil, entityID: String? = nil
    ) throws(ServiceError) -> IdentityProviderConfigured {
        let configuration: IdentityProviderConfigured
        do {
            configuration = try IdentityProviderMetadata.read(metadata, entityID: entityID).event(metadataURL: metadataURL ?? "")
        } catch {
            throw ServiceError(
                code: error.code.rawValue, status: error.code == .tooLarge ? 413 : 422, detail: error.detail,
                remedy: error.remedy)
        }
        let size = try answering { try configuration.serializedBytes() as [UInt8] }.count
        guard size <= recordedConfigurationBytes else {
            throw ServiceError(
                code: MetadataError.Code.metadataInvalid.rawValue, status: 422,
                detail:
                    "The identity provider's endpoints and certificates take \(size) bytes; at most \(recordedConfigurationBytes) are kept.",
                remedy: "Take endpoints and certificates that are not used out of the metadata.")
        }
        return configuration
    }

    // An event has at most 65,535 bytes, the envelope and what a refresh says beside it included.
    private static let recordedConfigurationBytes = 60_000

    private static func changes(
        from former: IdentityProviderConfigured, to configuration: IdentityProviderConfigured
    ) -> [String] {
        var changes: [String] = []
        if former.entityID != configuration.entityID { changes.append("entityID") }
        if former.singleSignOnServices != configuration.singleSignOnServices { changes.append("singleSignOnServices") }
        if former.singleLogoutServices != configuration.singleLogoutServices { changes.append("singleLogoutServices") }
        if former.signingCertificates != configuration.signingCertificates { changes.append("signingCertificates") }
        if former.validUntil != configuration.validUntil { changes.append("validUntil") }
        if former.metadataURL != configuration.metadataURL { changes.append("metadataURL") }
        return changes
    }
}

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
                    entityID: organization.identityProvider.entityID, hours: hours)
            }
        }
    }

    /// Takes metadata that was fetched again: what may change by itself is changed, the rest waits for a person (C39).
    ///
    /// - Returns: What changed; nil: nothing. `held`: it waits for a person.
    public func refreshIdentityProvider(
        _ organization: Identifier, metadata: [UInt8], by caller: Caller = .system()
    ) async throws(ServiceError) -> (changes: [String], held: Bool)? {
        let (read, lastUsed) = try answering { () throws -> (IdentityProviderConfigured, [UInt8]?) in
            let snapshot = try ledger.snapshot()
            guard let state = try snapshot.organization(organization) else { throw Authority.organizationUnknown }
            let current = state.identityProvider
            // Of several identity providers in the document it is ours that counts, if it is still there.
            let read =
                try (try? Self.configuration(reading: metadata, from: current.metadataURL, entityID: current.entityID))
                ?? Self.configuration(reading: metadata, from: current.metadataURL)
            return (read, try lastUsedCertificate(organization, in: snapshot))
        }
        let packed = Packing.pack(metadata)
        let event: EventBody? = try await record { context in
            let state = try context.organization(organization)
            try caller.authority.check(.configure, state)
            guard let state else { throw Authority.organizationUnknown }
            let bodies = decideRefresh(read, of: state, lastUsedCertificate: lastUsed, fingerprint: Secret.digest)
            if state.heldRefresh != 0, let body = bodies.first, case .identityProviderRefreshed(let again) = body,
                case .identityProviderRefreshed(let held) = try context.event(state.heldRefresh)?.body, again == held
            {
                return nil  // the same waits already
            }
            try context.append(bodies, organization: organization, by: caller, metadata: packed)
            return bodies.first
        }
        guard case .identityProviderRefreshed(let refreshed) = event else { return nil }
        return (refreshed.changes, refreshed.held)
    }

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
