public import Events
public import SAML

/// An identity provider's configuration: `entityID`, `singleSignOnURL`, `singleSignOnBinding`, `certificates`.
public struct IdentityProviderView: JSONView, Hashable {
    /// The identity provider's name.
    public var entityID: String
    /// Where requests go.
    public var singleSignOnURL: String?
    /// The binding's URN.
    public var singleSignOnBinding: String?
    /// The signing certificates.
    public var certificates: [CertificateView]
    /// nil: the document was uploaded.
    public var metadataURL: String?
    /// What kind of identity provider the metadata was recognised as.
    public var preset: String?
    /// When it was saved.
    public var configuredAt: Instant?
    /// The event that configured it.
    public var revision: UInt64
    /// What to look at: certificates that end soon, and the like.
    public var warnings: [String] = []
    /// Whether requests to it are signed because it wants that.
    public var wantsSignedRequests = false
    /// Until when the metadata says that it holds; nil: it doesn't say.
    public var validUntil: Instant?
    /// The certificate that the metadata must be signed with; nil: it needn't be.
    public var metadataCertificate: CertificateView?
    /// What the metadata says for people; nil in lists.
    public var details: MetadataDetails?

    /// The contract's shape.
    public var json: JSON {
        [
            "entityID": .string(entityID), "singleSignOnURL": JSON(singleSignOnURL),
            "singleSignOnBinding": JSON(singleSignOnBinding), "certificates": .array(certificates.map(\.json)),
            "metadataURL": JSON(metadataURL), "preset": JSON(preset), "configuredAt": JSON(configuredAt),
            "revision": JSON(revision), "warnings": .array(warnings.map(JSON.string)),
            "wantsSignedRequests": .bool(wantsSignedRequests), "validUntil": JSON(validUntil),
            "metadataCertificate": metadataCertificate?.json ?? .null, "details": details?.json ?? .null,
        ]
    }
}

extension MetadataDetails {
    /// `{"organizationName","contacts":[{"type","name","emails"}],"attributes","nameIDFormats"}`
    public var json: JSON {
        [
            "organizationName": JSON(organizationName),
            "contacts": .array(
                contacts.map {
                    ["type": .string($0.type), "name": .string($0.name), "emails": .array($0.emails.map(JSON.string))]
                }),
            "attributes": .array(attributes.map(JSON.string)), "nameIDFormats": .array(nameIDFormats.map(JSON.string)),
        ]
    }
}
