#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

extension Event.OneOf_Body {
    /// The user that the event is about; nil where it is about none.
    public var user: Identifier? {
        let user: Data
        switch self {
        case .assertionReceived(let body): user = body.user
        case .userImported(let body): user = body.user
        case .userProvisioned(let body): user = body.user
        case .userProfileChanged(let body): user = body.user
        case .userEmailChanged(let body): user = body.user
        case .userConverted(let body): user = body.user
        case .userConversionReverted(let body): user = body.user
        case .roleChanged(let body): user = body.user
        case .userDeactivated(let body): user = body.user
        case .userReactivated(let body): user = body.user
        case .userErased(let body): user = body.user
        case .sessionStarted(let body): user = body.user
        case .sessionEnded(let body): user = body.user
        case .serviceConfigured, .serviceProviderKeyAdded, .serviceProviderKeyRetired, .organizationCreated,
            .organizationRenamed, .accountAdded, .identityProviderConfigured, .identityProviderRefreshed,
            .metadataRefreshFailed, .domainVerified, .policyChanged, .refusalsSummarized, .evidenceExpired,
            .setupLinkIssued, .setupLinkUsed, .setupLinkRevoked, .tokenIssued, .tokenRevoked, .domainRemoved,
            .certificateEndNoticed:
            return nil
        }
        return Identifier(bytes: user)
    }

    /// What is sealed in the event; nil where nothing is.
    public var personal: Sealed? {
        switch self {
        case .assertionReceived(let body): body.hasPersonal ? body.personal : nil
        case .userImported(let body): body.hasPersonal ? body.personal : nil
        case .userProvisioned(let body): body.hasPersonal ? body.personal : nil
        case .userProfileChanged(let body): body.hasPersonal ? body.personal : nil
        case .userEmailChanged(let body): body.hasPersonal ? body.personal : nil
        case .serviceConfigured, .serviceProviderKeyAdded, .serviceProviderKeyRetired, .organizationCreated,
            .organizationRenamed, .accountAdded, .identityProviderConfigured, .identityProviderRefreshed,
            .metadataRefreshFailed, .domainVerified, .policyChanged, .refusalsSummarized, .evidenceExpired,
            .userConverted, .userConversionReverted, .roleChanged, .userDeactivated, .userReactivated, .userErased,
            .sessionStarted, .sessionEnded, .setupLinkIssued, .setupLinkUsed, .setupLinkRevoked, .tokenIssued, .tokenRevoked,
            .domainRemoved, .certificateEndNoticed:
            nil
        }
    }
}
