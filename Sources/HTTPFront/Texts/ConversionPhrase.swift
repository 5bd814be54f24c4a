/// How far a conversion is, and what is asked before everyone is converted or put back.
enum ConversionPhrase: String, Phrase {
    case share = "Users who sign in through the identity provider"
    case bySignInMethod = "Users by sign-in method"
    case users = "Users"
    case singleSignOn = "single sign-on"

    case noUsers = "There are no users yet: bring them in, or let logins make them."
    case nobodyOnPassword = "Done: nobody signs in with a password."
    case oneOnPassword = "One person is on a password."
    case severalOnPassword = "{count} people are on a password."
    case nobodyConverted = "Not yet: choose somebody who can test it, such as yourself."
    case oneConverted = "Done: one person is converted so far."
    case severalConverted = "Done: {count} people are converted so far."
    case nobodyToConvert = "There is nobody to convert."
    case nobodyLeft = "Done: nobody is left to convert."
    case oneReady = "Ready: one person is left to convert."
    case severalReady = "Ready: {count} people are left to convert."
    case oneLater = "Comes after stage 3; one person is left to convert."
    case severalLater = "Comes after stage 3; {count} people are left to convert."
    case somebody

    case convertOne = "Convert one person to single sign-on?"
    case convertSeveral = "Convert {count} people to single sign-on?"
    case convertMeans =
        "From then on they sign in through the identity provider, and not with a password any more. It can be undone, for one or for all."
    case yesConvertOne = "Yes, convert one person"
    case yesConvertSeveral = "Yes, convert {count} people"
    case revertOne = "Put one person back to the password?"
    case revertSeveral = "Put {count} people back to the password?"
    case revertMeans =
        "That is everyone who signs in through the identity provider, also people whom a first login made: they may have no password yet."
    case yesRevertOne = "Yes, put one person back"
    case yesRevertSeveral = "Yes, put {count} people back"

    static let subject = "conversion"
}
