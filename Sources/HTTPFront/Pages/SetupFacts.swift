import Events
import IdentityLedger

/// Why a setup link opens nothing, in words.
enum SetupFacts {
    typealias Words = (title: SetupPhrase, status: Int, detail: any Said, remedy: any Said)

    /// - Parameter state: One that opens the settings is none of these, and is told as one that is not known.
    static func problem(_ state: SetupLinkState) -> Words {
        switch state {
        case .used: (.usedTitle, 410, SetupPhrase.used, Passage(parts: [SetupPhrase.askAgain, SetupPhrase.usedByOthers]))
        case .revoked: (.revokedTitle, 410, SetupPhrase.revoked, SetupPhrase.askAgain)
        case .expired(let instant):
            (.expiredTitle, 410, SetupPhrase.expired(["day": DayWords.date(instant)]), SetupPhrase.askAgain)
        case .unknown, .open: (.unknownTitle, 404, SetupPhrase.unknown, SetupPhrase.copyWhole)
        }
    }
}
