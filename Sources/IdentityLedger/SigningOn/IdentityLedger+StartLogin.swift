import Cryptography
public import Events
import Identity
import Ledger
import Projections
import SAML

extension IdentityLedger {
    /// Starts an SP-initiated login. Nothing is appended: the request's ID carries its time and a MAC (C34).
    ///
    /// - Parameters:
    ///   - relayState: Sent to the identity provider as it is: an opaque key (C44).
    ///   - isTest: A test of the connection; the caller remembers that with the request's cookie.
    public func startLogin(
        _ organization: Identifier, relayState: String? = nil, isTest: Bool = false
    ) throws(ServiceError) -> StartedLogin {
        try answering {
            let snapshot = try ledger.snapshot()
            guard let state = try snapshot.organization(organization) else { throw Self.organizationUnknown }
            let base = try snapshot.service().publicURL
            guard !base.isEmpty else { throw Self.noPublicURL }
            let policy = state.effectivePolicy
            guard state.isConfigured, let endpoint = state.identityProvider.endpoint(preferring: policy.requestBinding)
            else { throw Self.notConfigured }
            let instant = now
            let id = RequestID.make(
                key: try secrets.requestKey(), organization: organization, instant: instant,
                random: Secret.randomBytes(RequestID.randomByteCount))
            let addresses = OrganizationAddresses(base: base, organization: organization)
            let request = AuthnRequest(
                id: id, issueInstant: instant, destination: endpoint.location, acsURL: addresses.acsURL,
                issuer: addresses.audienceURI, nameIDFormat: policy.nameIDFormat.isEmpty ? nil : policy.nameIDFormat,
                forceAuthn: policy.forceAuthn,
                requestedAuthnContext: policy.requestedAuthnContext.isEmpty ? nil : policy.requestedAuthnContext)
            let signing = policy.signRequests || state.identityProvider.wantsSignedRequests ? try signingKey(state) : nil
            let way: StartedLogin.Way
            if endpoint.binding == SAMLBinding.post {
                way = .post(
                    action: endpoint.location,
                    fields: request.postFields(
                        relayState: relayState, signedBy: signing?.key, certificate: signing?.certificate))
            } else {
                way = .redirect(request.redirectURL(relayState: relayState, signedBy: signing?.key))
            }
            return StartedLogin(requestID: id, way: way, instant: instant)
        }
    }

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
        guard let signing = organization.activeKeys(.signing).last, let id = Identifier(bytes: signing.keyID),
            let der = try ledger.keyRing.privateKey(id)
        else { return nil }
        return (try PrivateKey(der: der), try Certificate(der: Array(signing.certificate)))
    }

    static let notConfigured = Refusal(
        code: .organizationNotConfigured, detail: "This organization has no identity provider yet.",
        remedy: "Let its administrator save the identity provider's metadata in the settings.")
}

/// The bindings' names that a configuration may name.
enum SAMLBinding {
    static let redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
    static let post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
}

extension IdentityProviderConfigured {
    /// Where requests go: by the binding that the policy asks for, where there is such an endpoint, else by the first usable one.
    func endpoint(preferring binding: String) -> Endpoint? {
        let wanted = binding == "post" ? SAMLBinding.post : SAMLBinding.redirect
        let usable = singleSignOnServices.filter {
            $0.binding == SAMLBinding.redirect || $0.binding == SAMLBinding.post
        }
        return usable.first { $0.binding == wanted } ?? usable.first
    }
}
