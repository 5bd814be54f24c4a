/// The addresses of one organization, built from the recorded public URL and nothing else (contract, SAML endpoints).
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

extension SignOnFacts {
    /// The addresses that a response was judged by: where it was posted, what Recipient and Destination may name, and our entity ID.
    ///
    /// An event of revision 1 has them written out; later ones have the public URL that they follow from.
    public func addresses(of organization: Identifier) -> (postedTo: String, acsURLs: [String], serviceProviderEntityID: String) {
        guard !publicURL.isEmpty else { return (postedTo, acsUrls, serviceProviderEntityID) }
        let addresses = OrganizationAddresses(base: publicURL, organization: organization)
        return (
            postedToAlternative ? addresses.alternativeACSURL : addresses.acsURL,
            [addresses.acsURL, addresses.alternativeACSURL], addresses.audienceURI
        )
    }
}
