import Events
import Hummingbird
import IdentityLedger

/// The page about conversion: its stages, and what is done at each.
struct ConversionRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/conversion", for: .people) { request in
            let organization = try services.organization(request)
            let visitor = try await services.visitor(request, of: organization)
            return try await page(request, organization, visitor, problem: nil)
        }
        table.add(.post, "/organizations/{org}/conversion", for: .people, convert)
    }

    private func page(
        _ request: FrontRequest, _ organization: Identifier, _ visitor: Services.Visitor, problem: Problem?
    ) async throws -> Response {
        let conversion = try await services.core.conversion(organization, by: visitor.caller)
        let query = try UserQuery(request.query, services.url.address("/organizations/\(organization)/conversion"), text: "find")
        let problem = problem ?? query.problem
        if request.acceptsJSON, let problem { throw problem }
        let users = try await services.core.users(organization, query.selection, page: query.page, by: visitor.caller)
        let words = ConversionFacts(url: services.url, organization: organization, conversion: conversion)
        var facts = words.facts(ask: try request.query.text("ask"))
        facts["form"] = services.formToken(visitor)
        facts["find"] = query.selection.text ?? ""
        facts["filters"] = [query.methods]
        facts["users"] = users.users.map(words.row)
        facts.merge(PageFacts.facts(users, query.listing, anchor: "#people")) { $1 }
        let made = MadeFacts(services: services, organization: organization, caller: visitor.caller)
        if let shown = try made.facts(request.query) { facts["made"] = shown }
        let frame = services.frame(organization, visitor, problem: problem)
        return .page(
            services.pages.render("conversion", title: "Conversion", facts, frame: frame),
            status: .init(code: problem?.status ?? 200))
    }

    private func convert(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let form = try await request.form()
        try services.checkForm(request, form, visitor)
        let emails = try form.text("email").map { [$0] }
        let made: [UInt64]
        do {
            switch try form.one("do") {
            case let one? where ["one", "revert"].contains(one):
                // Everyone is asked for in so many words, never by a field that was left empty.
                guard let emails else { throw Problem.invalid("Fill in an e-mail address.", status: 422) }
                made =
                    one == "one"
                    ? try await services.core.convertUsers(organization, emails: emails, by: visitor.caller)
                    : try await services.core.revertUsers(organization, emails: emails, by: visitor.caller)
            case "all": made = try await services.core.convertUsers(organization, emails: nil, by: visitor.caller)
            case "revert-all": made = try await services.core.revertUsers(organization, emails: nil, by: visitor.caller)
            default: throw Problem.invalid("This form is not known.", status: 422)
            }
        } catch {
            let problem = Problem(any: error, logger: services.logger)
            if request.acceptsJSON || problem.status == 401 || problem.status == 403 { throw problem }
            return try await page(request, organization, visitor, problem: problem)
        }
        return .redirect(services.url.address("/organizations/\(organization)/conversion?\(MadeFacts.query(made))"))
    }
}
