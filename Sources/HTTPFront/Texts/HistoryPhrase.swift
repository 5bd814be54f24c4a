/// What is said of events beside what they say themselves.
enum HistoryPhrase: String, Phrase {
    case one = "Event {number}"
    case erasedUser = "User {id}…"
    case fromFile = "Taken from a file, whose keyed hash begins with {digest}."
    case fromHistory = "Brought back as it was after event {number}."
    case fromLedger = "Taken from another ledger, as it was after its event {number}, with the root hash {digest}…."
    case moreDifferences = "More than these {count} things are otherwise; “identity-ledger difference” tells all of them."

    static let subject = "history"
}
