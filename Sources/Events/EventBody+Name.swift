/// What an event says; the envelope around it is ``Event``.
public typealias EventBody = Event.OneOf_Body

extension Event.OneOf_Body {
    /// The event's name as the API and the command line spell it: `OrganizationCreated`.
    public var name: String {
        switch self {
        case .serviceConfigured: "ServiceConfigured"
        case .serviceProviderKeyAdded: "ServiceProviderKeyAdded"
        case .serviceProviderKeyRetired: "ServiceProviderKeyRetired"
        case .organizationCreated: "OrganizationCreated"
        case .organizationRenamed: "OrganizationRenamed"
        case .accountAdded: "AccountAdded"
        case .identityProviderConfigured: "IdentityProviderConfigured"
        case .identityProviderRefreshed: "IdentityProviderRefreshed"
        case .metadataRefreshFailed: "MetadataRefreshFailed"
        case .domainVerified: "DomainVerified"
        case .policyChanged: "PolicyChanged"
        case .assertionReceived: "AssertionReceived"
        case .refusalsSummarized: "RefusalsSummarized"
        case .evidenceExpired: "EvidenceExpired"
        case .userImported: "UserImported"
        case .userProvisioned: "UserProvisioned"
        case .userProfileChanged: "UserProfileChanged"
        case .userEmailChanged: "UserEmailChanged"
        case .userConverted: "UserConverted"
        case .userConversionReverted: "UserConversionReverted"
        case .roleChanged: "RoleChanged"
        case .userDeactivated: "UserDeactivated"
        case .userReactivated: "UserReactivated"
        case .userErased: "UserErased"
        case .sessionStarted: "SessionStarted"
        case .sessionEnded: "SessionEnded"
        case .setupLinkIssued: "SetupLinkIssued"
        case .setupLinkUsed: "SetupLinkUsed"
        case .tokenIssued: "TokenIssued"
        case .tokenRevoked: "TokenRevoked"
        case .setupLinkRevoked: "SetupLinkRevoked"
        case .domainRemoved: "DomainRemoved"
        case .certificateEndNoticed: "CertificateEndNoticed"
        }
    }

    /// Every name there is, in the order of the schema.
    public static let names: [String] = examples.map(\.name)

    /// One empty body of every kind, in the order of the schema.
    public static let examples: [Event.OneOf_Body] = [
        .serviceConfigured(.init()), .serviceProviderKeyAdded(.init()), .serviceProviderKeyRetired(.init()),
        .organizationCreated(.init()), .organizationRenamed(.init()), .accountAdded(.init()),
        .identityProviderConfigured(.init()), .identityProviderRefreshed(.init()), .metadataRefreshFailed(.init()),
        .domainVerified(.init()), .policyChanged(.init()), .assertionReceived(.init()), .refusalsSummarized(.init()),
        .evidenceExpired(.init()), .userImported(.init()), .userProvisioned(.init()), .userProfileChanged(.init()),
        .userEmailChanged(.init()), .userConverted(.init()), .userConversionReverted(.init()), .roleChanged(.init()),
        .userDeactivated(.init()), .userReactivated(.init()), .userErased(.init()), .sessionStarted(.init()),
        .sessionEnded(.init()), .setupLinkIssued(.init()), .setupLinkUsed(.init()), .tokenIssued(.init()),
        .tokenRevoked(.init()), .setupLinkRevoked(.init()), .domainRemoved(.init()), .certificateEndNoticed(.init()),
    ]
}
