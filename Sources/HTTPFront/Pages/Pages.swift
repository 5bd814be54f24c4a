import Events
import Hummingbird
import Mustache

/// Renders pages from their templates and facts.
struct Pages: Sendable {
    private let library: MustacheLibrary
    private let base: String
    let appearance: Appearance
    let assets: Assets

    /// - Parameters:
    ///   - base: The public URL's path, before every link.
    ///   - appearance: The vendor's name and colours, and the operator's own templates and texts.
    /// - Throws: Where a template doesn't parse.
    init(base: String, appearance: Appearance = Appearance()) throws {
        var library = MustacheLibrary()
        for template in Templates.all {
            try library.register(PageContent.pragma + (appearance.templates[template.name] ?? template.text), named: template.name)
        }
        self.library = library
        self.base = base
        self.appearance = appearance
        assets = Assets(appearance)
    }

    var texts: Texts { appearance.texts }

    /// - Parameters:
    ///   - title: In English, one of ``Texts/titles``, or a phrase.
    ///   - facts: Strings, phrases, numbers, truth values, arrays and dictionaries of them; nothing optional.
    func render(_ template: String, title: any Said, _ facts: [String: Any] = [:], frame: Frame = Frame()) -> String {
        Texts.$spoken.withValue(texts) { rendered(template, title, facts, frame) }
    }

    private func rendered(_ template: String, _ title: any Said, _ facts: [String: Any], _ frame: Frame) -> String {
        let page = title as? String
        var facts = facts
        facts["base"] = base
        var outer: [String: Any] = ["title": page.map(texts.title) ?? title.text(in: texts), "base": base, "lang": texts.language]
        (outer["styles"], outer["script"]) = (base + assets.styles.address, base + assets.script.address)
        if let brand { outer["brand"] = brand }
        outer["body"] = library.render(facts, withTemplate: template) ?? ""
        if !frame.links.isEmpty {
            var nav: [String: Any] = ["base": base]
            nav["links"] = frame.links.map {
                ["href": $0.address, "label": texts.title($0.label), "current": $0.label == page] as [String: Any]
            }
            if let name = frame.name { nav["name"] = name }
            if let setup = frame.setup { nav["setup"] = ["organization": setup.description] }
            outer["nav"] = nav
        }
        if let notice = frame.notice { outer["notice"] = notice }
        if let problem = frame.problem {
            var shown: [String: Any] = ["code": problem.code]
            if let field = problem.field {
                shown["entered"] = ["text": field.phrase, "field": field.name] as [String: Any]
            } else {
                // What the core says, which is English.
                (shown["detail"], shown["english"]) = (problem.detail, true)
                if let remedy = problem.remedy { shown["remedy"] = remedy }
                if texts.language != Texts().language, let text = texts.refusal(problem.code) { shown["heading"] = text.title }
            }
            outer["problem"] = shown
        }
        return library.render(outer, withTemplate: "layout") ?? ""
    }

    /// A page that needs no server: its styles stand in it.
    func document(_ template: String, title: any Said, _ facts: [String: Any]) -> String {
        Texts.$spoken.withValue(texts) {
            let body = library.render(facts, withTemplate: template) ?? ""
            return library.render(
                ["title": title.text(in: texts), "lang": texts.language, "css": Templates.css, "body": body], withTemplate: "document")
                ?? ""
        }
    }

    // Whose service this is, above every page.
    private var brand: [String: Any]? {
        guard appearance.name != nil || appearance.logo != nil else { return nil }
        var brand: [String: Any] = ["home": base + "/"]
        if let name = appearance.name { brand["name"] = name }
        // Beside the name, the picture says nothing more.
        if let logo = assets.logo {
            brand["logo"] = ["src": base + logo.address, "alt": appearance.name == nil ? SignInPhrase.home.text(in: texts) : ""]
        }
        return brand
    }

    /// What stands around a page's content.
    struct Frame: Sendable {
        /// Whose pages these are.
        var name: (any Said)?
        var links: [(label: String, address: String)] = []
        /// Whose setup session opened them, and can be ended; nil: whoever is here signed in.
        var setup: Identifier?
        var notice: (any Said)?
        var problem: Problem?
    }

    /// The page that tells a person what happened, whether trying again helps, whom to ask, and the reference.
    func problem(_ problem: Problem, frame: Frame = Frame()) -> Response {
        let facts = RefusalFacts(problem: problem, appearance: appearance, base: base, isFramed: !frame.links.isEmpty)
        let page = render("refused", title: facts.title, facts.facts, frame: frame)
        var response = Response.page(page, status: .init(code: problem.status))
        problem.apply(to: &response)
        return response
    }

    /// A form that posts itself.
    func post(to action: String, _ fields: [(name: String, value: String)], title: String, text: any Said) -> Response {
        .page(
            render(
                "post", title: title,
                [
                    "action": action, "text": text, "fields": fields.map { ["name": $0.name, "value": $0.value] },
                ]))
    }
}
