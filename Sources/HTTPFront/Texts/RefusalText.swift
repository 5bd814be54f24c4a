/// What people are told about one code: on the page that refuses, on its help page, and in its page of the documentation.
struct RefusalText: Sendable, Hashable {
    /// Whether trying again helps the person whom it stopped.
    enum Again: String, Sendable, CaseIterable {
        case now, later, reopened, no

        var phrase: SignInPhrase {
            switch self {
            case .now: .againNow
            case .later: .againLater
            case .reopened: .againReopened
            case .no: .againNo
            }
        }
    }

    /// Whom that person asks, where nothing else helps.
    enum Ask: String, Sendable, CaseIterable {
        case administrator, support, nobody
    }

    /// The heading: a few words, the same for every problem of this code.
    var title: String
    /// What happened, in words for the person whom it stopped; nil: the problem's own sentence says it best.
    var happened: String?
    var again: Again
    var ask: Ask
    /// What that person can do.
    var person: String
    /// How it comes about, a sentence each.
    var causes: [String]
    /// What an administrator changes, and where, a sentence each.
    var changes: [String]

    init(
        _ title: String, happened: String? = nil, again: Again, ask: Ask, person: String, causes: [String], changes: [String]
    ) {
        self.title = title
        self.happened = happened
        self.again = again
        self.ask = ask
        self.person = person
        self.causes = causes
        self.changes = changes
    }
}
