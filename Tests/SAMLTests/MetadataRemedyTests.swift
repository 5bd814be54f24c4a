import Cryptography
import Testing

@testable import SAML

@Suite struct `Metadata that can't be used` {
    private static let good = Metadata().entity

    private static func changed(_ text: String, to other: String) -> [UInt8] { Array(good.replacing(text, with: other).utf8) }

    private static func utf16(isLittle: Bool, mark: Bool) -> [UInt8] {
        let units = (mark ? [0xFEFF] : []) + Array(good.utf16)
        return units.flatMap { isLittle ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }

    @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
    func `is told to be UTF-16 where it is`(_ isLittle: Bool, _ mark: Bool) throws {
        let error = try #require(Metadata.error(Self.utf16(isLittle: isLittle, mark: mark)))
        #expect(error.code == .metadataInvalid && error.detail.contains("UTF-16"))
        #expect(error.remedy?.contains("UTF-8") == true)
    }

    @Test(arguments: [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], "choose the XML file"),
        (Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>".utf8), "let it say UTF-8"),
        (Array("<a>".utf8) + [0xFC] + Array("</a>".utf8), "save it with the encoding UTF-8"),
        (Self.changed("entityID=\"https://idp.example/metadata\"", to: ""), "Set the entity ID"),
        (Self.changed("https://idp.example/metadata", to: ""), "Set the entity ID"),
        (Self.changed("https://idp.example/metadata", to: "https://" + String(repeating: "x", count: 1024)), "shorter entity ID"),
        (Self.changed("entityID=", to: "validUntil=\"2030-01-01T00:00:00\" entityID="), "with a Z at its end"),
        (Self.changed("https://idp.example/sso", to: "https://me@idp.example/sso"), "without a user's name"),
        (Self.changed("https://idp.example/sso", to: "http://idp.example/sso"), "use https"),
        (Self.changed("<ds:X509Certificate>", to: "<ds:X509Certificate>-----BEGIN CERTIFICATE-----"), "Take out the lines"),
        (Self.changed("<ds:X509Certificate>", to: "<ds:X509Certificate>AAAA"), "whole certificate"),
    ])
    func `is told with what helps`(_ bytes: [UInt8], _ remedy: String) throws {
        let error = try #require(Metadata.error(bytes))
        #expect(error.remedy?.contains(remedy) == true, "\(error)")
    }

    @Test(arguments: [
        ("<a><b></a>", "an end tag"), ("<a>", "doesn't end"), ("<a/><b/>", "after its end"), ("<a>&x</a>", "&amp;"), ("words", "begin"),
    ])
    func `is told what is not well-formed, in words`(_ text: String, _ words: String) throws {
        let error = try #require(Metadata.error(Array(text.utf8)))
        #expect(error.detail.contains(words) && !error.detail.contains("libxml2"), "\(error)")
    }

    @Test func `with too many certificates names what to remove`() throws {
        var metadata = Metadata()
        metadata.certificates = try (0..<17).map { number in
            try TestKeys.identityProvider.key.selfSignedCertificate(
                commonName: "\(number)", notBefore: 1_700_000_000, notAfter: 1_900_000_000)
        }
        #expect(Metadata.error(Array(metadata.entity.utf8))?.remedy?.contains("remove the certificates") == true)
    }

    @Test func `of another identity provider names the one that it is of`() throws {
        let alone = try #require(Metadata.error(Array(Self.good.utf8), entityID: "https://third.example"))
        #expect(alone.remedy?.contains("https://idp.example/metadata") == true && !alone.detail.contains("times"))
    }

    @Test func `is used where white space stands around an address, as the schema has it`() throws {
        let read = try IdentityProviderMetadata.read(Self.changed("https://idp.example/sso", to: " \t https://idp.example/sso \n"))
        #expect(read.singleSignOnServices.map(\.location) == ["https://idp.example/sso"])
        #expect(Metadata.error(Self.changed("https://idp.example/sso", to: "https://idp.example/ sso")) != nil)
    }
}
