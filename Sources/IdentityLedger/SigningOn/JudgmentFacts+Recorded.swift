import Events
import Identity
import SAML

extension JudgmentFacts {
    /// The facts of a judgment from what is recorded of it: a live login and one that is judged again share this path.
    init(_ facts: SignOnFacts, of organization: Identifier, _ configuration: ParsedConfiguration, _ policy: Policy) {
        let addresses = facts.addresses(of: organization)
        self.init(
            acsURLs: addresses.acsURLs, serviceProviderEntityID: addresses.serviceProviderEntityID,
            identityProvider: configuration.identityProvider, decryptionKeys: configuration.decryptionKeys,
            instant: Instant(nanoseconds: facts.instant), clockSkewSeconds: policy.clockSkewSeconds,
            allowSHA1Until: policy.sha1AllowedUntil, refuseExpiredCertificates: policy.refuseExpiredCertificates,
            requireSignedAssertion: policy.requireSignedAssertion,
            requireEncryptedAssertion: policy.requireEncryptedAssertion, attributeMapping: policy.attributeMapping,
            // What the policy names goes before what the metadata looks like.
            preset: IdentityProviderPreset(rawValue: policy.attributeMapping.preset) ?? configuration.preset)
    }
}

/// Judges away from the caller's own thread of work.
@concurrent func judgeConcurrently(_ xml: [UInt8], _ facts: JudgmentFacts) async -> Judgment {
    judge(response: xml, facts)
}
