/// The named databases of the projections. Keys are made in ``StateKey``.
public enum StateTable: String, CaseIterable, Sendable {
    /// One row with an empty name: `ServiceState`.
    case service = "state.service"
    /// organization → `Organization`
    case organizations = "state.organizations"
    /// organization, user → `User`
    case users = "state.users"
    /// organization, keyed hash of the address → user
    case addresses = "state.addresses"
    /// organization, keyed hash of issuer and persistent NameID → user
    case persistentIDs = "state.persistentIDs"
    /// sequence of the `SessionStarted`, three quarters of the token's digest → `Session`: in the order of their starts
    case sessions = "state.sessions"
    /// organization, first half of the keyed hash of a NameID, user → nothing; of a transient one then its session's sequence, while that lasts
    case nameIDs = "state.nameIDs"
    /// first half of the SHA-256 of organization, issuer and assertion ID → sequence of the login (C32)
    case assertions = "state.assertions"
    /// first half of the SHA-256 of organization and request ID → sequence of the login that answered it (C34)
    case requests = "state.requests"
    /// digest → `Credential`
    case credentials = "state.credentials"
    /// ID of a token or setup link → digest
    case credentialIDs = "state.credentialIDs"
    /// domain, 0, organization → nothing
    case domains = "state.domains"
    /// organization, sequence of an `AssertionReceived` → its user, or nothing
    case logins = "index.logins"
    /// organization, sequence of any other event → nothing
    case events = "index.events"
    /// organization, sequence of an event that changed its row in `state.organizations` → nothing
    case organizationEvents = "index.organizationEvents"
    /// user, sequence → nothing; a user's ID is of one organization
    case userEvents = "index.userEvents"

    /// Whether the rows are state, not an index of events.
    public var isState: Bool { rawValue.hasPrefix("state.") }
}
