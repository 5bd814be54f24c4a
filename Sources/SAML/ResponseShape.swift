import Cryptography
public import Events

/// What a response looks like, of verified bytes alone: how it is signed and what it holds, and nothing of whom it is about.
public struct ResponseShape: Sendable, Hashable {
    /// The certificate whose key verified; 32 bytes.
    public var certificateSHA256: [UInt8]
    /// `RSA-SHA256`, `ECDSA-SHA256`, `RSA-PSS-SHA256`, and so on.
    public var signatureAlgorithm: String
    /// `SHA256`, and so on.
    public var digestAlgorithm: String
    /// `response`, `assertion`, or `both`.
    public var signed: String
    /// The content's cipher and the key's digest; nil: the assertion came in the clear.
    public var encryption: String?
    /// As received; nil: none is said, or there is no NameID.
    public var nameIDFormat: String?
    /// The attributes' names: the first 256 that come.
    public var attributes: Set<String>
    /// The identity provider's entity ID.
    public var issuer: String
    /// When the assertion was issued, by the identity provider's clock.
    public var issuedAt: Instant
    /// From there to its end, in seconds; nil: no end is said.
    public var lifetimeSeconds: Int64?
    /// Whether it says when the session ends.
    public var saysSessionEnd: Bool

    /// A shape of these.
    public init(
        certificateSHA256: [UInt8], signatureAlgorithm: String, digestAlgorithm: String, signed: String, encryption: String? = nil,
        nameIDFormat: String? = nil, attributes: Set<String> = [], issuer: String, issuedAt: Instant, lifetimeSeconds: Int64? = nil,
        saysSessionEnd: Bool = false
    ) {
        self.certificateSHA256 = certificateSHA256
        self.signatureAlgorithm = signatureAlgorithm
        self.digestAlgorithm = digestAlgorithm
        self.signed = signed
        self.encryption = encryption
        self.nameIDFormat = nameIDFormat
        self.attributes = attributes
        self.issuer = issuer
        self.issuedAt = issuedAt
        self.lifetimeSeconds = lifetimeSeconds
        self.saysSessionEnd = saysSessionEnd
    }
}

/// An assertion, and what its verification rested on.
struct VerifiedAssertion {
    let assertion: Assertion
    /// What was verified and holds it: itself, or the Response.
    let element: VerifiedElement
    /// nil: the Response isn't signed.
    let response: VerifiedElement?
    let assertionIsSigned: Bool
    let place: AssertionPlace
}

extension ResponseShape {
    // A document has room for thousands, and every response is held against every other.
    private static let mostAttributes = 256

    init?(_ heard: VerifiedAssertion) {
        let assertion = heard.assertion
        guard let issuedAt = try? SAML.instant(assertion.element, "IssueInstant") else { return nil }
        let ends = [assertion.conditions?.notOnOrAfter] + assertion.confirmations.map(\.notOnOrAfter)
        self.init(
            certificateSHA256: heard.element.certificate.sha256, signatureAlgorithm: heard.element.signature.shortName,
            digestAlgorithm: heard.element.digest.shortName,
            signed: heard.response == nil ? "assertion" : heard.assertionIsSigned ? "both" : "response",
            encryption: Self.encryption(heard.place), nameIDFormat: assertion.nameIDFormat,
            attributes: Set(assertion.rawAttributes.prefix(Self.mostAttributes).map(\.name)), issuer: assertion.issuer, issuedAt: issuedAt,
            lifetimeSeconds: ends.compactMap { $0 }.first.map { $0.seconds(after: issuedAt) },
            saysSessionEnd: assertion.sessionNotOnOrAfter != nil)
    }

    private static func encryption(_ place: AssertionPlace) -> String? {
        guard case .encrypted(let element) = place, let parts = try? EncryptedParts(reading: element) else { return nil }
        let cipher = parts.cipher.name.split(separator: "#").last.map(String.init) ?? parts.cipher.name
        return "\(cipher), RSA-OAEP with \(parts.oaepDigest.shortName)"
    }
}

extension Instant {
    /// Whole seconds from another one to this; negative where this is the earlier one.
    public func seconds(after other: Instant) -> Int64 {
        let (later, earlier) = (max(nanoseconds, other.nanoseconds), min(nanoseconds, other.nanoseconds))
        let seconds = Int64(clamping: (later - earlier) / 1_000_000_000)
        return self < other ? -seconds : seconds
    }
}

extension SignatureAlgorithm {
    fileprivate var shortName: String {
        switch self {
        case .rsaPKCS1(let digest): "RSA-\(digest.shortName)"
        case .rsaPSS(let digest): "RSA-PSS-\(digest.shortName)"
        case .ecdsa(let digest): "ECDSA-\(digest.shortName)"
        }
    }
}

extension DigestAlgorithm {
    fileprivate var shortName: String { rawValue.uppercased() }
}
