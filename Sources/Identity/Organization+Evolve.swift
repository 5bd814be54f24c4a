public import Events

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

extension Organization {
    /// The only place where a fact becomes an organization's state. Never fails and never refuses: what happened, happened.
    public mutating func evolve(_ event: Event) {
        guard let body = event.body else { return }  // the reader has refused it: `Event(decoding:)`
        switch body {
        case .organizationCreated(let created):
            id = event.organization
            name = created.name
            createdAt = event.recordedAt
        case .organizationRenamed(let renamed): name = renamed.name
        case .accountAdded(let added):
            var account = Account()
            account.id = added.account
            account.name = added.name
            accounts.append(account)
        case .identityProviderConfigured(let configured):
            take(configured, of: event)
            testedSinceConfiguration = false
            heldRefresh = 0
            noticedCertificates = []
        case .identityProviderRefreshed(let refreshed):
            if refreshed.held {
                heldRefresh = event.sequence
            } else {
                take(refreshed.configuration, of: event)
                heldRefresh = 0
            }
        case .domainVerified(let verified):
            if !verifiedDomains.contains(verified.domain) { verifiedDomains.append(verified.domain) }
        case .domainRemoved(let removed): verifiedDomains.removeAll { $0 == removed.domain }
        case .certificateEndNoticed(let noticed): noticedCertificates.append(noticed.certificateSha256)
        case .policyChanged(let changed):
            policy = changed.policy
            policyRevision = event.sequence
            longestSessionSeconds = max(longestSessionSeconds, changed.policy.sessionSeconds)
        case .serviceProviderKeyAdded(let added):
            var key = ServiceProviderKey()
            key.keyID = added.keyID
            key.use = added.use
            key.certificate = added.certificate
            keys.append(key)
        case .serviceProviderKeyRetired(let retired):
            for index in keys.indices where keys[index].keyID == retired.keyID { keys[index].retired = true }
        case .assertionReceived(let received):
            // Folded for the logins of users who were brought in and converted, not for those whom a login provisioned.
            if received.accepted && !received.facts.test { testedSinceConfiguration = true }
        case .evidenceExpired(let expired): evidenceExpiredThrough = max(evidenceExpiredThrough, expired.last)
        case .serviceConfigured, .metadataRefreshFailed, .refusalsSummarized, .userImported,
            .userProvisioned, .userProfileChanged, .userEmailChanged, .userConverted, .userConversionReverted,
            .roleChanged,
            .userDeactivated, .userReactivated, .userErased, .sessionStarted, .sessionEnded, .setupLinkIssued,
            .setupLinkUsed, .setupLinkRevoked,
            .tokenIssued, .tokenRevoked:
            break
        }
    }

    private mutating func take(_ configuration: IdentityProviderConfigured, of event: Event) {
        identityProvider = configuration
        configurationRevision = event.sequence
        configuredAt = event.recordedAt
    }
}

extension Organization {
    /// The Organization ID.
    public var identifier: Identifier? { Identifier(bytes: id) }

    /// Whether an identity provider is configured.
    public var isConfigured: Bool { configurationRevision != 0 }

    /// The policy in force: what was set, else the defaults.
    public var effectivePolicy: Policy { hasPolicy ? policy : .defaults }

    /// The account of this ID; nil where there is none.
    public func account(_ account: Identifier) -> Account? { accounts.first { $0.id.elementsEqual(account.bytes) } }

    /// The keys of this use that are not retired, newest first.
    public func activeKeys(_ use: KeyUse) -> [ServiceProviderKey] {
        keys.reversed().filter { $0.use == use && !$0.retired }
    }

    /// The e-mail domains by which a person finds this organization: those verified and those that the policy allows.
    public var domains: [String] {
        var seen: Set<String> = []
        return (verifiedDomains + (hasPolicy ? policy.allowedEmailDomains : [])).filter { seen.insert($0).inserted }
    }
}

extension Account {
    /// The account's ID.
    public var identifier: Identifier? { Identifier(bytes: id) }
}
