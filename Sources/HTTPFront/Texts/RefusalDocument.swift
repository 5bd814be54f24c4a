/// The documentation's pages about codes, in Markdown: docs/refusals is written from the catalogue (scripts/refusal-pages).
enum RefusalDocument {
    /// Every file of docs/refusals, by name.
    static var files: [(name: String, text: String)] {
        let texts = Texts()
        let pages = RefusalTexts.codes.compactMap { code in texts.refusal(code).map { ("\(code).md", page(code, $0)) } }
        return [("README.md", index(texts))] + pages
    }

    private static func index(_ texts: Texts) -> String {
        let rows = RefusalTexts.codes.compactMap { code in
            texts.refusal(code).map { "| [`\(code)`](\(code).md) | \($0.title) | \($0.again.phrase.english) |" }
        }
        return """
            # Refusals

            Every code that a login, a page or the administration API can be refused with, and what to do about each. A running server shows the same
            at `{base}/help/CODE`, without signing in; the `type` of an `application/problem+json` answer leads there.

            The page that refuses a login tells the person what happened, whether trying again helps, whom to ask, and a reference to quote. From
            that reference an administrator opens the whole story: `{base}/organizations/ID/logins/REFERENCE`, or
            `identity-ledger explain REFERENCE`. The checks one by one are shown on the person's page only where a key of the configured
            identity provider signed what came: they name what is configured, and anyone can post to a login's address.

            These pages are written from the program's catalogue of texts by `scripts/refusal-pages`.

            | code | what happened | does trying again help? |
            | --- | --- | --- |
            \(rows.joined(separator: "\n"))

            """
    }

    private static func page(_ code: String, _ text: RefusalText) -> String {
        var lines = ["# \(text.title)", "", "Code: `\(code)`", ""]
        if let happened = text.happened { lines += [happened, ""] }
        lines += ["**For the person.** \(text.person) Does trying again help? \(text.again.phrase.english)", ""]
        lines += ["## How it comes about", ""] + text.causes.map { "- \($0)" } + [""]
        lines += ["## What an administrator changes", ""] + text.changes.map { "- \($0)" } + [""]
        let products = HelpFacts.products(code)
        if !products.isEmpty { lines += ["## In the products' own words", ""] + products.map { "- \(escaped($0))" } + [""] }
        lines += ["[All codes](README.md)", ""]
        return lines.joined(separator: "\n")
    }

    // What would be an element of HTML in Markdown.
    private static func escaped(_ text: String) -> String { text.replacing("<", with: "\\<") }
}
