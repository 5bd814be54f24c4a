import Cryptography
import Events
import Testing
import XML

@testable import SAML

/// Metadata as an identity provider publishes it; a test sets what it is about.
struct Metadata {
    var entityID = "https://idp.example/metadata"
    var certificates = [TestKeys.identityProvider.certificate]
    var use = " use=\"signing\""
    var services =
        "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"https://idp.example/sso\"/>"
    var others = ""

    var entity: String {
        let keys = certificates.map {
            "<md:KeyDescriptor\(use)><ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X509Data><ds:X509Certificate>\n\t\(Base64Field.encode($0.der))\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
        }.joined()
        return
            "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"\(entityID)\">\(others)<md:IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\(keys)\(services)</md:IDPSSODescriptor></md:EntityDescriptor>"
    }

    static func error(_ bytes: [UInt8], entityID: String? = nil) -> MetadataError? {
        do throws(MetadataError) {
            _ = try IdentityProviderMetadata.read(bytes, entityID: entityID)
            return nil
        } catch {
            return error
        }
    }

    static func code(_ text: String, entityID: String? = nil) -> String {
        do throws(MetadataError) {
            _ = try IdentityProviderMetadata.read(Array(text.utf8), entityID: entityID)
            return "accepted"
        } catch {
            return error.code.rawValue
        }
    }
}

@Suite struct `C37 Metadata of an identity provider` {
    @Test func `is read with a byte order mark, comments and other roles`() throws {
        var metadata = Metadata()
        metadata.others = "<md:RoleDescriptor xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" protocolSupportEnumeration=\"x\"/>"
        let bytes = [0xEF, 0xBB, 0xBF] + Array("<?xml version=\"1.0\"?><!-- made by hand -->\(metadata.entity)".utf8)
        let read = try IdentityProviderMetadata.read(bytes)
        #expect(read.entityID == metadata.entityID)
        #expect(read.signingCertificates.map(\.sha256) == [TestKeys.identityProvider.certificate.sha256])
        #expect(read.singleSignOnServices.map(\.location) == ["https://idp.example/sso"])
        let event = read.event(metadataURL: "https://idp.example/metadata")
        #expect(Array(event.metadataDigest) == DigestAlgorithm.sha256.digest(bytes))
        #expect(event.entityID == metadata.entityID)
    }

