/// What the operator's console says of organizations and of people.
enum OperatorPhrase: String, Phrase {
    // MARK: What needs attention, and what to do
    case failing = "Logins fail"
    case failingAdvice = "More logins were refused than accepted in the last day. The logins page says why each one was."
    case certificateEnded = "Certificate has ended"
    case certificateEndedAdvice =
        "Every certificate that its identity provider signs with has ended, or the one that it signed with last. Ask the customer's administrator for the new metadata."
    case certificateEnding = "Certificate ends soon"
    case certificateEndingAdvice =
        "A certificate that its identity provider signs with ends within 30 days. Ask the customer's administrator for the new metadata."
    case metadataWaiting = "Metadata change waits"
    case metadataWaitingAdvice =
        "Its identity provider's metadata has changed too much to be taken by itself. Look at it on the settings page."
    case notConfigured = "Not set up"
    case notConfiguredAdvice = "It has no identity provider yet. Send its administrator a setup link."
    case oneDrift = "One thing in its identity provider's responses is otherwise than before: the settings page says what."
    case drifts = "{count} things in its identity provider's responses are otherwise than before: the settings page says what."

    // MARK: How an organization does
    case noLoginsToday = "No logins"
    case lastDay = "{accepted} accepted, {refused} refused"
    case lastDayNewest = "{accepted} accepted, {refused} refused of the newest {count}"
    case noCertificate = "None"
    case linkUsed = "Used at {since}, in use"
    case linkUnused = "Made at {since}, not used yet"

    case loginURL = "Login URL"
    case metadata = "Metadata of the service provider"

    // MARK: How many there are
    case oneOrganization = "1 organization"
    case organizations = "{count} organizations"
    case oneOrganizationFound = "1 organization with “{search}”"
    case organizationsFound = "{count} organizations with “{search}”"
    case counted = "{organizations}."
    case oneNeedsAttention = "{organizations}; of the {looked} that this page looked at, 1 needs attention."
    case needAttention = "{organizations}; of the {looked} that this page looked at, {count} need attention."

    // MARK: How somebody signs in
    case wouldBeMade = "Would be made by the first login, through the identity provider"
    case byProvider = "Through the identity provider"
    case byPassword = "With a password"
    case deactivatedByProvider = "May not sign in (deactivated); else through the identity provider"
    case deactivatedByPassword = "May not sign in (deactivated); else with a password"

    static let subject = "operator"
}
