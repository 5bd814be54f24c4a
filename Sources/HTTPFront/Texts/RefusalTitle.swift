/// A code's heading, in the language of the page that shows it.
struct RefusalTitle: Translated {
    let code: String

    func text(in texts: Texts) -> String { texts.refusal(code)?.title ?? code }
}

/// The same within a sentence.
struct RefusalInSentence: Translated {
    let code: String

    func text(in texts: Texts) -> String {
        let english = RefusalTexts.all[code]?.title ?? code
        if let own = texts.refusal(code)?.title, own != english { return own }  // other languages begin other words large
        // Names within it stay as they are written.
        return english.prefix(1).lowercased() + english.dropFirst()
    }
}
