import Events
import HTTPTypes
import Identity
import IdentityLedger

extension Services {
    /// The caller that the request's bearer token stands for.
    ///
    /// - Throws: `unauthorized`.
    func bearer(_ request: FrontRequest) async throws -> Caller {
        guard let header = request.header(.authorization), header.lowercased().hasPrefix("bearer ") else {
            throw Problem.unauthorized
        }
        let token = header.dropFirst(7).trimmingPrefix { $0 == " " }
        guard !token.isEmpty, let caller = try core.caller(bearer: String(token)) else { throw Problem.unauthorized }
        return caller
    }

    /// The session's token, as the browser sent it.
    func sessionToken(_ request: FrontRequest) -> String? { request.cookies[cookies.session] }

    /// The session that this browser's marker stands for (C42).
    func markedSession(_ request: FrontRequest) -> String? {
        request.cookies[cookies.marker].flatMap { sealer.open($0, purpose: "marker") }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Who looks at a page: the customer's administrator with a setup session, an operator, or a signed-in user.
    struct Visitor: Sendable {
        let caller: Caller
        /// What the form's token is tied to.
        let token: String
        let isSetup: Bool
    }

    /// - Throws: `unauthorized`.
    func visitor(_ request: FrontRequest, of organization: Identifier) async throws -> Visitor {
        // A setup session opens nothing there, and must not stand in an operator's way.
        if organization == core.operatorOrganization, let visitor = try operatorVisitor(request) { return visitor }
        if let visitor = try setupVisitor(request, of: organization) { return visitor }
        if let visitor = try operatorVisitor(request) { return visitor }
        if let token = sessionToken(request), let caller = try core.caller(session: token) {
            return Visitor(caller: caller, token: token, isSetup: false)
        }
        throw Problem.unauthorized
    }

    /// The customer's administrator, whom a setup link of the organization let in; nil: none, or the session has ended.
    func setupVisitor(_ request: FrontRequest, of organization: Identifier) throws -> Visitor? {
        guard let token = request.cookies[cookies.setup(organization)], let found = try core.caller(setup: token),
            found.organization == organization
        else { return nil }
        return Visitor(caller: found.caller, token: token, isSetup: true)
    }

    /// A browser may stand for somebody who sets up many organizations; its cookies have to fit into a header (C41).
    static let mostSetups = 20

    /// The organizations whose setup links were used in this browser, as far as that access goes on; at most ``mostSetups``.
    func setups(_ request: FrontRequest) throws -> [(organization: Identifier, visitor: Visitor)] {
        var found: [(organization: Identifier, visitor: Visitor)] = []
        for cookie in request.cookies.all(prefix: cookies.setupPrefix) where found.count < Self.mostSetups {
            guard let organization = Identifier(String(cookie.name.dropFirst(cookies.setupPrefix.count))),
                let visitor = try setupVisitor(request, of: organization)
            else { continue }
            found.append((organization, visitor))
        }
        return found
    }

    /// The token that this visitor's forms carry (C43).
    func formToken(_ visitor: Visitor) -> String { sealer.digest(visitor.token, purpose: "form") }

    /// C43: the form's token, and where it came from.
    func checkForm(_ request: FrontRequest, _ fields: Fields, _ visitor: Visitor) throws {
        guard !isForeign(request), let token = try fields.one("form"),
            sealer.isDigest(token, of: visitor.token, purpose: "form")
        else { throw Problem.forgedForm }
    }

    /// Who may configure the organization, with a small form of the settings page that is theirs.
    func settingsForm(_ request: FrontRequest) async throws -> (organization: Identifier, visitor: Visitor, form: Fields) {
        let (organization, visitor) = try await settingsVisitor(request)
        let form = try await request.form()
        try checkForm(request, form, visitor)
        return (organization, visitor, form)
    }

    /// The same before the form is read.
    func settingsVisitor(_ request: FrontRequest) async throws -> (organization: Identifier, visitor: Visitor) {
        let organization = try organization(request)
        let visitor = try await visitor(request, of: organization)
        try core.check(.configure, organization, by: visitor.caller)
        return (organization, visitor)
    }

    /// What the page after a change of the settings is told that it made: nothing, where it was so already.
    func settingsMade(since basis: UInt64, _ organization: Identifier, by caller: Caller) throws -> String {
        let revision = try core.settingsRevision(organization, by: caller)
        return MadeFacts.query(revision == basis ? [] : [revision])
    }
}
