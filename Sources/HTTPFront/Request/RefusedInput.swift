import Hummingbird
import Logging

/// Why what a page's form asked for can't be shown: the page comes again, with what was typed, and says so beside the field.
struct RefusedInput {
    let problem: Problem

    /// - Throws: The error itself, where a program asks, or where other input would not help.
    init(_ error: any Error, of request: FrontRequest, logger: Logger) throws {
        problem = Problem(any: error, logger: logger)
        guard !request.acceptsJSON, problem.field != nil || problem.status == 400 || problem.status == 422 else { throw problem }
    }
}

extension Problem {
    /// A field of a page's form, and what is said beside it: in words for people, where the detail is in words for programs.
    struct Field: Sendable, Hashable {
        let name: String
        let phrase: InputPhrase
    }

    /// For the page of the form: what stands beside the field, by its name.
    var fieldFacts: [String: Any] { field.map { ["\($0.name)Wrong": $0.phrase] } ?? [:] }

    /// The same about a field.
    func about(_ field: String, _ phrase: InputPhrase) -> Problem {
        var problem = self
        problem.field = Field(name: field, phrase: phrase)
        return problem
    }
}

extension Response {
    /// A page, which was refused what it was asked for, or not.
    static func page(_ html: String, _ refused: Problem?) -> Response { .page(html, status: .init(code: refused?.status ?? 200)) }
}
