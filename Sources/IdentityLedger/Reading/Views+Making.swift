import Cryptography
import Events
import Identity
import Ledger
import SAML

extension CertificateView {
    init(_ certificate: Certificate) {
        self.init(
            pem: certificate.pem, sha256: certificate.sha256.hexadecimal, subject: certificate.subject,
            notBefore: certificate.notBefore, notAfter: certificate.notAfter)
    }

    /// nil: it can't be read.
    init?(der: [UInt8]) {
        guard let certificate = try? Certificate(der: der) else { return nil }
        self.init(certificate)
    }
}

extension IdentityProviderView {
    /// - Parameter now: Certificates that end within 30 days of it, or have ended, are warned of (C23).
    init(
        _ configuration: IdentityProviderConfigured, revision: UInt64, configuredAt: Instant?, policy: Policy,
        now: Instant
    ) {
        let endpoint = configuration.endpoint(preferring: policy.requestBinding)
        let certificates = configuration.signingCertificates.compactMap { try? Certificate(der: Array($0)) }
            .map { CertificateView($0) }
        self.init(
            entityID: configuration.entityID, singleSignOnURL: endpoint?.location,
            singleSignOnBinding: endpoint?.binding, certificates: certificates,
            metadataURL: configuration.metadataURL.isEmpty ? nil : configuration.metadataURL,
            preset: (IdentityProviderPreset(rawValue: policy.attributeMapping.preset)
                ?? IdentityProviderPreset(rawValue: configuration.preset))?
                .rawValue, configuredAt: configuredAt,
            revision: revision)
        wantsSignedRequests = configuration.wantsSignedRequests
        validUntil = configuration.validUntil == 0 ? nil : Instant(nanoseconds: configuration.validUntil)
        metadataCertificate =
            configuration.metadataCertificate.isEmpty
            ? nil : (try? Certificate(der: Array(configuration.metadataCertificate))).map { CertificateView($0) }
        let soon = now.adding(seconds: CertificateEnds.noticeSeconds)
        for certificate in certificates where certificate.notAfter < soon {
            let verb = certificate.notAfter < now ? "ended" : "ends"
            warnings.append(
                "The certificate \(certificate.sha256.prefix(16))… \(verb) at \(certificate.notAfter.rfc3339). Where the identity provider still signs with it, renew it there, and save its metadata again."
            )
        }
        if configuration.validUntil != 0, configuration.validUntil < now.nanoseconds {
            let until = Instant(nanoseconds: configuration.validUntil)
            warnings.append(
                "The metadata says that it was valid until \(until.rfc3339): it may name certificates and addresses of then. Download it from the identity provider again, and save it."
            )
        }
    }
}

extension IdentityProviderView {
    /// The configuration in force, with what its document says for people.
    init(_ organization: Organization, in snapshot: Snapshot, now: Instant) throws {
        self.init(
            organization.identityProvider, revision: organization.configurationRevision,
            configuredAt: Instant(nanoseconds: organization.configuredAt), policy: organization.effectivePolicy, now: now)
        details = try snapshot.metadata(organization.configurationRevision).flatMap { document in
            try? IdentityProviderMetadata.read(document, entityID: organization.identityProvider.entityID).details
        }
    }
}

extension OrganizationView {
    init?(_ organization: Organization, base: String, sequence: UInt64, now: Instant) {
        guard let id = organization.identifier else { return nil }
        self.init(
            id: id, name: organization.name, createdAt: Instant(nanoseconds: organization.createdAt),
            addresses: base.isEmpty ? nil : OrganizationAddresses(base: base, organization: id),
            accounts: organization.accounts.compactMap(AccountView.init),
            identityProvider: organization.isConfigured
                ? IdentityProviderView(
                    organization.identityProvider, revision: organization.configurationRevision,
                    configuredAt: Instant(nanoseconds: organization.configuredAt),
                    policy: organization.effectivePolicy, now: now)
                : nil,
            heldRefresh: organization.heldRefresh == 0 ? nil : organization.heldRefresh,
            isTested: organization.testedSinceConfiguration,
            policy: PolicyDocument.json(organization.effectivePolicy),
            verifiedDomains: organization.verifiedDomains, sequence: sequence)
    }
}

extension AccountView {
    init?(_ account: Account) {
        guard let id = account.identifier else { return nil }
        self.init(id: id, name: account.name)
    }
}

extension UserView {
    init?(_ user: User, _ organization: Identifier, ring: KeyRing) throws {
        guard let id = user.identifier else { return nil }
        let personal = try ring.personalData(user, organization)
        self.init(
            id: id, email: personal?.email, name: personal.flatMap { $0.name.isEmpty ? nil : $0.name },
            signInMethod: user.signInMethod, isActive: user.active, roles: user.memberships,
            attributes: personal?.attributes, isProvisioned: user.provisioned,
            lastLoginAt: user.lastLoginAt == 0 ? nil : Instant(nanoseconds: user.lastLoginAt))
    }
}

extension LoginView {
    init(_ event: Event, _ received: AssertionReceived, _ personal: PersonalData?) {
        self.init(
            sequence: event.sequence, recordedAt: event.recordedInstant, isAccepted: received.accepted,
            code: received.code.isEmpty ? nil : received.code, detail: received.detail.isEmpty ? nil : received.detail,
            email: personal.flatMap { $0.email.isEmpty ? nil : $0.email }, user: Identifier(bytes: received.user),
            identityProvider: received.issuer.isEmpty ? nil : received.issuer,
            certificateSHA256: received.certificateSha256.isEmpty ? nil : received.certificateSha256.hexadecimal,
            isUnsolicited: received.unsolicited,
            assertionID: received.assertionID.isEmpty ? nil : received.assertionID, isTest: received.facts.test)
    }
}