    @Test(
        arguments: [
            ("PT6H", 21600), ("P1DT1H", 90000), ("P1Y2M3DT4H5M6.7S", 365 * 86400 + 2 * 30 * 86400 + 3 * 86400 + 4 * 3600 + 5 * 60 + 6),
            ("", nil), ("P", nil), ("PT", nil), ("-P1D", nil), ("P1", nil), ("P1H", nil), ("P1D1D", nil), ("PT1HT1M", nil),
            ("P99999999999Y", nil),
            ("P\(String(repeating: "999999999Y", count: 900))", nil),
        ] as [(String, UInt64?)])
    func `says for how long it may be kept`(_ text: String, _ seconds: UInt64?) { #expect(durationSeconds(text) == seconds) }

    @Test func `ends with the first group around it that ends, however deep it lies`() throws {
        let name = "xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\""
        let text =
            "<md:EntitiesDescriptor \(name) validUntil=\"2027-03-01T00:00:00Z\"><md:EntitiesDescriptor validUntil=\"2027-01-01T00:00:00Z\" cacheDuration=\"PT2H\"><md:EntitiesDescriptor validUntil=\"2027-02-01T00:00:00Z\" cacheDuration=\"PT3H\">\(Metadata().entity)</md:EntitiesDescriptor></md:EntitiesDescriptor></md:EntitiesDescriptor>"
        let read = try IdentityProviderMetadata.read(Array(text.utf8))
        #expect(read.validUntil?.rfc3339Seconds == "2027-01-01T00:00:00Z")
        #expect(read.cacheSeconds == 7200)
    }

    @Test func `gives every signing key once, also those without a use`() throws {
        var metadata = Metadata()
        metadata.use = ""
        metadata.certificates = [
            TestKeys.identityProvider.certificate, TestKeys.stranger.certificate, TestKeys.identityProvider.certificate,
        ]
        #expect(try IdentityProviderMetadata.read(Array(metadata.entity.utf8)).signingCertificates.count == 2)
    }

    @Test func `without a usable signing key is refused`() {
        var metadata = Metadata()
        metadata.certificates = []
        #expect(Metadata.code(metadata.entity) == "no_signing_key")
        metadata = Metadata()
        metadata.use = " use=\"encryption\""
        #expect(Metadata.code(metadata.entity) == "no_signing_key")
        metadata = Metadata()
        metadata.certificates = [TestKeys.weak.certificate]
        #expect(Metadata.code(metadata.entity) == "key_too_weak")
    }

    @Test func `may have sixteen certificates`() throws {
        var metadata = Metadata()
        metadata.certificates = try (0..<17).map { number in
            try TestKeys.identityProvider.key.selfSignedCertificate(
                commonName: "\(number)", notBefore: 1_700_000_000, notAfter: 1_900_000_000)
        }
        #expect(Metadata.code(metadata.entity) == "metadata_invalid")
        metadata.certificates.removeLast()
        #expect(Metadata.code(metadata.entity) == "accepted")
    }

    @Test func `may hold keys of elliptic curves`() {
        var metadata = Metadata()
        for pair in [TestKeys.elliptic, TestKeys.elliptic384, TestKeys.elliptic521] {
            metadata.certificates = [pair.certificate]
            #expect(Metadata.code(metadata.entity) == "accepted")
        }
    }

    @Test(arguments: [
        ("https://idp.example/sso", "accepted"), ("http://localhost:8080/sso", "accepted"),
        ("http://127.0.0.1/sso", "accepted"), ("http://[::1]:1/sso", "accepted"), ("http://idp.example/sso", "metadata_invalid"),
        ("javascript:alert(1)", "metadata_invalid"), ("https://user@idp.example/", "metadata_invalid"),
        ("http://127.0.0.1.evil.example/", "metadata_invalid"), ("data:text/html,x", "metadata_invalid"), ("", "metadata_invalid"),
        ("https://idp.example\\@evil.example/", "metadata_invalid"), ("//idp.example/sso", "metadata_invalid"),
    ])
    func `names https addresses, http on loopback only`(_ location: String, _ code: String) {
        var metadata = Metadata()
        metadata.services = "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"\(location)\"/>"
        #expect(Metadata.code(metadata.entity) == code)
    }

    @Test func `with several identity providers asks which`() {
        var other = Metadata()
        other.entityID = "https://other.example"
        let group =
            "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">\(Metadata().entity)\(other.entity)</md:EntitiesDescriptor>"
        #expect(Metadata.code(group) == "metadata_invalid")
        #expect(Metadata.code(group, entityID: "https://other.example") == "accepted")
        #expect(Metadata.code(group, entityID: "https://third.example") == "metadata_invalid")
        #expect(Metadata.code(Metadata().entity, entityID: "https://third.example") == "metadata_invalid")
    }

    @Test func `of something else is refused`() {
        #expect(Metadata.code("<html></html>") == "metadata_invalid")
        #expect(Metadata.code("hello") == "metadata_invalid")
        #expect(Metadata.code("<!DOCTYPE x>\(Metadata().entity)") == "metadata_invalid")
        var metadata = Metadata()
        metadata.services = ""
        #expect(Metadata.code(metadata.entity) == "metadata_invalid")
    }

    @Test(arguments: [
        ("http://www.okta.com/exk1", "https://dev-1.okta.com/app/x/sso/saml", "Okta"),
        (
            "https://sts.windows.net/00000000-0000-0000-0000-000000000000/", "https://login.microsoftonline.com/x/saml2",
            "Microsoft Entra ID"
        ),
        ("https://accounts.google.com/o/saml2?idpid=C0", "https://accounts.google.com/o/saml2/idp?idpid=C0", "Google Workspace"),
        ("https://app.onelogin.com/saml/metadata/1", "https://a.onelogin.com/trust/saml2/http-post/sso/1", "OneLogin"),
        ("urn:tenant.eu.auth0.com", "https://tenant.eu.auth0.com/samlp/x", "Auth0"),
        ("http://fs.example/adfs/services/trust", "https://fs.example/adfs/ls/", "AD FS"),
        ("https://kc.example/realms/r", "https://kc.example/realms/r/protocol/saml", "Keycloak"),
        ("https://auth.pingone.com/x", "https://auth.pingone.com/x/saml20/idp/sso", "PingOne"),
        ("JumpCloud", "https://sso.jumpcloud.com/saml2/x", "JumpCloud"),
        (
            "https://x.example/simplesaml/saml2/idp/metadata.php", "https://x.example/simplesaml/module.php/saml/idp/singleSignOnService",
            "SimpleSAMLphp"
        ),
        ("https://auth.example/saml/metadata", "https://auth.example/saml/singleSignOn", "LemonLDAP::NG"),
        ("https://idp.example", "https://idp.example/sso", ""),
    ])
    func `tells its kind`(_ entityID: String, _ signOn: String, _ preset: String) {
        #expect((IdentityProviderPreset(entityID: entityID, signOn: [signOn])?.rawValue ?? "") == preset)
    }
}

@Suite struct `Our metadata` {
    @Test func `names both addresses, an encryption key and the e-mail format`() throws {
        let bytes = ServiceProviderMetadata.document(
            entityID: Sample.audience + "&x=<>", acsURLs: [Sample.acs, Sample.acsPath], logoutURL: "https://sp.example/saml/logout",
            encryptionCertificates: [TestKeys.serviceProvider.certificate])
        let root = try XMLDocument(parsing: bytes).root
        #expect(root.attribute("entityID") == Sample.audience + "&x=<>")
        let role = try #require(root.children.first)
        #expect(role.attribute("WantAssertionsSigned") == nil)
        #expect(role.attribute("AuthnRequestsSigned") == nil)
        #expect(
            role.children.map(\.name) == [
                "KeyDescriptor", "SingleLogoutService", "SingleLogoutService", "NameIDFormat", "AssertionConsumerService",
                "AssertionConsumerService",
            ])
        #expect(role.children.last?.attribute("Location") == Sample.acsPath)
    }
}
