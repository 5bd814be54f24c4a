import Cryptography
import Events
import Testing

@testable import SAML

@Suite struct `What a response looks like` {
    @Test(arguments: Sample.Signed.allCases)
    func `is where it is signed, by what, and the names of what it holds`(_ signed: Sample.Signed) throws {
        var sample = Sample()
        sample.signed = signed
        sample.nameID = "<saml:NameID Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\">alice@example.com</saml:NameID>"
        sample.sessionEnd = Sample.now.adding(seconds: 3600)
        let shape = shape(ofResponse: Array(sample.xml().utf8), Sample.facts())
        guard signed != .nothing else {
            #expect(shape == nil, "what nothing proves has no shape")
            return
        }
        #expect(
            shape
                == ResponseShape(
                    certificateSHA256: TestKeys.identityProvider.certificate.sha256, signatureAlgorithm: "RSA-SHA256",
                    digestAlgorithm: "SHA256", signed: signed.rawValue,
                    nameIDFormat: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", attributes: ["displayName", "groups"],
                    issuer: Sample.entityID, issuedAt: try #require(shape?.issuedAt),
                    lifetimeSeconds: Sample.now.adding(seconds: 300).seconds(after: try #require(shape?.issuedAt)), saysSessionEnd: true))
    }

    @Test func `is told also of one that is refused later, and of an encrypted one`() throws {
        var sample = Sample()
        sample.audiences = ["<saml:Audience>https://elsewhere.example</saml:Audience>"]
        #expect(shape(ofResponse: Array(sample.xml().utf8), Sample.facts())?.signed == "assertion")
        let encrypted = shape(ofResponse: Array(try Encrypted().xml().utf8), Encrypted.facts())
        #expect(encrypted?.encryption == "aes256-gcm, RSA-OAEP with SHA1")
        #expect(shape(ofResponse: Array("no response".utf8), Sample.facts()) == nil)
    }
}
