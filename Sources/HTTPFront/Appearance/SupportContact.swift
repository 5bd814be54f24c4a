import Events
import Identity

/// Whom people ask: an address that is a link, or a text.
struct SupportContact: Sendable, Hashable {
    let text: String
    /// `mailto:` or https; nil: a text.
    let href: String?

    init?(_ text: String) {
        guard (1...200).contains(text.count), text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else { return nil }
        self.text = text
        if EmailAddress(text) != nil {
            href = "mailto:" + PercentCoding.encode(text).replacing("%40", with: "@")
        } else {
            href = Origin(of: text)?.scheme == "https" ? text : nil
        }
    }
}
