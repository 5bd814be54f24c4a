import Events
import Hummingbird
import Identity
import IdentityLedger

/// The pages about users and their conversion.
struct PeopleRoutes: Sendable {
    let services: Services
    private static let roles = ["none", "member", "administrator", "owner"]

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/users", for: .people, users)
        table.add(.post, "/organizations/{org}/users/{user}/role", for: .people, setRole)
        table.add(.post, "/organizations/{org}/users/{user}/active", for: .people, setActive)
        table.add(.get, "/organizations/{org}/conversion", for: .people, conversion)
        table.add(.post, "/organizations/{org}/conversion", for: .people, convert)
    }

    private func users(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let email = try request.query.text("email")
        let list = try await services.core.users(organization, email: email, try Page(request.query), by: visitor.caller)
        let accounts = try services.core.administeredAccounts(organization, by: visitor.caller)
        let form = services.formToken(visitor)
        var facts: [String: Any] = [
            "organization": organization.description, "email": email ?? "",
            "users": (list["items"]?.arrayValue ?? []).map { user in
                let id = user["id"]?.stringValue ?? ""
                return [
                    "id": id, "form": form, "organization": organization.description, "base": services.url.path,
                    "email": user["email"]?.stringValue ?? "", "name": user["name"]?.stringValue ?? "",
                    "signInMethod": user["signInMethod"]?.stringValue ?? "",
                    "lastLoginAt": user["lastLoginAt"]?.stringValue ?? "never",
                    "active": user["active"]?.boolValue ?? false,
                    "roles": accounts.map { account in
                        roleFacts(user, id, account, form: form, organization: organization)
                    },
                ] as [String: Any]
            },
        ]
        if let next = services.nextPage(list, "/organizations/\(organization)/users", [("email", email)]) {
            facts["next"] = next
        }
        return .page(
            services.pages.render(
                "users", title: "Users", facts,
                frame: services.frame(organization, visitor, notice: try notice(request))))
    }

    private func roleFacts(
        _ user: JSON, _ id: String, _ account: AccountView, form: String, organization: Identifier
    ) -> [String: Any] {
        let role = user["roles"]?[account.id.description]?.stringValue ?? "none"
        return [
            "user": id, "account": account.id.description, "accountName": account.name, "form": form,
            "base": services.url.path,
            "organization": organization.description,
            "choices": Self.roles.map { ["value": $0, "label": $0, "selected": $0 == role] as [String: Any] },
        ]
    }

    private func notice(_ request: FrontRequest) throws -> String? {
        try request.query.one("done") == nil ? nil : "Done."
    }

    private func setRole(_ request: FrontRequest) async throws -> Response {
        let (organization, user, visitor, form) = try await change(request)
        guard let account = try form.one("account").flatMap({ Identifier($0) }), let role = try form.one("role") else {
            throw Problem.invalid("Choose an account and a role.", status: 422)
        }
        _ = try await services.core.setRole(organization, user, account: account, role: role, by: visitor.caller)
        return .redirect(services.url.address("/organizations/\(organization)/users?done=1"))
    }

    private func setActive(_ request: FrontRequest) async throws -> Response {
        let (organization, user, visitor, form) = try await change(request)
        _ = try await services.core.setActive(organization, user, try form.one("active") == "true", by: visitor.caller)
        return .redirect(services.url.address("/organizations/\(organization)/users?done=1"))
    }

    private func change(_ request: FrontRequest) async throws -> (Identifier, Identifier, Services.Visitor, Fields) {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let form = try await request.form()
        try services.checkForm(request, form, visitor)
        guard let user = request.parameters["user"].flatMap({ Identifier($0) }) else { throw Problem.notFound }
        return (organization, user, visitor, form)
    }

    private func conversion(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        return try await conversion(request, organization, visitor, problem: nil)
    }

    private func conversion(
        _ request: FrontRequest, _ organization: Identifier, _ visitor: Services.Visitor, problem: Problem?
    ) async throws -> Response {
        let conversion = try await services.core.conversion(organization, by: visitor.caller)
        let list = try await services.core.users(organization, email: nil, try Page(request.query), by: visitor.caller)
        let users = list["items"]?.arrayValue ?? []
        var facts: [String: Any] = [
            "organization": organization.description, "form": services.formToken(visitor),
            "count": String(conversion.passwordUsers + conversion.ssoUsers),
            "ssoCount": String(conversion.ssoUsers), "passwordCount": String(conversion.passwordUsers),
            "tested": conversion.isTested,
            "loginURL": services.url.address("/saml/login?org=\(organization)"),
            "users": users.map { user in
                [
                    "email": user["email"]?.stringValue ?? "", "signInMethod": user["signInMethod"]?.stringValue ?? "",
                    "lastLoginAt": user["lastLoginAt"]?.stringValue ?? "never",
                ]
            },
        ]
        if let next = services.nextPage(list, "/organizations/\(organization)/conversion", []) { facts["next"] = next }
        let frame = services.frame(organization, visitor, notice: try notice(request), problem: problem)
        return .page(
            services.pages.render("conversion", title: "Conversion", facts, frame: frame),
            status: .init(code: problem?.status ?? 200))
    }

    private func convert(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let form = try await request.form()
        try services.checkForm(request, form, visitor)
        let email = try form.text("email")
        do {
            switch try form.one("do") {
            case "one":
                guard let email else { throw Problem.invalid("Fill in an e-mail address.", status: 422) }
                _ = try await services.core.convert(organization, emails: [email], force: false, by: visitor.caller)
            case "all": _ = try await services.core.convert(organization, emails: nil, force: false, by: visitor.caller)
            case "revert":
                _ = try await services.core.revert(organization, emails: email.map { [$0] }, by: visitor.caller)
            default: throw Problem.invalid("This form is not known.", status: 422)
            }
        } catch {
            let problem = Problem(any: error, logger: services.logger)
            if request.acceptsJSON || problem.status == 401 || problem.status == 403 { throw problem }
            return try await conversion(request, organization, visitor, problem: problem)
        }
        return .redirect(services.url.address("/organizations/\(organization)/conversion?done=1"))
    }
}
