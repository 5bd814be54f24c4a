/// What became of each check of a response, and of all of them.
enum CheckPhrase: String, Phrase {
    case passed = "passed"
    case failed = "failed"
    case notReached = "not reached"
    case accepted = "Every check passed: this login is accepted."
    case refused = "Refused."

    static let subject = "check"
}
