/// What is said of a change before it is saved: who would be locked out by it, and who let in.
enum ConsequencePhrase: String, Phrase {
    case noLogins = "There are no logins yet that could be judged again."
    case judgedOne = "The one login whose response is kept was judged again, and keeps its verdict."
    case judgedOneAnew = "The one login whose response is kept was judged again, and gets another verdict."
    case judged = "Judged again: the last {checked} logins whose responses are kept. Same verdict: {unchanged}."
    case another = "The identity provider's {member} is another."
    case oneLockedOut = "One person who can sign in now would be refused."
    case lockedOut = "{count} people who can sign in now would be refused."
    case oneLetIn = "One person who was refused would be accepted."
    case letIn = "{count} people who were refused would be accepted."
    case onePasses = "One person who was refused in the last days would be accepted now. Ask them to try again."
    case pass = "{count} people who were refused in the last days would be accepted now. Ask them to try again."
    case onePerson = "one person"
    case people = "{count} people"
    case more = "and {count} more"
    case login = "login {sequence}"
    case changedMeanwhile = "The settings were changed meanwhile: look at what it would do now."

    static let subject = "consequence"
}
