/// A page's title, said elsewhere than at its head.
struct PageTitle: Translated {
    /// One of ``Texts/titles``.
    let english: String

    func text(in texts: Texts) -> String { texts.title(english) }
}
