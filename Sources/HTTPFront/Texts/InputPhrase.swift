/// What is said beside a field whose value can't be used, and what to enter instead.
enum InputPhrase: String, Phrase {
    case day = "This is no day and no instant. Enter a day such as 2026-11-25, or an instant such as 2026-11-25T08:30:00Z."
    case moment =
        "This is no moment. Enter an event's number such as 57, a day such as 2026-11-25, or an instant such as 2026-11-25T08:30:00Z."
    case endsBeforeItBegins = "The period ends before it begins. Enter a later end, or an earlier beginning."
    case noSuchEvent = "There is no event of this number yet. Enter an earlier one."
    case beforeOrganization = "There was no such organization yet. Enter a later moment."
    case beforePerson = "This person was not here yet. Enter a later moment."
    case reference = "A reference is a number such as 57. Copy it from the page that refused the login."
    case choice = "This can't be chosen. Choose one of those that there are."

    // MARK: At the sign-in page: said of what was entered, never of whether somebody is a user (C49)
    case nobodyNamed = "Nothing is filled in. Enter your work e-mail address, or the Organization ID."
    case neitherAddressNorID =
        "This is neither an e-mail address nor an Organization ID. An address has one @ and a domain; an ID has 32 digits and letters from a to f."
    case noSuchID = "There is no organization of this ID. Compare it with the one that your administrator gave you."
    case domainLeadsNowhere =
        "The domain of this address leads to no organization here. Enter the Organization ID, or use the login URL: your administrator has both."

    static let subject = "input"
}
