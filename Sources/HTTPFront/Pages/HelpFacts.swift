import SAML

/// What is said about one code, as its help page reads it.
struct HelpFacts {
    let code: String
    let text: RefusalText
    private let appearance: Appearance

    /// - Returns: nil for what is no code.
    init?(code: String, appearance: Appearance) {
        guard let text = appearance.texts.refusal(code) else { return nil }
        self.code = code
        self.text = text
        self.appearance = appearance
    }

    var facts: [String: Any] {
        var facts: [String: Any] = [
            "code": code, "again": appearance.texts.sentence(text.again), "person": text.person, "causes": text.causes,
            "changes": text.changes,
        ]
        if let happened = text.happened { facts["happened"] = happened }
        if let whom = AskFacts(text.ask, appearance).facts { facts["whom"] = whom }
        let products = Self.products(code)
        if !products.isEmpty { facts["products"] = ["advice": products] }
        return facts
    }

    /// What to change in each product whose words for it are known.
    static func products(_ code: String) -> [String] {
        guard let code = RefusalCode(rawValue: code) else { return [] }
        return IdentityProviderPreset.allCases.compactMap { $0.advice(for: code) }
    }
}

/// Whom a person asks.
struct AskFacts {
    /// nil: nobody needs to be asked.
    let facts: [String: Any]?

    init(_ ask: RefusalText.Ask, _ appearance: Appearance) {
        let texts = appearance.texts
        var who: String
        switch ask {
        case .nobody:
            facts = nil
            return
        case .administrator:
            who = texts.sentence(.askAdministrator)
            if appearance.support != nil { who += " " + texts.sentence(.askFurther) }
        case .support: who = appearance.name.map { texts.sentence(.askSupportOf, ["name": $0]) } ?? texts.sentence(.askSupport)
        }
        var shown: [String: Any] = ["who": who]
        if let contact = appearance.support {
            shown["contact"] = contact.href.map { ["text": contact.text, "href": $0] } ?? ["text": contact.text]
        }
        facts = shown
    }
}
