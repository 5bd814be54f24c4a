import Hummingbird
import Mustache
import SAML

/// Renders pages from their templates and facts.
struct Pages: Sendable {
    private let library: MustacheLibrary
    private let base: String

    /// - Parameter base: The public URL's path, before every link.
    /// - Throws: Where a template of ours doesn't parse.
    init(base: String) throws {
        var library = MustacheLibrary()
        for template in Templates.all { try library.register(template.text, named: template.name) }
        self.library = library
        self.base = base
    }

    /// - Parameter facts: Strings, numbers, truth values, arrays and dictionaries of them; nothing optional.
    func render(_ template: String, title: String, _ facts: [String: Any] = [:], frame: Frame = Frame()) -> String {
        var facts = facts
        facts["base"] = base
        var outer: [String: Any] = ["title": title, "base": base]
        outer["body"] = library.render(facts, withTemplate: template) ?? ""
        if !frame.links.isEmpty {
            var nav: [String: Any] = ["base": base]
            nav["links"] = frame.links.map {
                ["href": $0.address, "label": $0.label, "current": $0.label == title] as [String: Any]
            }
            if let name = frame.name { nav["name"] = name }
            outer["nav"] = nav
        }
        if let notice = frame.notice { outer["notice"] = notice }
        if let problem = frame.problem {
            var shown: [String: Any] = ["detail": problem.detail, "code": problem.code]
            if let remedy = problem.remedy { shown["remedy"] = remedy }
            outer["problem"] = shown
        }
        return library.render(outer, withTemplate: "layout") ?? ""
    }

    /// A page that needs no server: its styles stand in it.
    func document(_ template: String, title: String, _ facts: [String: Any]) -> String {
        let body = library.render(facts, withTemplate: template) ?? ""
        return library.render(["title": title, "css": Templates.css, "body": body], withTemplate: "document") ?? ""
    }

    /// What stands around a page's content.
    struct Frame: Sendable {
        /// Whose pages these are.
        var name: String?
        var links: [(label: String, address: String)] = []
        var notice: String?
        var problem: Problem?
    }

    /// The page that tells a person what happened, what to do, and the reference.
    func problem(_ problem: Problem) -> Response {
        var facts: [String: Any] = ["detail": problem.detail, "code": problem.code]
        if let remedy = problem.remedy { facts["remedy"] = remedy }
        if let reference = problem.reference { facts["reference"] = String(reference) }
        if !problem.steps.isEmpty {
            facts["checked"] = [
                "steps": problem.steps.map { ["name": $0.name, "ok": $0.ok, "detail": $0.detail, "section": $0.section] as [String: Any] }
            ]
        }
        var response = Response.page(
            render("refused", title: problem.title, facts), status: .init(code: problem.status))
        problem.apply(to: &response)
        return response
    }

    /// A form that posts itself.
    func post(to action: String, _ fields: [(name: String, value: String)], title: String, text: String) -> Response {
        .page(
            render(
                "post", title: title,
                [
                    "action": action, "text": text, "fields": fields.map { ["name": $0.name, "value": $0.value] },
                ]))
    }
}
