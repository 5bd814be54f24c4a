/// How much of a list is shown, and how much there is.
enum ListPhrase: String, Phrase {
    case nobody = "Nobody found."
    case noUsers = "No users."
    case range = "{first} to {last} of {all}."
    case rangeFound = "{first} to {last} of {found} found among {all}."
    case lookedBack = "Looked back to {instant}; the next page goes on from there."
    case oneMoreValue = "One more value is left out here."
    case moreValues = "{count} more values are left out here."

    static let subject = "list"

    /// Of values that a page has no room for; nil: all are shown.
    static func leftOut(_ count: Int) -> (any Said)? {
        count > 0 ? Self.count(count, one: .oneMoreValue, several: .moreValues) : nil
    }
}
