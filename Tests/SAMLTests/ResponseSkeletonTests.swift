import Cryptography
import Events
import Testing

@testable import SAML

@Suite struct `A response's skeleton` {
    private let skeleton = ResponseSkeleton(
        entityID: "https://idp.example/metadata?idpid=C01&x=1", serviceProviderEntityID: "https://sp.example/saml/login?org=0",
        acsURL: "https://sp.example/saml/acs?org=0", certificates: [[1, 2, 3], [4, 5, 6]])

    @Test(arguments: [
        (1, "7aefb35be678de9c79f7faf83919c8a81b1c5219e640a4c6f99095462c22d98e"),
        (2, "16eaaab00a7786c20c17f3b50c936ff526946e8bd7aba9036d4bda165de35716"),
    ])
    func `never changes, since what was compressed with it must stay readable`(_ version: UInt8, _ digest: String) throws {
        let text = try #require(skeleton.text(version: version))
        #expect(DigestAlgorithm.sha256.digest(text).hexadecimal == digest)
    }

    @Test func `is not known of later versions`() { #expect(skeleton.text(version: ResponseSkeleton.newest + 1) == nil) }
}
