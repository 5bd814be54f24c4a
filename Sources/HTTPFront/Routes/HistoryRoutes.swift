import Events
import Hummingbird

/// The pages about logins and events.
struct HistoryRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/organizations/{org}/logins", for: .people, logins)
        table.add(.get, "/organizations/{org}/logins/{sequence}", for: .people, login)
        table.add(.get, "/organizations/{org}/history", for: .people, history)
    }

    private func logins(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let (user, since) = (try request.query.text("user"), try request.query.text("since"))
        let list = try await services.core.logins(
            organization, user: user, since: since, try Page(request.query), by: visitor.caller)
        var facts: [String: Any] = [
            "organization": organization.description, "user": user ?? "", "since": since ?? "",
            "logins": (list["items"]?.arrayValue ?? []).map { login in
                var shown: [String: Any] = [
                    "sequence": String(login["sequence"]?.integerValue ?? 0), "base": services.url.path,
                    "organization": organization.description,
                ]
                for name in ["recordedAt", "outcome", "code", "detail"] { shown[name] = login[name]?.stringValue ?? "" }
                let person = PersonName.text(
                    email: login["email"]?.stringValue, user: login["user"]?.stringValue.flatMap { Identifier($0) })
                shown["email"] = person ?? ""
                if (shown["code"] as? String) == "" { shown["code"] = nil }
                return shown
            },
        ]
        if let next = services.nextPage(
            list, "/organizations/\(organization)/logins", [("user", user), ("since", since)])
        {
            facts["next"] = next
        }
        return .page(
            services.pages.render("logins", title: "Logins", facts, frame: services.frame(organization, visitor)))
    }

    private func login(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        guard let sequence = request.parameters["sequence"].flatMap({ UInt64($0) }) else { throw Problem.notFound }
        let story = try await services.core.explanation(organization, sequence, by: visitor.caller)
        let facts = ExplanationFacts(story: story, url: services.url, organization: organization).facts
        return .page(
            services.pages.render("explanation", title: "Login \(sequence)", facts, frame: services.frame(organization, visitor)))
    }

    private func history(_ request: FrontRequest) async throws -> Response {
        let organization = try services.organization(request)
        let visitor = try await services.visitor(request, of: organization)
        let frame = services.frame(organization, visitor)
        if let at = try request.query.text("at") {
            let state = try await services.core.organization(organization, at: at, by: visitor.caller)
            let facts: [String: Any] = [
                "organization": organization.description, "at": at, "state": IndentedJSON.text(state),
            ]
            return .page(services.pages.render("state", title: "History", facts, frame: frame))
        }
        let query = try EventQuery(request.query)
        let list = try await services.core.events(organization, query, by: visitor.caller)
        var facts: [String: Any] = [
            "organization": organization.description,
            "events": (list["items"]?.arrayValue ?? []).map { event in
                var shown: [String: Any] = [
                    "sequence": String(event["sequence"]?.integerValue ?? 0),
                    "recordedAt": event["recordedAt"]?.stringValue ?? "",
                    "type": event["type"]?.stringValue ?? "", "actor": event["actor"]?["kind"]?.stringValue ?? "",
                    "data": IndentedJSON.text(event["data"] ?? .null), "organization": organization.description,
                    "base": services.url.path,
                ]
                if let origin = event["origin"].flatMap(Self.words) { shown["origin"] = origin }
                return shown
            },
        ]
        let filters = [("type", query.type), ("user", query.user)]
        if let next = services.nextPage(list, "/organizations/\(organization)/history", filters) { facts["next"] = next }
        return .page(services.pages.render("history", title: "History", facts, frame: frame))
    }

    // What an event was taken from; nil: an origin that this program doesn't know.
    private static func words(_ origin: JSON) -> String? {
        switch origin["kind"]?.stringValue {
        case "file": "Taken from a file, whose keyed hash begins with \((origin["digest"]?.stringValue ?? "").prefix(16))."
        case "history": "Brought back as it was after event \(origin["place"]?.integerValue ?? 0)."
        case "ledger":
            "Taken from another ledger, as it was after its event \(origin["place"]?.integerValue ?? 0), with the root hash \((origin["digest"]?.stringValue ?? "").prefix(16))…."
        default: nil
        }
    }
}
