public import Cryptography

/// Builds a SAML Response as an identity provider sends it, or as a bad one does.
///
/// Pure: names, instants and keys are given. Only ciphers, RSA-PSS and ECDSA draw random bytes.
/// - Invariant: Everything is written in the form that exclusive C14N gives it, so what is signed is the text itself.
public struct ResponseBuilder: Sendable {
    /// Which elements carry a signature.
    public enum Signing: String, Sendable, CaseIterable {
        case none, assertion, response, both
    }

    /// An attribute of the person.
    public struct Attribute: Sendable, Hashable {
        /// The name, as the identity provider calls it.
        public var name: String
        /// Its values, in their order.
        public var values: [String]

        /// An attribute with its values.
        public init(_ name: String, _ values: [String]) {
            self.name = name
            self.values = values
        }
    }

    /// How the assertion is encrypted (core §6).
    public struct Encryption: Sendable {
        /// The service provider's key.
        public var recipient: PublicKey
        /// The content's cipher.
        public var cipher: ContentCipher
        /// RSA-OAEP's digest.
        public var digest: DigestAlgorithm
        /// The digest of RSA-OAEP's mask; SHA-1 gives `rsa-oaep-mgf1p`, others `rsa-oaep` of XML Encryption 1.1.
        public var maskDigest: DigestAlgorithm

        /// Encryption for a service provider's key.
        public init(
            for recipient: PublicKey, cipher: ContentCipher = .aes256GCM, digest: DigestAlgorithm = .sha1,
            maskDigest: DigestAlgorithm = .sha1
        ) {
            self.recipient = recipient
            self.cipher = cipher
            self.digest = digest
            self.maskDigest = maskDigest
        }
    }

    /// The identity provider's entity ID.
    public var issuer: String
    /// The Response's Destination: the address it is posted to.
    public var destination: String
    /// The bearer confirmation's Recipient.
    public var recipient: String
    /// The service provider's entity ID.
    public var audience: String
    /// The request that it answers; nil: unsolicited.
    public var inResponseTo: String?
    /// The Response's ID.
    public var responseID: String
    /// The Assertion's ID.
    public var assertionID: String
    /// When it is issued, in seconds since the Unix epoch.
    public var issueInstant: Int64
    /// How long it may be used, in seconds.
    public var lifetime: Int64 = 300
    /// How long before ``issueInstant`` it may be used already, in seconds.
    public var earliness: Int64 = 30
    /// When the person authenticated, in seconds since the Unix epoch; nil: at ``issueInstant``.
    public var authnInstant: Int64?
    /// When the session ends, in seconds since the Unix epoch; nil: it is not said.
    public var sessionNotOnOrAfter: Int64?
    /// The session at the identity provider; nil: it is not said.
    public var sessionIndex: String?
    /// The person.
    public var nameID: String
    /// What kind of name that is; nil: it is not said.
    public var nameIDFormat: String? = NameIDFormat.emailAddress
    /// What else is said of the person.
    public var attributes: [Attribute] = []
    /// The status's code. Without success there is no assertion.
    public var status = ResponseBuilder.success
    /// A second status code inside the first.
    public var innerStatus: String?

    /// The key that signs: RSA or ECDSA.
    public var key: PrivateKey
    /// The certificate that KeyInfo carries; nil: no KeyInfo.
    public var certificate: Certificate?
    /// What is signed.
    public var signing = Signing.assertion
    /// The digest of signatures and references.
    public var digest = DigestAlgorithm.sha256
    /// Whether RSA signs with PSS.
    public var usesPSS = false
    /// nil: the assertion goes in the clear.
    public var encryption: Encryption?

    /// Whether the NameID is changed after signing.
    public var isAltered = false
    /// Whether a key that nobody knows signs instead of ``key``.
    public var signsWithStrangersKey = false

    static let success = "urn:oasis:names:tc:SAML:2.0:status:Success"

    /// A good response, unsolicited, with a signed assertion.
    public init(
        issuer: String, destination: String, audience: String, nameID: String, responseID: String, assertionID: String,
        issueInstant: Int64, key: PrivateKey, certificate: Certificate?
    ) {
        self.issuer = issuer
        self.destination = destination
        recipient = destination
        self.audience = audience
        self.nameID = nameID
        self.responseID = responseID
        self.assertionID = assertionID
        self.issueInstant = issueInstant
        self.key = key
        self.certificate = certificate
    }

    /// The document.
    public func xml() throws(CryptographyError) -> [UInt8] {
        let signer = try signer()
        var body = ""
        if status == Self.success {
            var assertion = assertionText(signature: "")
            if signing == .assertion || signing == .both {
                assertion = assertionText(signature: try signer.signature(of: assertion, id: assertionID))
            }
            if let encryption {
                if isAltered { assertion = altered(assertion) }
                assertion = try encryption.encrypted(assertion)
            }
            body = assertion
        }
        var text = responseText(body, signature: "")
        if signing == .response || signing == .both {
            text = responseText(body, signature: try signer.signature(of: text, id: responseID))
        }
        if isAltered && encryption == nil { text = altered(text) }
        return Array(text.utf8)
    }

    /// The document as the form field `SAMLResponse` carries it (bindings §3.5.4).
    public func base64() throws(CryptographyError) -> String { CanonicalText.base64(try xml()) }

    private func signer() throws(CryptographyError) -> Signer {
        var signer = Signer(key: key, certificate: certificate, digest: digest, usesPSS: usesPSS)
        if signsWithStrangersKey { signer.key = try .generate(key.isRSA ? .rsa(bits: 2048) : .ec(.p256)) }
        return signer
    }

    private func altered(_ text: String) -> String {
        let domain = nameID.split(separator: "@").last.map(String.init) ?? "example.com"
        return text.replacing(
            ">\(CanonicalText.content(nameID))</saml:NameID>", with: ">\(CanonicalText.content("mallory@" + domain))</saml:NameID>")
    }
}
