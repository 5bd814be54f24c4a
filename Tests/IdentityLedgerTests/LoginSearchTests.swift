import Cryptography
import DevelopmentIdP
import Events
import Foundation
import Identity
import IdentityLedger
import Replay
import SAML
import TestSupport
import Testing

/// A pattern with one thing asked for.
private func pattern(_ change: (inout SearchPattern) -> Void) -> SearchPattern {
    var pattern = SearchPattern()
    change(&pattern)
    return pattern
}

@Suite struct `A search of recorded responses` {
    @Test func `finds structures, algorithms, attributes and texts, and says where`() async throws {
        let vendor = try await Vendor()
        let ann = try #require(
            try await vendor.signIn("ann@example.com", attributes: [("role", ["admin"]), ("team", ["a", "b", "c"])]).signedIn)
        let bob = try #require(try await vendor.signIn("bob@example.com").signedIn)
        func found(_ change: (inout SearchPattern) -> Void) throws -> [UInt64] {
            let search = try LoginSearch(vendor.ledger, for: pattern(change))
            #expect(search.searched == 2 && search.accepted == search.matched)
            return search.matches.map(\.login.sequence)
        }
        let (one, both) = ([ann.reference], [ann.reference, bob.reference])
        #expect(try found { $0.element = ElementName("AttributeStatement") } == one)
        #expect(try found { $0.element = ElementName("{urn:oasis:names:tc:SAML:2.0:assertion}NameID") } == both)
        #expect(try found { $0.element = ElementName("{urn:oasis:names:tc:SAML:2.0:protocol}NameID") } == [])
        #expect(try found { ($0.element, $0.count) = (ElementName("AttributeValue"), 4) } == one)
        #expect(try found { ($0.element, $0.count) = (ElementName("AttributeValue"), 5) } == [])
        #expect(try found { ($0.element, $0.under) = (ElementName("Issuer"), ElementName("Assertion")) } == both)
        #expect(try found { ($0.element, $0.under) = (ElementName("Status"), ElementName("Assertion")) } == [])
        #expect(try found { $0.attribute = .init("Name=role") } == one)
        #expect(try found { $0.attribute = .init("NotOnOrAfter") } == both)
        #expect(try found { ($0.element, $0.attribute) = (ElementName("NameID"), .init("NotOnOrAfter")) } == [])
        #expect(try found { $0.text = "bob@" } == [bob.reference])
        #expect(try found { $0.algorithms = ["#rsa-sha256"] } == both)
        #expect(try found { $0.algorithms = ["#rsa-sha256", "#rsa-sha1"] } == [])
        #expect(try found { $0.transforms = ["#enveloped-signature"] } == both)
        #expect(try found { $0.canonicalizations = ["#enveloped-signature"] } == [])
        let subject = try #require(StructurePath("Response/Assertion/Subject"))
        #expect(try found { $0.structures = [subject] } == both)
        #expect(try found { $0.bytes = Array("ann@example.com".utf8) } == one)
        #expect(try found { ($0.text, $0.bytes) = ("ann@", Array("bob@".utf8)) } == [], "all must hold")
        let match = try #require(try LoginSearch(vendor.ledger, for: pattern { $0.algorithms = ["#rsa-sha256"] }).matches.first)
        #expect(match.places == ["/Response/Assertion/Signature/SignedInfo/SignatureMethod/@Algorithm"])
        #expect(match.login.email == "ann@example.com" && match.isParsed && match.organization == vendor.organization)
    }

    @Test func `tells the verified element from all that arrived, and never counts as searched what it could not search`() async throws {
        let vendor = try await Vendor()
        _ = try await vendor.signIn("ann@example.com")
        _ = try await vendor.signIn("bob@example.com")
        let unsigned = try vendor.changed { $0 }
        let marked = try vendor.changed { $0.replacing("<samlp:Status>", with: "<!-- ann --><samlp:Status>") }
        let doctype = try vendor.changed { "<!DOCTYPE x>" + $0 }
        for response in [unsigned, marked, doctype] { _ = await vendor.post(response) }
        func search(_ verified: Bool = false, _ change: (inout SearchPattern) -> Void) throws -> LoginSearch {
            try LoginSearch(vendor.ledger, for: pattern(change), verified: verified)
        }
        let status = try search { $0.element = ElementName("Status") }
        #expect(status.searched == 5 && status.matched == 5 && status.accepted == 2 && status.unparsed == 1)
        #expect(status.matches.last?.isParsed == false && status.matches.last?.login.code == "doctype_forbidden")
        let verified = try search(true) { $0.element = ElementName("Status") }
        #expect(verified.searched == 2 && verified.matched == 0 && verified.unverified == 3, "the assertion alone was signed")
        #expect(try search(true) { $0.element = ElementName("Assertion") }.matched == 2)
        #expect(try search { $0.marks = [.comment] }.matches.map(\.login.code) == ["schema_violation"])
        #expect(try search { $0.marks = [.doctype] }.matches.map(\.login.code) == ["doctype_forbidden"])
        #expect(try search { $0.marks = [.entity] }.matched == 0)
        let user = try #require(Identifier(try vendor.user("bob@example.com").json["id"]?.stringValue ?? ""))
        try await vendor.ledger.eraseUser(vendor.organization, user, by: vendor.operate)
        let later = try search { $0.element = ElementName("Status") }
        #expect(later.searched == 4 && later.unsearchable == 1)
        let limited = try LoginSearch(vendor.ledger, .init(outcome: "refused"), for: pattern { $0.text = "" }, limit: 1)
        #expect(limited.matched == 3 && limited.matches.count == 1 && limited.json["unlisted"]?.integerValue == 2)
    }

    @Test func `looks into an encrypted assertion as it was verified, and says where it couldn't`() async throws {
        let vendor = try await Vendor()
        let addresses = try vendor.addresses()
        func post(for recipient: PublicKey) async throws -> SignOnAnswer {
            let response = try vendor.provider.response(
                to: addresses.acsURL, audience: addresses.audienceURI, at: Int64(vendor.clock.now.nanoseconds / 1_000_000_000),
                email: "ann@example.com"
            ) { $0.encryption = .init(for: recipient) }
            return await vendor.post(response)
        }
        let login = try #require(try await post(for: vendor.encryptionKey()).signedIn).reference
        func search(_ change: (inout SearchPattern) -> Void) throws -> LoginSearch { try LoginSearch(vendor.ledger, for: pattern(change)) }
        #expect(try search { $0.text = "ann@example.com" }.matches.map(\.login.sequence) == [login])
        #expect(try search { $0.text = "ann@example.com" }.encrypted == 0)
        #expect(try await post(for: PrivateKey.generate(.rsa(bits: 2048)).publicKey).name == "encryption_unreadable")
        let again = try search { $0.text = "ann@example.com" }
        #expect(again.searched == 2 && again.matched == 1 && again.encrypted == 1)
        #expect(try search { $0.element = ElementName("EncryptedAssertion") }.matched == 2)
    }

    @Test(arguments: [
        ("Response/Assertion", true), ("/Response/Assertion", true), ("Assertion", false), ("//Assertion", true), ("//Issuer", true),
        ("Response//NameID", true), ("Response/NameID", false), ("*/*/Subject", true), ("//Response//Assertion//NameID", true),
        ("{urn:oasis:names:tc:SAML:2.0:protocol}Response/{urn:oasis:names:tc:SAML:2.0:assertion}Assertion", true),
        ("{urn:oasis:names:tc:SAML:2.0:assertion}Response", false), ("//Assertion//Assertion", false),
    ])
    func `follows a way`(_ path: String, _ isThere: Bool) async throws {
        let vendor = try await Vendor()
        _ = try await vendor.signIn("ann@example.com")
        let structure = try #require(StructurePath(path))
        #expect(try LoginSearch(vendor.ledger, for: pattern { $0.structures = [structure] }).matched == (isThere ? 1 : 0))
    }

    @Test(arguments: ["", "/", "//", "a/", "a//", "a///b", "{urn:x", "{urn:x}", "a b", "a*"])
    func `takes no way that is none`(_ path: String) { #expect(StructurePath(path) == nil) }
}

extension Vendor {
    /// An unsigned response, changed as text.
    fileprivate func changed(_ change: (String) -> String) throws -> [UInt8] {
        let addresses = try addresses()
        var builder = provider.builder(
            to: addresses.acsURL, audience: addresses.audienceURI, at: Int64(clock.now.nanoseconds / 1_000_000_000))
        builder.signing = .none
        let text = change(String(decoding: try builder.xml(), as: UTF8.self))
        return Array(base64(Array(text.utf8)).utf8)
    }

    private func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
