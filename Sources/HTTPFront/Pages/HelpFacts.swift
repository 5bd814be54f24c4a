import SAML

/// What is said about one code, as its help page reads it.
struct HelpFacts {
    let code: String
    let text: RefusalText
    private let appearance: Appearance

    /// - Returns: nil for what is no code.
    init?(code: String, appearance: Appearance) {
        guard RefusalTexts.codes.contains(code), let text = appearance.texts.refusal(code) else { return nil }
        self.code = code
        self.text = text
        self.appearance = appearance
    }

    var facts: [String: Any] {
        var facts: [String: Any] = [
            "code": code, "again": text.again.phrase, "person": text.person, "causes": text.causes,
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
        var who: any Said
        switch ask {
        case .nobody:
            facts = nil
            return
        case .administrator:
            who = SignInPhrase.askAdministrator
            if appearance.support != nil { who = Passage(parts: [who, SignInPhrase.askFurther]) }
        case .support: who = appearance.name.map { SignInPhrase.askSupportOf(["name": $0]) as any Said } ?? SignInPhrase.askSupport
        }
        var shown: [String: Any] = ["who": who]
        if let contact = appearance.support {
            shown["contact"] = contact.href.map { ["text": contact.text, "href": $0] } ?? ["text": contact.text]
        }
        facts = shown
    }
}
