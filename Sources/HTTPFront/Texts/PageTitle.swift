/// A page's title where a link elsewhere than in the navigation names it.
struct PageTitle: Translated {
    /// One of ``Texts/titles``.
    let english: String

    func text(in texts: Texts) -> String { texts.title(english) }
}
