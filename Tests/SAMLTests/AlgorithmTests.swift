import Cryptography
import Testing

@testable import SAML

@Suite struct `C19 A signature` {
    @Test(arguments: ["sha256", "sha384", "sha512"])
    func `of RSA, RSA-PSS and ECDSA is accepted`(_ digest: String) {
        for (name, key) in [
            ("http://www.w3.org/2001/04/xmldsig-more#rsa-\(digest)", TestKeys.identityProvider),
            ("http://www.w3.org/2007/05/xmldsig-more#\(digest)-rsa-MGF1", TestKeys.identityProvider),
            ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-\(digest)", TestKeys.elliptic),
            ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-\(digest)", TestKeys.elliptic384),
            ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-\(digest)", TestKeys.elliptic521),
        ] {
            var sample = Sample()
            sample.algorithm = name
            sample.key = key
            sample.digestAlgorithm =
                digest == "sha384" ? "http://www.w3.org/2001/04/xmldsig-more#sha384" : "http://www.w3.org/2001/04/xmlenc#\(digest)"
            var facts = Sample.facts()
            // Several keys: the one that fits is found.
            facts.identityProvider = TrustedIdentityProvider(
                entityID: Sample.entityID, certificates: [TestKeys.stranger.certificate, key.certificate])
            #expect(Sample.code(sample.xml(), facts) == "accepted", "\(name)")
        }
    }

    @Test func `of a key below 2048 bits is too weak`() {
        var sample = Sample()
        sample.key = TestKeys.weak
        var facts = Sample.facts()
        facts.identityProvider = TrustedIdentityProvider(entityID: Sample.entityID, certificates: [TestKeys.weak.certificate])
        #expect(Sample.code(sample.xml(), facts) == "key_too_weak")
    }

    @Test func `C21 of another kind of key than the configured one is invalid`() {
        var sample = Sample()
        sample.algorithm = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
        sample.key = TestKeys.elliptic
        #expect(Sample.code(sample.xml()) == "signature_invalid")
    }
}
