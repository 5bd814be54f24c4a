import Events
import Hummingbird
import IdentityLedger

/// The page of what a change would do, which asks whether to go on.
struct Consequences: Sendable {
    let services: Services

    /// What the page sends where its reader goes on.
    struct Question {
        var fields: [(name: String, value: String)]
        /// Below the organization's pages.
        var action: String
        /// The fields may be longer than a form of fields alone is read.
        var isLarge = false
        var notice: (any Said)?
    }

    /// - Parameter wasAskedFor: Else it stands in the way of saving: nothing was saved, since it would lock somebody out.
    /// - Throws: `conflict` for programs, in its place.
    func page(
        _ told: ConsequenceFacts.Told, _ ask: Question, _ organization: Identifier, _ visitor: Services.Visitor, _ request: FrontRequest,
        wasAskedFor: Bool
    ) throws -> Response {
        if !wasAskedFor, request.acceptsJSON {
            guard told.consequence.locksOut else {
                throw Problem(
                    "conflict", status: 409, "The settings were changed meanwhile, so nothing was saved.",
                    remedy: "Read them again, and send the change anew.")
            }
            let people = told.consequence.lockedOut.reduce(0) { $0 + $1.people.count }
            throw Problem(
                "conflict", status: 409,
                "\(people == 1 ? "One person who logged in" : "\(people) people who logged in") lately would be locked out, so nothing was saved.",
                remedy: "Look at the preview; what is to be saved all the same, the page or the administration API saves.")
        }
        let page = String(ask.action.prefix { $0 != "/" && $0 != "?" })
        var shown = ConsequenceFacts(url: services.url, organization: organization).facts(told, back: page)
        shown["action"] = services.url.address("/organizations/\(organization)/\(ask.action)")
        shown["encoding"] = ask.isLarge ? "multipart/form-data" : "application/x-www-form-urlencoded"
        shown["fields"] = ([("form", services.formToken(visitor))] + ask.fields).map { ["name": $0.0, "value": $0.1] }
        let frame = services.frame(organization, visitor, notice: ask.notice)
        return .page(
            services.pages.render("consequence", title: "What this would change", shown, frame: frame),
            status: wasAskedFor ? .ok : .conflict)
    }
}
