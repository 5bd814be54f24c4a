/// What is said of logins: of many, and of the story of one.
enum LoginPhrase: String, Phrase {
    case accepted
    case refused
    case tests
    case acceptedTest = "accepted (test)"
    case refusedTest = "refused (test)"
    case acceptedColumn = "Accepted"
    case refusedColumn = "Refused"
    case testsColumn = "Tests"
    case dayColumn = "Day"
    case byOutcome = "Logins of the last {days} days by outcome"
    case byDay = "Logins by day (UTC) and outcome"
    case countedSince = "There are so many that only those since {instant} are counted here."

    case one = "Login {number}"
    case acceptedThen = "Accepted, as was recorded: the checks can't be made again."
    case askedByTest = "It is a test of the connection: it signed no one in."
    case askedByUs = "It answers our request of {instant}."
    case askedByOthers = "It answers a request that isn't ours."
    case askedByNobody = "By nobody here: the identity provider began it."
    case oneByte = "One byte"
    case bytes = "{count} bytes"

    static let subject = "login"

    /// How large something is.
    static func size(_ bytes: Int64) -> any Said { count(Int(clamping: bytes), one: .oneByte, several: .bytes) }
}
