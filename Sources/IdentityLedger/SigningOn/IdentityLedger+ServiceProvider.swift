import Cryptography
public import Events
import Identity
import Ledger
import Projections
import SAML

extension IdentityLedger {
    /// Our metadata for an organization's identity provider: also before one is configured.
    public func serviceProviderMetadata(_ organization: Identifier) throws(ServiceError) -> [UInt8] {
        try answering {
            let snapshot = try ledger.snapshot()
            guard let state = try snapshot.organization(organization) else { throw Authority.organizationUnknown }
            let base = try snapshot.service().publicURL
            guard !base.isEmpty else { throw Self.noPublicURL }
            let addresses = OrganizationAddresses(base: base, organization: organization)
            func certificates(_ use: KeyUse) throws -> [Certificate] {
                try state.activeKeys(use).map { try Certificate(der: Array($0.certificate)) }
            }
            return ServiceProviderMetadata.document(
                entityID: addresses.audienceURI, acsURLs: [addresses.acsURL, addresses.alternativeACSURL],
                logoutURL: addresses.logoutURL, encryptionCertificates: try certificates(.encryption),
                signingCertificates: try certificates(.signing),
                requestsSigned: state.effectivePolicy.signRequests || state.identityProvider.wantsSignedRequests)
        }
    }

    // C55: the current key is the oldest that is not retired; the next one is published before it is used.
    func signingKey(_ organization: Organization) throws -> (key: PrivateKey, certificate: Certificate)? {
        guard let signing = organization.activeKeys(.signing).last, let id = Identifier(bytes: signing.keyID) else { return nil }
        // A message that is to be signed is never sent without.
        guard let der = try ledger.keyRing.privateKey(id) else {
            throw ServiceError(
                code: "ledger_unavailable", status: 503, detail: "The signing key \(id) is not here.",
                remedy: "Restore the keys from their backup, or make a new signing key.")
        }
        return (try PrivateKey(der: der), try Certificate(der: Array(signing.certificate)))
    }
}
