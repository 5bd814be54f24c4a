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
        let sentences: [any Said]
        /// The same in the core's words.
        let english: [String]

        init(verdicts: VerdictChanges, consequence: Consequence, sentences: [any Said], english: [String] = []) {
            self.verdicts = verdicts
            self.consequence = consequence
            self.sentences = sentences
            self.english = english
        }

        init(_ preview: PreviewView) {
            // Where no sentence is to be said, the members say what is another.
            let others = preview.differences.isEmpty ? preview.changes : []
            self.init(
                verdicts: preview.verdicts, consequence: preview.consequence,
                sentences: others.map { ConsequencePhrase.another(["member": $0]) }, english: preview.differences)
        }
    }

    /// - Parameter back: The page that the change was begun on, below the organization's.
    func facts(_ told: Told, back: String) -> [String: Any] {
        let consequence = told.consequence
        var facts: [String: Any] = [
            "judged": judged(told.verdicts), "back": url.address("/organizations/\(organization)/\(back)"), "isPolicy": back == "policy",
        ]
        if !told.sentences.isEmpty || !told.english.isEmpty {
            facts["changed"] = ["sentences": told.sentences, "english": told.english] as [String: Any]
        }
        if consequence.locksOut { facts["lockedOut"] = section(consequence.lockedOut, .oneLockedOut, .lockedOut) }
        if !consequence.letIn.isEmpty { facts["letIn"] = section(consequence.letIn, .oneLetIn, .letIn) }
        return facts
    }

    /// Refusals that would pass now: whom to ask to try again.
    func facts(passing groups: [Consequence.Group]) -> [String: Any] { section(groups, .onePasses, .pass) }

    private func judged(_ verdicts: VerdictChanges) -> any Said {
        switch verdicts.checked {
        case 0: ConsequencePhrase.noLogins
        case 1: verdicts.unchanged == 1 ? ConsequencePhrase.judgedOne : .judgedOneAnew
        default: ConsequencePhrase.judged(["checked": String(verdicts.checked), "unchanged": String(verdicts.unchanged)])
        }
    }

    private func section(_ groups: [Consequence.Group], _ one: ConsequencePhrase, _ some: ConsequencePhrase) -> [String: Any] {
        [
            "sentence": ConsequencePhrase.count(groups.reduce(0) { $0 + $1.people.count }, one: one, several: some),
            "groups": groups.map(row),
        ]
    }

    private func row(_ group: Consequence.Group) -> [String: Any] {
        let shown = group.people.prefix(Self.mostNames)
        let more = group.people.count - shown.count
        var row: [String: Any] = [
            "code": group.code, "words": RefusalTitle(code: group.code),
            "count": ConsequencePhrase.count(group.people.count, one: .onePerson, several: .people),
            "people": shown.enumerated().map { index, person -> [String: Any] in
                [
                    "name": name(person), "href": url.address("/organizations/\(organization)/logins/\(person.sequence)"),
                    "comma": index + 1 < shown.count || more > 0 ? "," : "",
                ]
            },
        ]
        if more > 0 { row["more"] = ConsequencePhrase.more(["count": Numbers.text(more.magnitude)]) }
        return row
    }

    private func name(_ person: Consequence.Person) -> any Said {
        PersonName.said(email: person.email, user: person.user) ?? ConsequencePhrase.login(["sequence": String(person.sequence)])
            as any Said
    }
}
