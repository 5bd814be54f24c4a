/// A certificate's end, wherever it is told.
enum CertificatePhrase: String, Phrase {
    case endsShort = "Ends {when}"
    case endedShort = "Ended {when}"
    case ends = "It ends {when}, on {day}."
    case ended = "It ended {when}, on {day}."
    case begins = "It begins on {begin} and ends on {end}."
    case unreadable = "Its end can't be read."

    static let subject = "certificate"
}
