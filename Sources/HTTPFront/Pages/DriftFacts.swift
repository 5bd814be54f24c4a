import Events
import IdentityLedger

/// What is otherwise in an identity provider's responses, as the settings page says it.
enum DriftFacts {
    static func facts(_ drift: ResponseDrift, _ url: PublicURL, _ organization: Identifier) -> [String: Any] {
        [
            "what": words(drift.what), "before": drift.before, "since": drift.since, "first": String(drift.first),
            "firstAt": drift.firstAt.rfc3339Seconds,
            "count": DriftPhrase.count(Int(clamping: drift.count), one: .oneLogin, several: .logins),
            "remedy": drift.remedy, "href": url.address("/organizations/\(organization)/logins/\(drift.first)"),
        ]
    }

    private static func words(_ what: ResponseDrift.What) -> DriftPhrase {
        switch what {
        case .certificate: .certificate
        case .untrustedCertificate: .untrustedCertificate
        case .signatureAlgorithm: .signatureAlgorithm
        case .digestAlgorithm: .digestAlgorithm
        case .signaturePlace: .signaturePlace
        case .encryption: .encryption
        case .issuer: .issuer
        case .nameIDFormat: .nameIDFormat
        case .attributeAppeared: .attributeAppeared
        case .attributeVanished: .attributeVanished
        case .lifetime: .lifetime
        case .sessionEnd: .sessionEnd
        case .clock: .clock
        }
    }
}
