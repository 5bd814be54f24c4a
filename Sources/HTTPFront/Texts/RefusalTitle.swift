/// A code's heading, in the language of the page that shows it.
struct RefusalTitle: Translated {
    let code: String

    func text(in texts: Texts) -> String { texts.refusal(code)?.title ?? code }
}
