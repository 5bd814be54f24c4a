/// Everything that is said on pages and doesn't stand in a template: refusals, titles, and sentences that are put together.
struct Texts: Sendable {
    /// The pages' language, as `lang` names it (BCP 47).
    var language = "en"
    var refusals = RefusalTexts.all
    /// English title or name of a link → what stands there.
    var titles: [String: String] = [:]
    var sentences: [Phrase: String] = [:]

    func title(_ english: String) -> String { titles[english] ?? english }

    /// - Parameter values: For each of the phrase's places.
    func sentence(_ phrase: Phrase, _ values: [String: String] = [:]) -> String {
        var rest = Substring(sentences[phrase] ?? phrase.english)
        var text = ""
        // One pass: what is put in has no places, whatever it holds.
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            text += values[String(rest[rest.index(after: open)..<close])] ?? ""
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    func refusal(_ code: String) -> RefusalText? { refusals[code] }

    func sentence(_ again: RefusalText.Again) -> String {
        switch again {
        case .now: sentence(.againNow)
        case .later: sentence(.againLater)
        case .no: sentence(.againNo)
        }
    }

    /// The titles and names of links that pages have of themselves; what is named after something isn't among them.
    static let titles = [
        "Single sign-on", "Sign in", "Signing in", "Signing out", "Signed out", "Still signed in", "Sign in as someone else?",
        "Assertion Consumer Service", "Set up single sign-on", "Settings", "What this would change", "Test", "Test of the connection",
        "Policy", "Users", "User", "Conversion", "Logins", "History", "Certificates", "Report", "Help", OperatorWords.console,
        OperatorWords.organizations, OperatorWords.people, OperatorWords.api,
    ]
}
