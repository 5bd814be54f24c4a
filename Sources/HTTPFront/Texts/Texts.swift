/// Everything that is said on pages and doesn't stand in a template: refusals, titles, and sentences that are chosen or put together.
struct Texts: Sendable {
    /// The pages' language, as `lang` names it (BCP 47).
    var language = "en"
    var refusals = RefusalTexts.all.merging(RefusalTexts.ofCauses) { text, _ in text }
    /// English title or name of a link → what stands there.
    var titles: [String: String] = [:]
    /// A phrase's name → what is said in its place.
    var sentences: [String: String] = [:]

    /// The refusals that an operator's file has words for.
    var ownRefusals: Set<String> = []

    /// What a page speaks while it is rendered.
    @TaskLocal static var spoken = Texts()

    func title(_ english: String) -> String { titles[english] ?? english }

    func words(of phrase: any Phrase) -> String { sentences.isEmpty ? phrase.english : sentences[phrase.name] ?? phrase.english }

    func refusal(_ code: String) -> RefusalText? { refusals[code] }

    /// In the cause's words, where it has its own; an operator's words for the code alone come before ours for the cause.
    func refusal(of problem: Problem) -> RefusalText? {
        guard let cause = problem.cause?.rawValue, let text = refusals[cause] else { return refusals[problem.code] }
        return ownRefusals.contains(problem.code) && !ownRefusals.contains(cause) ? refusals[problem.code] : text
    }

    /// The titles and names of links that pages have of themselves; what is named after something isn't among them.
    static let titles =
        [
            "Single sign-on", "Sign in", "Signing in", "Signing out", "Signed out", "Still signed in", "Sign in as someone else?",
            "Assertion Consumer Service", "Set up single sign-on", "What this would change", "Test of the connection",
            "User", "Help", OperatorWords.console,
            OperatorWords.organizations, OperatorWords.people, OperatorWords.api,
        ] + Services.organizationPages.map(\.title)

    /// Every phrase, by subject.
    static let phrases: [any Phrase] = subjects.flatMap { $0 }

    private static let subjects: [[any Phrase]] = [
        CertificatePagePhrase.allCases,
        CertificatePhrase.allCases,
        CheckPhrase.allCases,
        ConsequencePhrase.allCases,
        ConversionPhrase.allCases,
        DayPhrase.allCases,
        DriftPhrase.allCases,
        FilterPhrase.allCases,
        GuidePhrase.allCases,
        HistoryPhrase.allCases,
        InputPhrase.allCases,
        ListPhrase.allCases,
        LoginPhrase.allCases,
        OperatorPhrase.allCases,
        PicturePhrase.allCases,
        PolicyPhrase.allCases,
        PolicyFaultPhrase.allCases,
        ProviderPhrase.allCases,
        ReportPhrase.allCases,
        RolePhrase.allCases,
        SettingsPhrase.allCases,
        SetupPhrase.allCases,
        SignInPhrase.allCases,
        TestPhrase.allCases,
        UserPhrase.allCases,
    ]
}
