import Events
import IdentityLedger

/// The home page as whoever this browser stands for reads it: who that is, and which pages are theirs.
struct HomeFacts {
    let services: Services

    func facts(_ request: FrontRequest) throws -> [String: Any] {
        var facts: [String: Any] = [:]
        if let token = services.sessionToken(request), let session = try services.core.session(token),
            let caller = try services.core.caller(session: token)
        {
            var shown = try pages(session.organization, caller)
            shown["email"] = PersonName.said(email: session.email, user: session.user) ?? ""
            facts["signedIn"] = shown
        }
        if try services.operatorVisitor(request) != nil { facts["operator"] = ["console": PageTitle(english: OperatorWords.console)] }
        let setups = try services.setups(request).map { organization, visitor in
            try pages(organization, visitor.caller).merging(["organization": organization.description]) { $1 }
        }
        if !setups.isEmpty { facts["setups"] = setups }
        return facts
    }

    private func pages(_ organization: Identifier, _ caller: Caller) throws -> [String: Any] {
        var facts: [String: Any] = ["name": try services.core.organizationName(organization) ?? ""]
        let links = services.links(organization, caller).map { link -> [String: Any] in
            ["href": link.address, "label": PageTitle(english: link.label)]
        }
        if !links.isEmpty { facts["linked"] = ["links": links] }
        return facts
    }
}
