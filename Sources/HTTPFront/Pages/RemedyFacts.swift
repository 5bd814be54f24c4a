import Identity
import SAML

/// What an administrator does about a login that was refused: what the judgment says of this very response, what is said of the code, and the
/// page where it is done.
struct RemedyFacts {
    let services: Services
    /// The organization's pages that whoever reads this may open.
    let links: [(label: String, address: String)]

    /// - Parameters:
    ///   - code: The refusal's.
    ///   - remedy: What the judgment says to do; nil: nothing, or the response is not to be had any more.
    func facts(_ code: String, remedy: String?) -> [String: Any] {
        var facts: [String: Any] = ["code": code, "help": services.url.address("/help/\(code)")]
        facts["changes"] = services.pages.texts.refusal(code)?.changes ?? []
        let refusal = RefusalCode(rawValue: code)
        if let remedy, !(refusal.map(Self.isSaidToThePerson) ?? false) { facts["remedy"] = remedy }
        if let title = refusal.flatMap(Self.page), let link = links.first(where: { $0.label == title }) {
            facts["page"] = ["href": link.address, "label": PageTitle(english: title)] as [String: Any]
        }
        return facts
    }

    // The checks of whom a response names speak to that person, who signs in and can change nothing else.
    private static func isSaidToThePerson(_ code: RefusalCode) -> Bool {
        switch code {
        case .replayed, .requestUnknown, .requestOtherBrowser, .unsolicitedNotAllowed, .emailDomainNotAllowed, .userNotConverted,
            .userDeactivated, .provisioningDisabled:
            true
        default: false
        }
    }

    // What is mended at the identity provider has its page there.
    private static func page(_ code: RefusalCode) -> String? {
        switch code {
        case .userNotConverted: "Conversion"
        case .userDeactivated: "Users"
        case .emailDomainNotAllowed, .unsolicitedNotAllowed, .provisioningDisabled, .encryptionRequired, .certificateExpired,
            .algorithmForbidden, .notYetValid:
            "Policy"
        case .organizationNotConfigured, .audienceMismatch, .recipientMismatch, .destinationMismatch, .issuerMismatch, .signatureInvalid,
            .certificateUntrusted, .statusNotSuccess:
            "Settings"
        default: nil
        }
    }
}
