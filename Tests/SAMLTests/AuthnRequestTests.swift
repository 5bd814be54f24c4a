import Compression
import Cryptography
import Events
import Testing
import XML

@testable import SAML

@Suite struct `An AuthnRequest` {
    private let request = AuthnRequest(
        id: "_0a", issueInstant: Sample.now, destination: "https://idp.example/sso?idpid=1&x=%2f", acsURL: Sample.acs,
        issuer: Sample.audience)

    @Test func `asks for nothing that the policy does not`() throws {
        let root = try XMLDocument(parsing: request.xml()).root
        #expect(root.matches("AuthnRequest", in: Names.protocol))
        #expect(root.attribute("ID") == "_0a")
        #expect(root.children.map(\.name) == ["Issuer"])
        #expect(root.children.first?.text == Sample.audience)
        #expect(root.attribute("AssertionConsumerServiceURL") == Sample.acs)
    }

    @Test func `goes by redirect with the identity provider's own query kept`() throws {
        let url = try request.redirectURL(relayState: "a b/ü")
        let parts = url.split(separator: "&")
        #expect(url.hasPrefix("https://idp.example/sso?idpid=1&x=%2f&SAMLRequest="))
        #expect(parts.last == "RelayState=a%20b%2F%C3%BC")
        let field = parts[2].dropFirst("SAMLRequest=".count).replacing("%2B", with: "+").replacing("%2F", with: "/").replacing(
            "%3D", with: "=")
        let deflated = try #require(Base64Field.decode(field.utf8))
        #expect(try Deflate.decompress(deflated, limit: 65536) == request.xml())
        #expect(try !request.redirectURL(relayState: "").contains("RelayState"))
    }

    @Test func `is signed over the octets of the query`() throws {
        let url = try request.redirectURL(relayState: "r", signedBy: TestKeys.serviceProvider.key)
        let start = try #require(url.firstRange(of: "SAMLRequest="))
        let end = try #require(url.firstRange(of: "&Signature="))
        let text = url[end.upperBound...].replacing("%2B", with: "+").replacing("%2F", with: "/").replacing("%3D", with: "=")
        let signature = try #require(Base64Field.decode(text.utf8))
        #expect(
            TestKeys.serviceProvider.certificate.publicKey.verify(
                signature: signature, of: Array(url[start.lowerBound..<end.lowerBound].utf8), algorithm: .rsaPKCS1(.sha256)))
    }

    @Test func `posted and signed verifies by our own rules`() throws {
        let fields = try request.postFields(
            relayState: "r", signedBy: TestKeys.serviceProvider.key, certificate: TestKeys.serviceProvider.certificate)
        #expect(fields.map(\.name) == ["SAMLRequest", "RelayState"])
        let bytes = try #require(Base64Field.decode(fields[0].value.utf8))
        let root = try XMLDocument(parsing: bytes).root
        let signature = try #require(root.children("Signature", in: Names.signature).first)
        let trust = SignatureTrust(certificates: [TestKeys.serviceProvider.certificate], allowsSHA1: false)
        #expect(try verifySignature(signature, on: root, trusting: trust).root.name == "AuthnRequest")
    }
}

@Suite struct `C3 Base64` {
    @Test func `is strict but for white space`() {
        #expect(Base64Field.decode("TWFu".utf8) == Array("Man".utf8))
        #expect(Base64Field.decode(" TW\r\nE=\t".utf8) == Array("Ma".utf8))
        #expect(Base64Field.decode("TQ==".utf8) == Array("M".utf8))
        for bad in ["TWF", "TQ=", "T===", "TQ==TQ==", "TR==", "TWF=x", "TW-_", "TW\u{A0}Fu"] {
            #expect(Base64Field.decode(bad.utf8) == nil)
        }
        #expect(Base64Field.encode(Array("Ma".utf8)) == "TWE=")
    }

    @Test func `of a field gives its refusal`() {
        guard case .failure(let refusal) = decodeResponseField(Array("*".utf8)) else { return }
        #expect(refusal.code == .base64Malformed)
    }
}
