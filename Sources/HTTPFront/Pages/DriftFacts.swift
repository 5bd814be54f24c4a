import Events
import IdentityLedger

/// What is otherwise in an identity provider's responses, as the settings page says it.
enum DriftFacts {
    static func facts(_ drift: ResponseDrift, _ url: PublicURL, _ organization: Identifier) -> [String: Any] {
        [
            "what": words(drift.what), "before": drift.before, "since": drift.since, "first": String(drift.first),
            "firstAt": drift.firstAt.rfc3339Seconds, "count": drift.count == 1 ? "one login" : "\(drift.count) logins",
            "remedy": drift.remedy, "href": url.address("/organizations/\(organization)/logins/\(drift.first)"),
        ]
    }

    private static func words(_ what: ResponseDrift.What) -> String {
        switch what {
        case .certificate: "The signing certificate"
        case .untrustedCertificate: "A signing certificate that is refused"
        case .signatureAlgorithm: "The signature's algorithm"
        case .digestAlgorithm: "The digest's algorithm"
        case .signaturePlace: "What is signed"
        case .encryption: "Encryption"
        case .issuer: "The identity provider's name"
        case .nameIDFormat: "The NameID's format"
        case .attributeAppeared: "A new attribute"
        case .attributeVanished: "An attribute that is missing"
        case .lifetime: "How long assertions last"
        case .sessionEnd: "The session's end"
        case .clock: "The identity provider's clock"
        }
    }
}
