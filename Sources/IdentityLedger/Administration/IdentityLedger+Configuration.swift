import Cryptography
public import Events
import Identity
import Ledger
import Projections
import SAML
import SwiftProtobuf

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension IdentityLedger {
    /// Saves an identity provider's metadata as the organization's configuration; the same document again is no event.
    ///
    /// - Parameters:
    ///   - metadataURL: Where the document was fetched from; nil: uploaded.
    ///   - entityID: Which identity provider, where the document describes several.
    ///   - signer: The certificate (DER) that the document must be signed with, now and whenever it is fetched again; nil: it needn't be.
    public func configureIdentityProvider(
        _ organization: Identifier, metadata: [UInt8], metadataURL: String? = nil, entityID: String? = nil,
        signer: [UInt8]? = nil, by caller: Caller
    ) async throws(ServiceError) -> IdentityProviderView {
        try check(.configure, organization, by: caller)
        let configuration = try Self.configuration(
            reading: metadata, from: metadataURL, entityID: entityID, signer: signer, at: now)
        let packed = Packing.pack(metadata)
        try await record { context in
            let state = try context.organization(organization)
            try caller.authority.check(.configure, state)
            guard let state else { throw Authority.organizationUnknown }
            try context.append(
                decideConfiguration(configuration, of: state), organization: organization, by: caller, metadata: packed)
        }
        return try identityProvider(organization)
    }

    /// The configuration in force, for a caller who was checked already.
    func identityProvider(_ organization: Identifier) throws(ServiceError) -> IdentityProviderView {
        try answering {
            let snapshot = try ledger.snapshot()
            guard let state = try snapshot.organization(organization) else { throw Authority.organizationUnknown }
            return try IdentityProviderView(state, in: snapshot, now: now)
        }
    }

    /// What this metadata would change, and which of the last logins would be judged otherwise. Saves nothing.
    public func previewIdentityProvider(
        _ organization: Identifier, metadata: [UInt8], metadataURL: String? = nil, entityID: String? = nil, signer: [UInt8]? = nil,
        by caller: Caller
    ) throws(ServiceError) -> PreviewView {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.configure, state)
            guard let state else { throw Authority.organizationUnknown }
            let configuration = try Self.configuration(
                reading: metadata, from: metadataURL, entityID: entityID, signer: signer, at: now)
            return try preview(of: configuration, state, organization, in: snapshot)
        }
    }

    /// The same of the change that waits for a person (C39); nil: none does.
    public func previewHeldRefresh(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> PreviewView? {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.configure, state)
            guard let state, state.heldRefresh != 0, let held = try snapshot.event(state.heldRefresh)?.configuration else { return nil }
            return try preview(of: held, state, organization, in: snapshot)
        }
    }

    private func preview(
        of configuration: IdentityProviderConfigured, _ state: Organization, _ organization: Identifier, in snapshot: Snapshot
    ) throws -> PreviewView {
        let changes = RedecisionChanges(configuration: configuration)
        let verdicts = try lastVerdicts(of: state, organization, with: changes, in: snapshot)
        return PreviewView(
            identityProvider: IdentityProviderView(
                configuration, revision: 0, configuredAt: nil, policy: state.effectivePolicy, now: now),
            changes: ConfigurationDifference.members(from: state.identityProvider, to: configuration),
            differences: ConfigurationDifference.sentences(
                from: state.identityProvider, to: configuration, describe: Self.describe),
            verdicts: VerdictChanges(verdicts), consequence: try consequence(verdicts, organization, in: snapshot),
            basis: state.settingsRevision)
    }

    /// The newest event that the configuration or the policy came by: as long as it is the same, so are they.
    public func settingsRevision(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> UInt64 {
        try answering {
            let state = try ledger.snapshot().organization(organization)
            try caller.authority.check(.configure, state)
            guard let state else { throw Authority.organizationUnknown }
            return state.settingsRevision
        }
    }

    /// Reads metadata into what is recorded of it.
    ///
    /// - Parameters:
    ///   - signer: The certificate (DER) that it must be signed with.
    ///   - instant: Signed metadata that has ended by then is refused (metadata §2.3.2): it may be an old document sent again.
    /// - Throws: `metadata_invalid`, `no_signing_key`, `key_too_weak`, `too_large`.
    public static func configuration(
        reading metadata: [UInt8], from metadataURL: String? = nil, entityID: String? = nil, signer: [UInt8]? = nil,
        at instant: Instant? = nil
    ) throws(ServiceError) -> IdentityProviderConfigured {
        var configuration: IdentityProviderConfigured
        do throws(MetadataError) {
            let certificate = try signer.map { der throws(MetadataError) in
                guard let certificate = try? Certificate(der: der) else {
                    throw MetadataError(
                        code: .metadataInvalid, detail: "The certificate that should have signed the metadata can't be read.",
                        remedy: "Give it as PEM, or as base64.")
                }
                return certificate
            }
            let read = try IdentityProviderMetadata.read(metadata, entityID: entityID, signedBy: certificate)
            if certificate != nil, let instant, let end = read.validUntil, end < instant {
                throw MetadataError(
                    code: .metadataInvalid, detail: "The signed metadata must hold at \(instant.rfc3339); it held until \(end.rfc3339).",
                    remedy: "Get the metadata anew.")
            }
            configuration = read.event(metadataURL: metadataURL ?? "")
        } catch {
            throw ServiceError(
                code: error.code.rawValue, status: error.code == .tooLarge ? 413 : 422, detail: error.detail,
                remedy: error.remedy)
        }
        configuration.metadataCertificate = .init(signer ?? [])
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
    private static let recordedConfigurationBytes = 48_000

    /// The DER of a certificate given as PEM, or as base64; nil: it is none.
    public static func certificateBytes(_ text: String) -> [UInt8]? {
        if let certificate = try? Certificate(pem: text) { return certificate.der }
        let base64 = text.filter { !$0.isWhitespace }
        return Data(base64Encoded: base64).flatMap { try? Certificate(der: Array($0)) }?.der
    }

    /// A certificate in a few words: for people who compare.
    static func describe(_ der: [UInt8]) -> String {
        guard let certificate = try? Certificate(der: der) else { return "that can't be read" }
        return "\(certificate.sha256.hexadecimal.prefix(16))… (\(certificate.subject), valid until \(certificate.notAfter.rfc3339))"
    }
}

extension Organization {
    fileprivate var settingsRevision: UInt64 { max(configurationRevision, policyRevision) }
}
