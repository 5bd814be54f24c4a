/// What is otherwise in an identity provider's responses.
enum DriftPhrase: String, Phrase {
    case certificate = "The signing certificate"
    case untrustedCertificate = "A signing certificate that is refused"
    case signatureAlgorithm = "The signature's algorithm"
    case digestAlgorithm = "The digest's algorithm"
    case signaturePlace = "What is signed"
    case encryption = "Encryption"
    case issuer = "The identity provider's name"
    case nameIDFormat = "The NameID's format"
    case attributeAppeared = "A new attribute"
    case attributeVanished = "An attribute that is missing"
    case lifetime = "How long assertions last"
    case sessionEnd = "The session's end"
    case clock = "The identity provider's clock"
    case oneLogin = "one login"
    case logins = "{count} logins"

    static let subject = "drift"
}
