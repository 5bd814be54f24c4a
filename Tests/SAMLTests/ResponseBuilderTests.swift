import Cryptography
import DevelopmentIdP
import Events
import SAML
import TestSupport
import Testing

@Suite struct `A response of the development identity provider` {
    private static let acs = "https://sp.example/saml/acs?org=1"
    private static let audience = "https://sp.example/saml/login?org=1"
    private static let seconds: Int64 = 1_795_600_000
    private static let service = TestIdentityProvider.make(.rsa(bits: 2048))

    private func code(
        _ provider: TestIdentityProvider, _ misbehaviour: Misbehaviour? = nil, _ change: (inout ResponseBuilder) -> Void = { _ in }
    ) throws -> String {
        let response = try provider.response(
            to: Self.acs, audience: Self.audience, at: Self.seconds, misbehaviour: misbehaviour, change)
        let facts = JudgmentFacts(
            acsURLs: [Self.acs], serviceProviderEntityID: Self.audience,
            identityProvider: .init(entityID: provider.entityID, certificates: [provider.signer.certificate]),
            decryptionKeys: [Self.service.key], instant: Instant(seconds: UInt64(Self.seconds)))
        switch judge(response: try decodeResponseField(response).get(), facts).outcome {
        case .accepted: return "accepted"
        case .refused(let refusal): return refusal.code.rawValue
        }
    }

    @Test(arguments: ResponseBuilder.Signing.allCases, [DigestAlgorithm.sha256, .sha384, .sha512])
    func `is accepted as soon as something is signed`(_ signing: ResponseBuilder.Signing, _ digest: DigestAlgorithm) throws {
        let expected = signing == .none ? "signature_missing" : "accepted"
        for pair in [TestIdentityProvider.pair, TestIdentityProvider.ecPair] {
            for usesPSS in [false, true] {
                let found = try code(TestIdentityProvider(signer: pair)) {
                    $0.signing = signing
                    $0.digest = digest
                    $0.usesPSS = usesPSS
                }
                #expect(found == expected)
            }
        }
    }

    @Test(arguments: [ContentCipher.aes256GCM, .aes128CBC, .tripleDESCBC], [DigestAlgorithm.sha1, .sha256])
    func `may be encrypted`(_ cipher: ContentCipher, _ maskDigest: DigestAlgorithm) throws {
        let encryption = ResponseBuilder.Encryption(
            for: Self.service.certificate.publicKey, cipher: cipher, digest: .sha256, maskDigest: maskDigest)
        #expect(try code(.shared) { $0.encryption = encryption } == "accepted")
        // C24: an encrypted assertion is signed inside.
        let unsigned = try code(.shared) {
            $0.encryption = encryption
            $0.signing = .response
        }
        #expect(unsigned == "encryption_unreadable")
        #expect(try code(.shared, .alteredAfterSigning) { $0.encryption = encryption } == "encryption_unreadable")
    }

    @Test(arguments: Misbehaviour.allCases)
    func `is refused for each misbehaviour with its own code`(_ misbehaviour: Misbehaviour) throws {
        let expected: String
        switch misbehaviour {
        case .expired: expected = "expired"
        case .wrongAudience: expected = "audience_mismatch"
        case .wrongRecipient: expected = "destination_mismatch"
        case .alteredAfterSigning: expected = "reference_mismatch"
        case .unsigned: expected = "signature_missing"
        case .wrongKey: expected = "signature_invalid"
        case .notAnAddress: expected = "email_missing"
        }
        #expect(try code(.shared, misbehaviour) == expected)
    }

    @Test func `comes with metadata that can be read`() throws {
        let metadata = try IdentityProviderMetadata.read(TestIdentityProvider.shared.metadata)
        #expect(metadata.entityID == TestIdentityProvider.shared.entityID)
        #expect(metadata.signingCertificates == [TestIdentityProvider.pair.certificate])
        #expect(metadata.singleSignOnServices.count == 2)
    }
}
