/// What people are told while they sign in or out, and where a login ends.
enum SignInPhrase: String, Phrase {
    case continueTo = "Continue to {name}"
    case leadsToNamed = "You sign in to {name} at {host}: that is where this leads."
    case leadsTo = "You sign in at {host}: that is where this leads."
    case leadsToUnproved =
        "This leads to {host}. Nobody has proved to us that your address's domain belongs there: go on only if you know that host as your organization's sign-in."
    case goingOn = "Going on to {host}."
    case forgotten = "This browser has forgotten the organization."
    case oneMoment = "One moment: your login goes on."
    case someoneElse = "someone else"
    case goingOnToLogOut = "Going on to your identity provider."
    case signedOut = "This browser is signed out here."
    case signedOutEverywhere = "You are signed out here and at your identity provider."
    case signedOutPartly =
        "You are signed out here and at your identity provider, but it could not sign you out of every other application. Close the browser to be sure."
    case signedOutHereOnly = "You are signed out here, but your identity provider could not sign you out. Close the browser to be sure."
    case stillSignedIn = "This browser is still signed in here."
    case signOut = "Sign out"
    case signInAgain = "Sign in again"
    case againNow = "Yes, at once."
    case againLater = "Yes, after a while."
    case againReopened = "Yes, after opening the page again."
    case againNo = "No, not before something was changed."
    case askAdministrator = "Your organization's administrator."
    case askFurther = "If nobody there can help:"
    case askSupport = "Whoever runs this service."
    case askSupportOf = "The support of {name}."
    case home = "Home page"
    case signedInAs = "You are signed in as {email}."

    static let subject = "signIn"
}
