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
                forceAuthn: policy.forceAuthn, isPassive: policy.isPassive,
                requestedAuthnContext: policy.requestedAuthnContext.isEmpty ? nil : policy.requestedAuthnContext)
            let signing = policy.signRequests || state.identityProvider.wantsSignedRequests ? try signingKey(state) : nil
            let way: StartedLogin.Way
            if endpoint.binding == SAMLBinding.post {
                way = .post(
                    action: endpoint.location,
                    fields: try request.postFields(
                        relayState: relayState, signedBy: signing?.key, certificate: signing?.certificate))
            } else {
                way = .redirect(try request.redirectURL(relayState: relayState, signedBy: signing?.key))
            }
            return StartedLogin(requestID: id, way: way, instant: instant)
        }
    }

    static let notConfigured = Refusal(
        code: .organizationNotConfigured, detail: "This organization has no identity provider yet.",
        remedy: "Let its administrator save the identity provider's metadata in the settings.")
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
