import Events
import Hummingbird
import Identity
import IdentityLedger

/// The pages about users: the list of them, each one's own, and what is changed there.
struct PeopleRoutes: Sendable {
    let services: Services

    // Rows of a spreadsheet that are read at a time.
    private static let rowsAtOnce = 1000
    private static let pastAtOnce = 10

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/users", for: .people, users)
        table.add(.get, "/organizations/{org}/users.csv", for: .people, spreadsheet)
        table.add(.get, "/organizations/{org}/users/{user}", for: .people, user)
        table.add(.post, "/organizations/{org}/users/{user}/role", for: .people, setRole)
        table.add(.post, "/organizations/{org}/users/{user}/active", for: .people, setActive)
        table.add(.post, "/organizations/{org}/users/{user}/erase", for: .people, erase)
    }

    // MARK: - Looking

    private func users(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let query = try UserQuery(request.query, services.url.address("/organizations/\(organization)/users"))
        let page = try await services.core.users(organization, query.selection, page: query.page, by: visitor.caller)
        let words = try facts(organization, visitor)
        var facts: [String: Any] = [
            "list": query.listing.address, "email": query.selection.text ?? "", "filtered": query.listing.isFiltered,
            "form": services.formToken(visitor), "filters": query.choices(words.accounts), "users": page.users.map(words.row),
            "csv": query.listing.href(suffix: ".csv"),
            "meanings": UserWords.roles.map { ["role": RolePhrase.of($0), "meaning": UserWords.meaning($0)] as [String: Any] },
        ]
        facts.merge(PageFacts.facts(page, query.listing)) { $1 }
        try add(made: request, organization, visitor, to: &facts)
        return .page(services.pages.render("users", title: "Users", facts, frame: services.frame(organization, visitor)))
    }

    private func user(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        guard let id = request.parameters["user"].flatMap({ Identifier($0) }) else { throw Problem.notFound }
        let at = try request.query.text("at")
        return try await page(request, organization, visitor, id, at: at, problem: nil)
    }

    private func page(
        _ request: FrontRequest, _ organization: Identifier, _ visitor: Services.Visitor, _ id: Identifier, at: String?, problem: Problem?
    ) async throws -> Response {
        let user = try await services.core.userView(organization, id, at: at, by: visitor.caller)
        var facts = try facts(organization, visitor).page(user, then: at)
        if (try? services.core.check(.read, organization, by: visitor.caller)) != nil {
            facts["past"] = try await past(organization, id, visitor.caller)
        }
        try add(made: request, organization, visitor, to: &facts)
        let frame = services.frame(organization, visitor, problem: problem)
        return .page(
            services.pages.render("person", title: "User", facts, frame: frame), status: .init(code: problem?.status ?? 200))
    }

    private func past(_ organization: Identifier, _ user: Identifier, _ caller: Caller) async throws -> [String: Any] {
        let words = HistoryFacts(url: services.url, organization: organization)
        var (logins, events) = (LoginFilter(), HistoryFilter())
        logins.person = user.description
        events.person = user.description
        let last = try await services.core.logins(organization, logins, before: nil, limit: Self.pastAtOnce, by: caller)
        let happened = try await services.core.history(organization, events, before: nil, limit: 2 * Self.pastAtOnce, by: caller)
        return [
            "logins": last.logins.map(words.login), "events": happened.entries.map { words.event($0, of: user) },
            "allLogins": words.address("logins") + "?user=\(user)", "allEvents": words.address("history") + "?user=\(user)",
        ]
    }

    private func spreadsheet(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let query = try UserQuery(request.query, services.url.address("/organizations/\(organization)/users"))
        let ids = try await services.core.userIDs(organization, query.selection, by: visitor.caller)
        let services = services
        let read = { @Sendable (start: Int) async throws -> (end: Int, rows: String) in
            let end = min(ids.count, start + Self.rowsAtOnce)
            let caller = try await services.visitor(request, of: organization).caller
            let accounts = try services.core.administeredAccounts(organization, by: caller)
            return (end, try await services.core.users(organization, ids[start..<end], by: caller).map { $0.csv(accounts) }.joined())
        }
        return .spreadsheet(
            services.fileName("users", of: organization), columns: UserView.columns, first: try await read(0), rows: { $0.rows },
            next: { $0.end < ids.count ? try await read($0.end) : nil })
    }

    private func facts(_ organization: Identifier, _ visitor: Services.Visitor) throws -> UserFacts {
        let accounts = try services.core.administeredAccounts(organization, by: visitor.caller)
        let isWhole = (try? services.core.check(.read, organization, by: visitor.caller)) != nil
        return UserFacts(services: services, organization: organization, visitor: visitor, accounts: accounts, isWhole: isWhole)
    }

    private func add(
        made request: FrontRequest, _ organization: Identifier, _ visitor: Services.Visitor, to facts: inout [String: Any]
    ) throws {
        let made = MadeFacts(services: services, organization: organization, caller: visitor.caller)
        if let shown = try made.facts(request.query) { facts["made"] = shown }
    }

    // MARK: - Changing

    private func setRole(_ request: FrontRequest) async throws -> Response {
        try await change(request) { organization, user, form, caller in
            guard let account = try form.one("account").flatMap({ Identifier($0) }),
                let role = try form.one("role").flatMap({ Role(name: $0) })
            else { throw Problem.invalid("Choose an account and a role.", status: 422) }
            return try await services.core.changeRole(organization, user, account: account, role: role, by: caller)
        }
    }

    private func setActive(_ request: FrontRequest) async throws -> Response {
        try await change(request) { organization, user, form, caller in
            try await services.core.changeActive(organization, user, try form.one("active") == "true", by: caller)
        }
    }

    private func erase(_ request: FrontRequest) async throws -> Response {
        try await change(request) { organization, user, form, caller in
            try services.core.check(.administer, organization, by: caller)
            let found = try await services.core.userView(organization, user, at: nil, by: caller)
            guard try form.text("confirm")?.lowercased() == UserFacts.confirmation(found).lowercased() else {
                throw Problem.invalid("Nobody was erased: what was entered to confirm is not this person's address.", status: 422)
            }
            return try await services.core.eraseForGood(organization, user, by: caller)
        }
    }

    /// A change of a person's: the page that follows names the event; what is refused is said on the person's own.
    private func change(
        _ request: FrontRequest, _ work: (Identifier, Identifier, Fields, Caller) async throws -> [UInt64]
    ) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let form = try await request.form()
        try services.checkForm(request, form, visitor)
        guard let user = request.parameters["user"].flatMap({ Identifier($0) }) else { throw Problem.notFound }
        do {
            let made = MadeFacts.query(try await work(organization, user, form, visitor.caller))
            let own = try form.one("back") == "user" ? "/\(user)" : ""
            return .redirect(services.url.address("/organizations/\(organization)/users\(own)?\(made)"))
        } catch {
            let problem = Problem(any: error, logger: services.logger)
            if request.acceptsJSON || ![403, 409, 422].contains(problem.status) { throw problem }
            return try await page(request, organization, visitor, user, at: nil, problem: problem)
        }
    }
}
