/// What the policy page says of each member, and of a change.
enum PolicyPhrase: String, Phrase {
    // MARK: Who may sign in
    case who = "Who may sign in"
    case allowUnsolicited = "Logins may begin at the identity provider"
    case allowUnsolicitedHint = "Its portal's tiles need this."
    case provisionUsers = "New people become users at their first login"
    case provisionUsersHint = "They become members, never more."
    case allowedEmailDomains = "E-mail domains that may sign in"
    case allowedEmailDomainsHint = "One to a line, such as example.com; none: any."

    // MARK: What a response must be
    case response = "What a response must be"
    case requireSignedAssertion = "The assertion itself must be signed"
    case requireSignedAssertionHint = "A signature over the response is then not enough."
    case requireEncryptedAssertion = "The assertion must be encrypted"
    case refuseExpiredCertificates = "A certificate that has ended is refused"
    case refuseExpiredCertificatesHint = "Else its end is warned of only, since what is trusted is the key."
    case allowSHA1Until = "SHA-1 signatures are accepted until"
    case allowSHA1UntilHint =
        "Such as 2026-12-31T00:00:00Z; empty: never. For old identity providers, for as long as they need to change."
    case clockSkewSeconds = "How far clocks may differ"

    // MARK: After signing in
    case session = "After signing in"
    case sessionSeconds = "How long a session lasts"
    case sessionSecondsHint = "28800 are eight hours. Never longer than the identity provider says."
    case landingURL = "Where a login leads"
    case landingURLHint = "A whole address, such as https://app.example.com/start; empty: this service's home page."
    case relayStateOrigins = "Other places that a login may lead to"
    case relayStateOriginsHint = "One origin to a line, such as https://app.example.com."

    // MARK: Requests to the identity provider
    case requests = "Requests to the identity provider"
    case signRequests = "Requests are signed"
    case signRequestsHint = "Where its metadata wants that, they always are."
    case requestBinding = "How a request is sent"
    case forceAuthn = "People are asked for their password each time"
    case isPassive = "Nobody is asked for anything"
    case isPassiveHint = "Only who is signed in there already gets in."
    case nameIDFormat = "NameID format that is asked for"
    case requestedAuthnContext = "Authentication context that is asked for"
    case uriHint = "A URI; empty: none, which suits nearly all."

    // MARK: Which attribute is what
    case attributes = "Which attribute is what"
    case preset = "Names as those of"
    case presetHint = "Empty: recognised from the metadata."
    case recognised
    case email = "E-mail address"
    case emailHint = "An attribute's name; empty: the NameID, else the usual names."
    case fullName = "Full name"
    case firstName = "First name"
    case lastName = "Last name"
    case groups = "Groups"

    // MARK: Metadata and evidence
    case keeping = "Metadata and evidence"
    case metadataRefreshHours = "Metadata that has an address is fetched again after"
    case metadataRefreshHoursHint = "0: never."
    case evidenceRetentionDays = "Responses are kept for"
    case evidenceRetentionDaysHint = "Empty: for ever. What is gone can't be judged again."

    // MARK: Values
    case seconds, hours, days
    case oneSecond = "1 second"
    case someSeconds = "{count} seconds"
    case oneHour = "1 hour"
    case someHours = "{count} hours"
    case oneDay = "1 day"
    case someDays = "{count} days"
    case yes, no
    case empty = "none"
    case notSet = "not set"
    case quoted = "“{value}”"

    // MARK: Changes
    case changed = "{field}: {before} until now, then {after}."
    case ruleAdded = "A new rule: “{attribute}” with the value “{value}” makes a person {role} of {account}."
    case ruleRemoved = "A rule that goes: “{attribute}” with the value “{value}” makes a person {role} of {account}."

    static let subject = "policy"
}
