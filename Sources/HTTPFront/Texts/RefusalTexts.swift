import Identity
import SAML

/// The one catalogue of what is said about the contract's codes. `texts.json` of an operator's folder overrides it (docs/branding.md), and
/// docs/refusals is written from it.
enum RefusalTexts {
    /// Every code that an answer can carry, in the contract's order.
    static let codes: [String] = {
        let ofLogins = RefusalCode.allCases.map(\.rawValue)
        return ofLogins + RuleError.Code.allCases.map(\.rawValue).filter { !ofLogins.contains($0) }
    }()

    static let all: [String: RefusalText] =
        [reaching, message, signature, facts, person, administration].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    // Said of whatever an identity provider sent that can't be used: the person did nothing wrong and can change nothing.
    static let unusable = "Your organization's identity provider sent an answer that can't be used here. You did nothing wrong."
    static let onlyAnAdministrator = "Only an administrator can change this. Send them the reference."
    static let startAgain = "Start again from the sign-in page, or from your organization's list of applications."
}
