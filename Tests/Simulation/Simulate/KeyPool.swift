import Cryptography
import TestSupport

/// The keys of every life: made once, since making one takes longer than a life's step.
struct KeyPool: Sendable {
    /// When every life begins, in seconds since the Unix epoch.
    static let start: Int64 = 1_795_600_000
    /// The pair whose certificate ends while lives go on.
    static let ending = 4
    /// When it ends.
    static let end = start + 40 * 86_400
    /// The RSA pair, which can sign with SHA-1.
    static let rsa = 3

    /// What identity providers sign with.
    let pairs: [TestIdentityProvider.Pair]
    /// Nobody trusts it.
    let stranger: TestIdentityProvider.Pair
    /// Every organization's own.
    let serviceProvider: PrivateKey

    init() throws {
        var pairs = (0..<3).map { TestIdentityProvider.make(.ec(.p256), commonName: "key \($0)") }
        pairs.append(TestIdentityProvider.make(.rsa(bits: 2048), commonName: "key \(Self.rsa)"))
        let key = try PrivateKey.generate(.ec(.p256))
        let certificate = try key.selfSignedCertificate(
            commonName: "key \(Self.ending)", notBefore: Self.start - 86_400, notAfter: Self.end)
        pairs.append(.init(key: key, certificate: certificate))
        self.pairs = pairs
        stranger = TestIdentityProvider.make(.ec(.p256), commonName: "stranger")
        serviceProvider = try PrivateKey.generate(.rsa(bits: 2048))
    }
}
