/// What is said of users: how they sign in, what they are, and what they may do.
enum UserPhrase: String, Phrase {
    case sso
    case password
    case roleIn = "{role} in {account}"

    case meansNoRole = "is not in the account, and a login doesn't bring them back into it."
    case meansMember = "uses the application, and sees none of these pages."
    case meansAdministrator =
        "also sees the people of the account, gives roles up to administrator, and deactivates people. An administrator of every account may also change single sign-on settings, convert people, and read logins and history."
    case meansOwner =
        "does all that an administrator does; also gives and takes the role owner. No change of roles leaves an account that has an owner without one, and only an operator of this service deactivates or erases its last one."
    case meansUnknown = "is not known to this program."

    case maySignIn = "Signs in through the identity provider."
    case maySignInByPassword = "Signs in with a password, which the application checks."
    case maySignInSomehow = "How this person signs in is not known."
    case mayNotSignIn = "May not sign in: is deactivated. The roles below count again once the person is reactivated."
    case mayNothing = "In “{account}”: no role."
    case mayAsMember = "In “{account}”: member, who uses the application, and sees none of these pages."
    case mayAsAdministrator =
        "In “{account}”: administrator, who also sees the people of the account, gives roles up to administrator, and deactivates people."
    case mayAsOwner = "In “{account}”: owner, who does all that an administrator does; also gives and takes the role owner."
    case mayAsUnknown = "In “{account}”: {role}, which is not known to this program."
    case mayAdminister =
        "Administers every account: may change single sign-on settings, convert people, and read logins and history."

    case lowerYourself = "Lower your own role?"
    case lowerYourselfMeans =
        "You are {role} and would be {next}: what only the higher role lets you do here ends at once, and only somebody else can give it back."
    case yesLowerMe = "Yes, lower my role"
    case deactivateYourself = "Deactivate yourself?"
    case deactivateYourselfMeans = "Your sessions end at once, and you can't sign in until somebody else reactivates you."
    case yesDeactivateMe = "Yes, deactivate me"

    static let subject = "user"
}
