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
        if request.acceptsJSON, let problem = query.problem { throw problem }
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
        let frame = services.frame(organization, visitor, problem: query.problem)
        return .page(services.pages.render("users", title: "Users", facts, frame: frame), query.problem)
    }

    private func user(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        guard let id = request.parameters["user"].flatMap({ Identifier($0) }) else { throw Problem.notFound }
        guard let at = try request.query.typed("at") else {
            return try await page(request, organization, visitor, id, at: nil)
        }
        do {
            return try await page(request, organization, visitor, id, at: try TypedMoment(at))
        } catch {
            let refused = try RefusedInput(error, of: request, logger: services.logger)
            return try await page(request, organization, visitor, id, at: nil, problem: refused.problem)
        }
    }

    private func page(
        _ request: FrontRequest, _ organization: Identifier, _ visitor: Services.Visitor, _ id: Identifier, at: TypedMoment?,
        problem: Problem? = nil, ask: [String: Any]? = nil
    ) async throws -> Response {
        let user = try await user(organization, id, at: at, by: visitor.caller)
        var facts = try facts(organization, visitor).page(user, then: at?.shown)
        if let problem, problem.field != nil {
            facts["at"] = try request.query.one("at") ?? ""
            facts.merge(problem.fieldFacts) { $1 }
        }
        if (try? services.core.check(.read, organization, by: visitor.caller)) != nil {
            facts["past"] = try await past(organization, id, visitor.caller)
        }
        try add(made: request, organization, visitor, to: &facts)
        if let ask { facts["ask"] = ask }
        let frame = services.frame(organization, visitor, problem: problem)
        return .page(
            services.pages.render("person", title: "User", facts, frame: frame), status: .init(code: problem?.status ?? 200))
    }

    private func user(_ organization: Identifier, _ id: Identifier, at: TypedMoment?, by caller: Caller) async throws -> UserView {
        do {
            return try await services.core.userView(organization, id, at: at?.text, by: caller)
        } catch {
            guard let at else { throw error }
            throw Problem(any: error, logger: services.logger).about(at, before: .beforePerson)
        }
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
        if let problem = query.problem { throw problem }
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
        try await change(request, asking: { try $0.lowering() }) { organization, user, form, caller in
            guard let account = try form.one("account").flatMap({ Identifier($0) }),
                let role = try form.one("role").flatMap({ Role(name: $0) })
            else { throw Problem.invalid("Choose an account and a role.", status: 422) }
            return try await services.core.changeRole(organization, user, account: account, role: role, by: caller)
        }
    }

    private func setActive(_ request: FrontRequest) async throws -> Response {
        try await change(request, asking: { try $0.deactivating() }) { organization, user, form, caller in
            guard let active = try form.one("active"), ["true", "false"].contains(active) else {
                throw Problem.invalid("Nothing was changed: the field “active” is neither true nor false.", status: 422)
            }
            return try await services.core.changeActive(organization, user, active == "true", by: caller)
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
    ///
    /// - Parameter question: What whoever takes rights from themselves is asked once; nil: nothing.
    private func change(
        _ request: FrontRequest, asking question: (OwnRightsFacts) throws -> [String: Any]? = { _ in nil },
        _ work: (Identifier, Identifier, Fields, Caller) async throws -> [UInt64]
    ) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let form = try await request.form()
        try services.checkForm(request, form, visitor)
        guard let user = request.parameters["user"].flatMap({ Identifier($0) }) else { throw Problem.notFound }
        do {
            let ask = try OwnRightsFacts(visitor.caller, user, form).flatMap(question)
            if let ask, try form.one(OwnRightsFacts.answer) == nil {
                return try await page(request, organization, visitor, user, at: nil, ask: ask)
            }
            let made = MadeFacts.query(try await work(organization, user, form, visitor.caller))
            // These pages may be somebody else's by now.
            if ask != nil { return .redirect(services.url.address("/")) }
            let own = try form.one("back") == "user" ? "/\(user)" : ""
            return .redirect(services.url.address("/organizations/\(organization)/users\(own)?\(made)"))
        } catch {
            let problem = Problem(any: error, logger: services.logger)
            if request.acceptsJSON || ![403, 409, 422].contains(problem.status) { throw problem }
            return try await page(request, organization, visitor, user, at: nil, problem: problem)
        }
    }
}
