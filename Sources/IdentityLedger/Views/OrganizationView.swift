public import Events

/// An account under an organization: `{"id","name"}`.
public struct AccountView: JSONView, Hashable {
    /// The ID, for ever the same.
    public var id: Identifier
    /// The name for people.
    public var name: String

    /// The contract's shape.
    public var json: JSON { ["id": .string(id.description), "name": .string(name)] }
}

/// An organization as it is, or as it was.
public struct OrganizationView: JSONView {
    /// The ID, for ever the same.
    public var id: Identifier
    /// The name for people.
    public var name: String
    /// When it was made.
    public var createdAt: Instant
    /// nil: no public URL is recorded yet.
    public var addresses: OrganizationAddresses?
    /// The accounts.
    public var accounts: [AccountView]
    /// nil: none.
    public var identityProvider: IdentityProviderView?
    /// A refresh of the metadata that waits for a person: its event; nil: none.
    public var heldRefresh: UInt64?
    /// Whether a converted or provisioned user has logged in since the identity provider was last configured.
    public var isTested: Bool
    /// The contract's policy document.
    public var policy: JSON
    /// The e-mail domains that were proved.
    public var verifiedDomains: [String]
    /// The state is the one after this event.
    public var sequence: UInt64

    /// The contract's shape.
    public var json: JSON {
        .object(
            [.init("id", .string(id.description)), .init("name", .string(name)), .init("createdAt", JSON(createdAt))]
                + OrganizationAddresses.members(addresses) + [
                    .init("accounts", .array(accounts.map(\.json))),
                    .init("identityProvider", identityProvider?.json ?? .null),
                    .init("heldRefresh", heldRefresh.map { JSON($0) } ?? .null), .init("tested", .bool(isTested)),
                    .init("policy", policy), .init("verifiedDomains", .array(verifiedDomains.map(JSON.string))),
                    .init("sequence", JSON(sequence)),
                ])
    }
}

/// A new organization: `id`, `name`, `acsURL`, `audienceURI`, `loginURL`, `metadataURL`, `setupURL`.
public struct CreatedOrganization: JSONView {
    /// The ID, for ever the same.
    public var id: Identifier
    /// The name for people.
    public var name: String
    /// nil: no public URL is recorded yet.
    public var addresses: OrganizationAddresses?
    /// The one-time link for the customer's administrator, whole.
    public var setupURL: String?
    /// The first account, of the organization's name.
    public var account: AccountView
    /// The sequences of the events that say so; not part of the JSON.
    public var recorded: [UInt64]

    /// The contract's shape.
    public var json: JSON {
        .object(
            [.init("id", .string(id.description)), .init("name", .string(name))]
                + OrganizationAddresses.members(addresses, setupURL: .some(setupURL))
                + [.init("accounts", .array([account.json]))])
    }
}

/// A new setup link: `setupURL`, `expiresAt`.
public struct SetupLinkView: JSONView {
    /// The ID, for ever the same.
    public var id: Identifier
    /// The link's secret part, which is nowhere else.
    public var token: String
    /// nil: no public URL is recorded yet.
    public var setupURL: String?
    /// When it ends.
    public var expiresAt: Instant
    /// The sequences of the events that say so; not part of the JSON.
    public var recorded: [UInt64]

    /// The contract's shape.
    public var json: JSON {
        var members: [JSON.Member] = [
            .init("id", .string(id.description)), .init("setupURL", JSON(setupURL)), .init("expiresAt", JSON(expiresAt)),
        ]
        if setupURL == nil { members.append(.init("hint", .string(OrganizationAddresses.hint))) }
        return .object(members)
    }
}
