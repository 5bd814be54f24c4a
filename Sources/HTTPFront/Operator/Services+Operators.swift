import Events
import Identity
import IdentityLedger

/// The names of the console and of its pages.
enum OperatorWords {
    static let console = "Operator's console"
    static let organizations = "Organizations"
    static let people = "People"
    static let api = "Administration API"
}

/// How operators come into the console, and what it remembers of them.
struct OperatorAccess: Sendable {
    let sessions = OperatorSessions()
    let shown = ShownOnce()
}

extension Services {
    /// The operator whom this browser stands for: by a token that signed in here, or as an owner in the operator's organization; nil: none.
    func operatorVisitor(_ request: FrontRequest) throws -> Visitor? {
        if let secret = request.cookies[cookies.operator], let token = operators.sessions.token(secret, at: request.instant),
            let caller = try core.caller(token: token), caller.authority == .operator
        {
            return Visitor(caller: caller, token: secret, isSetup: false)
        }
        if let session = sessionToken(request), case .operator(let caller)? = try core.caller(operatorSession: session) {
            return Visitor(caller: caller, token: session, isSetup: false)
        }
        return nil
    }

    /// - Throws: `unauthorized`.
    func `operator`(_ request: FrontRequest) throws -> Visitor {
        if let visitor = try operatorVisitor(request) { return visitor }
        throw try signedInTooLongAgo(request) ? Problem.signedInTooLongAgo : Problem.unauthorized
    }

    /// Whether signing in again makes this browser an operator's.
    func signedInTooLongAgo(_ request: FrontRequest) throws -> Bool {
        guard let session = sessionToken(request), case .signedInTooLongAgo? = try core.caller(operatorSession: session) else {
            return false
        }
        return true
    }

    /// The links between the console's pages.
    func operatorFrame(notice: String? = nil, problem: Problem? = nil) -> Pages.Frame {
        let links = [
            (OperatorWords.organizations, "/operator"), (OperatorWords.people, "/operator/people"), (OperatorWords.api, "/v1/docs"),
        ]
        return Pages.Frame(
            name: PageTitle(english: OperatorWords.console), links: links.map { (label: $0.0, address: url.address($0.1)) },
            notice: notice, problem: problem)
    }
}
