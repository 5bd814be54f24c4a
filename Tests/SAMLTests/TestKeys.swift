import Cryptography
import SAML

/// Keys that are made once for all tests.
enum TestKeys {
    struct Pair: Sendable {
        let key: PrivateKey
        let certificate: Certificate
    }

    static let identityProvider = make(.rsa(bits: 2048))
    static let stranger = make(.rsa(bits: 2048))
    static let weak = make(.rsa(bits: 1024))
    static let elliptic = make(.ec(.p256))
    static let elliptic384 = make(.ec(.p384))
    static let elliptic521 = make(.ec(.p521))
    static let serviceProvider = make(.rsa(bits: 2048))

    static func sign(_ bytes: [UInt8], _ pair: Pair, _ name: String) -> [UInt8] {
        let digest: DigestAlgorithm =
            name.contains("sha512") ? .sha512 : name.contains("sha384") ? .sha384 : name.contains("sha256") ? .sha256 : .sha1
        let algorithm: SignatureAlgorithm =
            name.contains("MGF1") ? .rsaPSS(digest) : name.contains("ecdsa") ? .ecdsa(digest) : .rsaPKCS1(digest)
        return (try? pair.key.sign(bytes, algorithm: algorithm)) ?? [1, 2, 3]
    }

    private static func make(_ kind: PrivateKey.Kind) -> Pair {
        do {
            let key = try PrivateKey.generate(kind)
            let certificate = try key.selfSignedCertificate(
                commonName: "test", notBefore: 1_700_000_000, notAfter: 1_900_000_000)
            return Pair(key: key, certificate: certificate)
        } catch {
            preconditionFailure("a test key can be made: \(error)")
        }
    }
}
