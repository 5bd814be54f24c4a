public import Cryptography
public import DevelopmentIdP

/// An identity provider for tests: what a test sets on its response is what the test is about.
public struct TestIdentityProvider: Sendable {
    /// A key with its certificate.
    public struct Pair: Sendable {
        /// The key.
        public let key: PrivateKey
        /// Its certificate, valid from 2020 to 2100.
        public let certificate: Certificate

        /// A pair of both.
        public init(key: PrivateKey, certificate: Certificate) {
            self.key = key
            self.certificate = certificate
        }
    }

    /// Its name.
    public var entityID: String
    /// Where requests go.
    public var singleSignOnURL: String
    /// What signs.
    public var signer: Pair

    /// The usual one, with an RSA key that is made once.
    public static let shared = TestIdentityProvider(signer: pair)
    /// The key of the usual one.
    public static let pair = make(.rsa(bits: 2048))
    /// A P-256 key.
    public static let ecPair = make(.ec(.p256))
    /// A key that nobody trusts.
    public static let stranger = make(.rsa(bits: 2048))

    /// One with another name or key.
    public init(
        entityID: String = "https://idp.example/metadata", singleSignOnURL: String = "https://idp.example/sso", signer: Pair
    ) {
        self.entityID = entityID
        self.singleSignOnURL = singleSignOnURL
        self.signer = signer
    }

    /// A new key with a certificate.
    public static func make(_ kind: PrivateKey.Kind, commonName: String = "idp.example") -> Pair {
        do {
            let key = try PrivateKey.generate(kind)
            let certificate = try key.selfSignedCertificate(
                commonName: commonName, notBefore: 1_577_836_800, notAfter: 4_102_444_800)
            return Pair(key: key, certificate: certificate)
        } catch {
            preconditionFailure("A test's key must be made: \(error.message)")
        }
    }

    /// Its metadata document.
    public var metadata: [UInt8] {
        IdentityProviderDescriptor(entityID: entityID, singleSignOnURL: singleSignOnURL, certificates: [signer.certificate])
            .metadata
    }

    /// The same, signed by a federation's key.
    public func signedMetadata(by federation: Pair) throws(CryptographyError) -> [UInt8] {
        try IdentityProviderDescriptor(entityID: entityID, singleSignOnURL: singleSignOnURL, certificates: [signer.certificate])
            .metadata(signedBy: federation.key, federation.certificate)
    }

    /// A good response, to be changed and built.
    ///
    /// - Parameters:
    ///   - acsURL: Destination and Recipient.
    ///   - seconds: When it is issued, since the Unix epoch.
    ///   - id: Makes the IDs: two responses with one are replays.
    public func builder(
        to acsURL: String, audience: String, at seconds: Int64, email: String = "alice@example.com",
        inResponseTo: String? = nil, id: String = TestIdentityProvider.newID()
    ) -> ResponseBuilder {
        var builder = ResponseBuilder(
            issuer: entityID, destination: acsURL, audience: audience, nameID: email, responseID: "_response\(id)",
            assertionID: "_assertion\(id)", issueInstant: seconds, key: signer.key, certificate: signer.certificate)
        builder.inResponseTo = inResponseTo
        builder.sessionIndex = "_session\(id)"
        builder.attributes = [.init("displayName", ["Alice Example"]), .init("groups", ["staff"])]
        return builder
    }

    /// A response as the form field carries it: base64.
    ///
    /// - Parameter change: What the test is about.
    public func response(
        to acsURL: String, audience: String, at seconds: Int64, email: String = "alice@example.com",
        inResponseTo: String? = nil, id: String = TestIdentityProvider.newID(), misbehaviour: Misbehaviour? = nil,
        _ change: (inout ResponseBuilder) -> Void = { _ in }
    ) throws(CryptographyError) -> [UInt8] {
        var builder = builder(to: acsURL, audience: audience, at: seconds, email: email, inResponseTo: inResponseTo, id: id)
        change(&builder)
        if let misbehaviour { builder = builder.misbehaving(misbehaviour) }
        return Array(try builder.base64().utf8)
    }

    /// 32 hexadecimal digits that were never used.
    public static func newID() -> String {
        randomBytes(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
