import Events
import SAML

/// A problem as its page tells it: first to the person whom it stopped, then to the administrator who mends it.
struct RefusalFacts {
    let problem: Problem
    let appearance: Appearance
    let base: String
    /// Whether the page has links around it to those that its reader may open.
    let isFramed: Bool

    private var text: RefusalText? { appearance.texts.refusal(of: problem) }

    var title: String { text?.title ?? problem.title }

    var facts: [String: Any] {
        var facts: [String: Any] = ["code": problem.code, "help": "\(base)/help/\(problem.code)"]
        let words: (happened: String, english: Bool) = text?.happened.map { ($0, false) } ?? (problem.detail, true)
        (facts["happened"], facts["happenedInEnglish"]) = (words.happened, words.english)
        if let again = text?.again { facts["again"] = again.phrase }
        // Of an administrator's command, what is to be done depends on what was asked, and the problem says so.
        let person = text?.happened == nil ? problem.remedy ?? text?.person : text?.person
        if let person {
            facts["person"] = ["text": person, "english": text?.happened == nil && problem.remedy != nil]
        }
        if let whom = text.flatMap({ AskFacts($0.ask, appearance).facts }) { facts["whom"] = whom }
        if let reference = problem.reference { facts["reference"] = String(reference) }
        if let back = problem.backAddress { facts["back"] = ["href": back] }
        if let email = problem.signedInAs { facts["signedIn"] = ["as": SignInPhrase.signedInAs(["email": email])] }
        if !isFramed, problem.signedInAs == nil, problem.backAddress == nil { facts["offersSignIn"] = true }
        if let retry { facts["retry"] = ["href": retry] }
        if let story { facts["story"] = story }
        if text?.happened != nil { facts["technical"] = technical }
        return facts
    }

    // Once more from the start, where that helps: at the organization that this was about.
    private var retry: String? {
        if let address = problem.signInAddress { return address }
        guard text?.again == .now, problem.status != 405, let organization = problem.organization else { return nil }
        return "\(base)/saml/login?org=\(organization)"
    }

    private var story: [String: Any]? {
        guard let organization = problem.organization, let reference = problem.reference else { return nil }
        return ["href": "\(base)/organizations/\(organization)/logins/\(reference)", "reference": String(reference)]
    }

    private var technical: [String: Any] {
        var facts: [String: Any] = ["detail": problem.detail]
        if let remedy = problem.remedy { facts["remedy"] = remedy }
        if !problem.steps.isEmpty {
            facts["checked"] = [
                "steps": problem.steps.map(StepFacts.row)
            ]
        }
        return facts
    }
}
