/// By what a list can be filtered.
enum FilterPhrase: String, Phrase {
    case any
    case all
    case signInMethod = "Sign-in method"
    case maySignIn = "May sign in"
    case yes
    case noDeactivated = "no: deactivated"
    case role = "Role"
    case account = "Account"
    case outcome = "Outcome"
    case reason = "Reason"
    case event = "Event"
    case changes = "changes: no logins, no sessions"

    static let subject = "filter"
}
