/// Why a setup link opens nothing.
enum SetupPhrase: String, Phrase {
    case usedTitle = "This setup link was used"
    case used = "A setup link works once, and this one was used."
    case usedByOthers = "If it wasn't you who used it, say so: they can end what it opened."
    case revokedTitle = "This setup link was revoked"
    case revoked = "Whoever sent this link has revoked it since."
    case expiredTitle = "This setup link is too old"
    case expired = "A setup link works for seven days; this one ended on {day}."
    case askAgain = "Ask whoever sent it for a new one; a new link costs them one click."
    case unknownTitle = "This setup link is not known"
    case unknown = "No such link was made here. Perhaps a mail program cut it, or it was mistyped."
    case copyWhole = "Copy the whole link out of the message, or ask whoever sent it for a new one."

    static let subject = "setup"
}
