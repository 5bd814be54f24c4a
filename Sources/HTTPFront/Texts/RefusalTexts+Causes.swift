extension RefusalTexts {
    /// What `texts.json` can name: the codes, and the causes that have words of their own.
    static let names = codes + RefusalCause.allCases.map(\.rawValue)

    /// How it comes about and what to change stand with the code, on its help page.
    static let ofCauses = Dictionary(uniqueKeysWithValues: RefusalCause.allCases.map { ($0.rawValue, text($0)) })

    private static func text(_ cause: RefusalCause) -> RefusalText {
        switch cause {
        case .formTooOld:
            RefusalText(
                "The page was too old",
                happened: "Its form came from before you last signed in, or from another site. Nothing was changed.",
                again: .reopened, ask: .nobody, person: "Open the page again, and repeat what you did.", causes: [], changes: [])
        case .notPermitted:
            RefusalText(
                "Not yours to do", happened: "Whoever is signed in in this browser may not see or do this.", again: .no,
                ask: .administrator,
                person: "Sign in as someone who may, or ask for the role that it takes.", causes: [], changes: [])
        case .methodNotTaken:
            RefusalText(
                "Not used this way", happened: "This address belongs to a form or to a program. Nothing was done.", again: .no,
                ask: .nobody,
                person: "Open the page that it belongs to, and use its form.", causes: [], changes: [])
        case .typeNotRead:
            RefusalText(
                "Not read here", happened: "What was sent is of a kind that is not read at this address. Nothing was done.", again: .no,
                ask: .support, person: "Open the page that it belongs to, and use its form.", causes: [], changes: [])
        case .comesTwice:
            RefusalText(
                "Something comes twice", happened: "The address or the form gives more than one value where only one can count.",
                again: .no,
                ask: .support, person: "Open the page without what stands twice in its address.", causes: [], changes: [])
        case .formTooLarge:
            RefusalText(
                "Too large", happened: "What was sent is more than is read here. Nothing was changed.", again: .no, ask: .support,
                person: "Open the page again, and send less.", causes: [], changes: [])
        }
    }
}
