import Events
import IdentityLedger

/// What a change would do to people, as pages say it.
struct ConsequenceFacts {
    let url: PublicURL
    let organization: Identifier

    // More names than a person compares; the counts are of all.
    private static let mostNames = 20

    /// A preview, with what is to be said of the change itself.
    struct Told {
        let verdicts: VerdictChanges
        let consequence: Consequence
        /// What would change, a sentence each.
        let sentences: [String]

        init(verdicts: VerdictChanges, consequence: Consequence, sentences: [String]) {
            self.verdicts = verdicts
            self.consequence = consequence
            self.sentences = sentences
        }

        init(_ preview: PreviewView) {
            // Where no sentence is to be said, the members say what is another.
            let others = preview.changes.map { "The identity provider's \($0) is another." }
            self.init(
                verdicts: preview.verdicts, consequence: preview.consequence,
                sentences: preview.differences.isEmpty ? others : preview.differences)
        }
    }

    /// - Parameter back: The page that the change was begun on, below the organization's.
    func facts(_ told: Told, back: String) -> [String: Any] {
        let (checked, unchanged) = (told.verdicts.checked, told.verdicts.unchanged)
        let consequence = told.consequence
        var facts: [String: Any] = [
            "judged": checked == 0
                ? "There are no logins yet that could be judged again."
                : "The last \(checked) logins whose responses are kept were judged again: \(unchanged) of them keep their verdict.",
            "button": consequence.locksOut ? "Save all the same" : "Save",
            "back": url.address("/organizations/\(organization)/\(back)"), "backLabel": back,
        ]
        if !told.sentences.isEmpty { facts["changed"] = ["sentences": told.sentences] }
        if consequence.locksOut {
            facts["lockedOut"] = section(consequence.lockedOut) { "\(Self.count($0)) who can sign in now would be refused." }
        }
        if !consequence.letIn.isEmpty {
            facts["letIn"] = section(consequence.letIn) { "\(Self.refused($0)) would be accepted." }
        }
        return facts
    }

    /// Refusals that would pass now: whom to ask to try again.
    func facts(passing groups: [Consequence.Group]) -> [String: Any] {
        section(groups) { "\(Self.refused($0)) in the last days would be accepted now. Ask them to try again." }
    }

    static func count(_ people: Int) -> String { people == 1 ? "One person" : "\(people) people" }

    private static func refused(_ people: Int) -> String { "\(count(people)) who \(people == 1 ? "was" : "were") refused" }

    private func section(_ groups: [Consequence.Group], _ sentence: (Int) -> String) -> [String: Any] {
        ["sentence": sentence(groups.reduce(0) { $0 + $1.people.count }), "groups": groups.map(row)]
    }

    private func row(_ group: Consequence.Group) -> [String: Any] {
        let shown = group.people.prefix(Self.mostNames)
        let more = group.people.count - shown.count
        return [
            "code": group.code, "words": Problem(group.code, status: 403, "").title, "count": Self.count(group.people.count).lowercased(),
            "more": more == 0 ? "" : "and \(more) more",
            "people": shown.enumerated().map { index, person in
                [
                    "name": PersonName.text(email: person.email, user: person.user) ?? "login \(person.sequence)",
                    "href": url.address("/organizations/\(organization)/logins/\(person.sequence)"),
                    "comma": index + 1 < shown.count || more > 0 ? "," : "",
                ]
            },
        ]
    }
}
