import Events
import IdentityLedger

/// Why a setup link opens nothing, in words.
enum SetupFacts {
    typealias Words = (title: String, status: Int, detail: String, remedy: String)

    /// - Parameter state: One that opens the settings is none of these, and is told as one that is not known.
    static func problem(_ state: SetupLinkState) -> Words {
        let remedy = "Ask whoever sent it for a new one; a new link costs them one click."
        switch state {
        case .used:
            return (
                "This setup link was used", 410, "A setup link works once, and this one was used.",
                remedy + " If it wasn't you who used it, say so: they can end what it opened."
            )
        case .revoked: return ("This setup link was revoked", 410, "Whoever sent this link has revoked it since.", remedy)
        case .expired(let instant):
            return (
                "This setup link is too old", 410, "A setup link works for seven days; this one ended on \(DayWords.day(instant)).", remedy
            )
        case .unknown, .open:
            return (
                "This setup link is not known", 404, "No such link was made here. Perhaps a mail program cut it, or it was mistyped.",
                "Copy the whole link out of the message, or ask whoever sent it for a new one."
            )
        }
    }
}
