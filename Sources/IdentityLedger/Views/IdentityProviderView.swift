public import Events

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

    /// The contract's shape.
    public var json: JSON {
        [
            "entityID": .string(entityID), "singleSignOnURL": JSON(singleSignOnURL),
            "singleSignOnBinding": JSON(singleSignOnBinding), "certificates": .array(certificates.map(\.json)),
            "metadataURL": JSON(metadataURL), "preset": JSON(preset), "configuredAt": JSON(configuredAt),
            "revision": JSON(revision), "warnings": .array(warnings.map(JSON.string)),
        ]
    }
}
