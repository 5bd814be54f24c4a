public import Events

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

    /// Why an address is null.
    public static let hint = "No public URL is recorded: give --public-url once, and the addresses can be told."

    /// The members, null with a hint where no public URL is recorded. `setupURL` is there where it is given.
    static func members(_ addresses: OrganizationAddresses?, setupURL: String?? = nil) -> [JSON.Member] {
        var members: [JSON.Member] = [
            .init("acsURL", JSON(addresses?.acsURL)), .init("audienceURI", JSON(addresses?.audienceURI)),
            .init("loginURL", JSON(addresses?.loginURL)), .init("metadataURL", JSON(addresses?.metadataURL)),
        ]
        if let setupURL { members.append(.init("setupURL", JSON(setupURL))) }
        members.append(.init("alternativeACSURL", JSON(addresses?.alternativeACSURL)))
        if addresses == nil { members.append(.init("hint", .string(hint))) }
        return members
    }
}
