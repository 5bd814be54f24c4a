import Cryptography
import Events
import Testing

@testable import SAML

@Suite struct `A response's skeleton` {
    private let skeleton = ResponseSkeleton(
        entityID: "https://idp.example/metadata?idpid=C01&x=1", serviceProviderEntityID: "https://sp.example/saml/login?org=0",
        acsURL: "https://sp.example/saml/acs?org=0", certificates: [[1, 2, 3], [4, 5, 6]])

    @Test func `never changes, since what was compressed with it must stay readable`() throws {
        let text = try #require(skeleton.text(version: 1))
        #expect(DigestAlgorithm.sha256.digest(text).hexadecimal == "7aefb35be678de9c79f7faf83919c8a81b1c5219e640a4c6f99095462c22d98e")
        #expect(skeleton.text(version: 2) == nil)
    }
}
