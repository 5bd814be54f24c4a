/// What an access report says that depends on what it found.
enum ReportPhrase: String, Phrase {
    case title = "Access report: {name}"
    case fromTo = "from {from} to {to}"
    case fromOn = "from {from} until now"
    case upTo = "from the beginning to {to}"
    case always = "from the beginning until now"
    case noEvents = "none"
    case events = "{first} to {last}"
    case usersLeftOut = "The first {shown} of {count}; all of them are in the spreadsheet of people."
    case changesLeftOut = "The first {shown} of {count}; all of them are in the spreadsheet of changes."
    case gained = "yes, gained"
    case lost = "no, lost"
    case kept = "yes"
    case no = "no"
    case erased = "erased ({user}…)"
    case unreadable = "unreadable ({user}…)"
    case byLogin = "a login"
    case byImport = "import"
    case never
    case access, configuration, credentials
    case notice, warning, alarm

    static let subject = "report"
}
