/// The addresses of one organization, built from the recorded public URL and nothing else (contract, SAML endpoints).
///
/// - Invariant: They never change. Events leave out what follows from this: others need a field that says which.
public struct OrganizationAddresses: Sendable, Hashable {
    /// Where identity providers post to.
    public let acsURL: String
    /// The same for identity providers that drop query strings.
    public let alternativeACSURL: String
    /// Our entity ID; the same address as ``loginURL``.
    public let audienceURI: String
    /// Where a login begins.
    public let loginURL: String
    /// Where metadata is fetched.
    public let metadataURL: String
    /// Where single logout goes.
    public let logoutURL: String

    /// - Parameter base: The public URL, without a slash at its end.
    public init(base: String, organization: Identifier) {
        acsURL = "\(base)/saml/acs?org=\(organization)"
        alternativeACSURL = "\(base)/saml/acs/\(organization)"
        loginURL = "\(base)/saml/login?org=\(organization)"
        audienceURI = loginURL
        metadataURL = "\(base)/saml/metadata?org=\(organization)"
        logoutURL = "\(base)/saml/logout?org=\(organization)"
    }
}
