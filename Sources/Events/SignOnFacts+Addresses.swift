/// The addresses that a response was judged by.
public struct JudgedAddresses: Sendable, Hashable {
    /// Where it was posted.
    public let postedTo: String
    /// What Recipient and Destination may name.
    public let acsURLs: [String]
    /// Ours.
    public let serviceProviderEntityID: String
}

extension SignOnFacts {
    /// The addresses that a response was judged by. An event of revision 1 has them written out; later ones have the public URL that they follow
    /// from.
    ///
    /// - Parameter organization: The event's.
    public func addresses(of organization: Identifier?) -> JudgedAddresses {
        guard !publicURL.isEmpty, let organization else {
            return JudgedAddresses(postedTo: postedTo, acsURLs: acsUrls, serviceProviderEntityID: serviceProviderEntityID)
        }
        let addresses = OrganizationAddresses(base: publicURL, organization: organization)
        return JudgedAddresses(
            postedTo: postedToAlternative ? addresses.alternativeACSURL : addresses.acsURL,
            acsURLs: [addresses.acsURL, addresses.alternativeACSURL], serviceProviderEntityID: addresses.audienceURI)
    }
}
