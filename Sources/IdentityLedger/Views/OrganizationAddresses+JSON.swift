public import Events

extension OrganizationAddresses {
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
