import Cryptography
import Events
import Testing

@testable import SAML

/// An assertion as identity providers encrypt it.
struct Encrypted {
    var sample = Sample()
    var cipher = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
    var transport = "<xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p\"/>"
    var digest = DigestAlgorithm.sha1
    var mask = DigestAlgorithm.sha1
    var keyBeside = false
    var keys = 1
    var recipient = TestKeys.serviceProvider
    var alterCiphertext = false
    var declaresNamespaces = false

    func xml() throws -> String {
        var inner = sample
        inner.signed = sample.signed == .response ? .nothing : sample.signed
        let text = inner.xml()
        guard let start = text.firstRange(of: "<saml:Assertion"), let end = text.firstRange(of: "</saml:Assertion>") else { return "" }
        var assertion = String(text[start.lowerBound..<end.upperBound])
        if declaresNamespaces {
            assertion = assertion.replacing(
                "<saml:Assertion ", with: "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ")
        }
        let encrypted = try encrypt(assertion)
        return text.replacing(text[start.lowerBound..<end.upperBound], with: encrypted)
    }

    private func encrypt(_ assertion: String) throws -> String {
        let block = try #require(ContentCipher(cipher == "unknown" ? "http://www.w3.org/2009/xmlenc11#aes256-gcm" : cipher))
        let contentKey = randomBytes(block.keyLength)
        var ciphertext = try block.seal(Array(assertion.utf8), key: contentKey)
        if alterCiphertext { ciphertext[ciphertext.count / 2] ^= 1 }
        let wrapped = try recipient.certificate.publicKey.encryptOAEP(contentKey, digest: digest, maskDigest: mask)
        let key =
            "<xenc:EncryptedKey xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\">\(transport)<xenc:CipherData><xenc:CipherValue>\(Base64Field.encode(wrapped))</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>"
        let all = String(repeating: key, count: keys)
        return """
            <saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element">\
            <xenc:EncryptionMethod Algorithm="\(cipher)"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\(keyBeside ? "" : all)</ds:KeyInfo>\
            <xenc:CipherData><xenc:CipherValue>\(Base64Field.encode(ciphertext))</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>\(keyBeside ? all : "")</saml:EncryptedAssertion>
            """
    }

    static func facts() -> JudgmentFacts {
        var facts = Sample.facts()
        facts.decryptionKeys = [TestKeys.stranger.key, TestKeys.serviceProvider.key]
        facts.requireEncryptedAssertion = true
        return facts
    }
}

@Suite struct `An encrypted assertion` {
    @Test(arguments: [
        "http://www.w3.org/2009/xmlenc11#aes128-gcm", "http://www.w3.org/2009/xmlenc11#aes256-gcm",
        "http://www.w3.org/2001/04/xmlenc#aes128-cbc", "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
        "http://www.w3.org/2001/04/xmlenc#tripledes-cbc",
    ])
    func `C25 is accepted with every cipher of the list`(_ cipher: String) throws {
        var encrypted = Encrypted()
        encrypted.cipher = cipher
        #expect(Sample.code(try encrypted.xml(), Encrypted.facts()) == "accepted")
    }

    @Test func `may have its key beside it, and rely on namespaces around it or not`() throws {
        var encrypted = Encrypted()
        encrypted.keyBeside = true
        #expect(Sample.code(try encrypted.xml(), Encrypted.facts()) == "accepted")
        encrypted.declaresNamespaces = true
        #expect(Sample.code(try encrypted.xml(), Encrypted.facts()) == "accepted")
    }

    @Test func `may be wrapped with OAEP over SHA-256`() throws {
        var encrypted = Encrypted()
        encrypted.digest = .sha256
        encrypted.mask = .sha256
        encrypted.transport = """
            <xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#rsa-oaep">\
            <ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>\
            <x:MGF xmlns:x="http://www.w3.org/2009/xmlenc11#" Algorithm="http://www.w3.org/2009/xmlenc11#mgf1sha256"/></xenc:EncryptionMethod>
            """
        #expect(Sample.code(try encrypted.xml(), Encrypted.facts()) == "accepted")
    }

    @Test func `C24 without a signature inside is unreadable`() throws {
        var encrypted = Encrypted()
        encrypted.sample.signed = .nothing
        #expect(Sample.code(try encrypted.xml(), Encrypted.facts()) == "encryption_unreadable")
    }

    @Test func `C24 signed by a stranger is unreadable`() throws {
        var encrypted = Encrypted()
        encrypted.sample.key = TestKeys.stranger
        #expect(Sample.code(try encrypted.xml(), Encrypted.facts()) == "encryption_unreadable")
    }

    @Test func `C26 fails in one way, whatever is wrong`() throws {
        var details: Set<String> = []
        func refuse(_ change: (inout Encrypted) -> Void) throws {
            var encrypted = Encrypted()
            change(&encrypted)
            guard case .refused(let refusal) = judge(response: Array(try encrypted.xml().utf8), Encrypted.facts()).outcome else {
                Issue.record("accepted")
                return
            }
            #expect(refusal.code == .encryptionUnreadable)
            details.insert(refusal.detail)
        }
        try refuse { $0.alterCiphertext = true }
        try refuse {
            $0.alterCiphertext = true
            $0.cipher = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
        }
        try refuse { $0.recipient = TestKeys.identityProvider }
        try refuse { $0.sample.signed = .nothing }
        #expect(details.count == 1)
    }

    @Test func `C25 with RSA of PKCS1 or an unknown cipher is forbidden`() throws {
        var encrypted = Encrypted()
        encrypted.transport = "<xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#rsa-1_5\"/>"
        #expect(Sample.code(try encrypted.xml(), Encrypted.facts()) == "algorithm_forbidden")
        encrypted = Encrypted()
        encrypted.cipher = "unknown"
        #expect(Sample.code(try encrypted.xml(), Encrypted.facts()) == "algorithm_forbidden")
    }

    @Test func `C27 has exactly one key`() throws {
        var encrypted = Encrypted()
        encrypted.keys = 2
        #expect(Sample.code(try encrypted.xml(), Encrypted.facts()) == "schema_violation")
        encrypted.keys = 0
        #expect(Sample.code(try encrypted.xml(), Encrypted.facts()) == "schema_violation")
    }

    @Test func `for someone else is refused by its own code`() throws {
        var encrypted = Encrypted()
        encrypted.sample.recipient = "https://other.example"
        #expect(Sample.code(try encrypted.xml(), Encrypted.facts()) == "recipient_mismatch")
    }
}

@Suite struct `An encrypted part of a signed assertion` {
    private func encrypted(_ content: String, in name: String, for recipient: TestKeys.Pair = TestKeys.serviceProvider) throws -> String {
        let cipher = ContentCipher.aes128CBC
        let key = randomBytes(cipher.keyLength)
        let wrapped = try recipient.certificate.publicKey.encryptOAEP(key)
        let text = try cipher.seal(Array(content.utf8), key: key)
        return """
            <saml:\(name)><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element">\
            <xenc:EncryptionMethod Algorithm="\(cipher.name)"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey>\
            <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/><xenc:CipherData><xenc:CipherValue>\
            \(Base64Field.encode(wrapped))</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData>\
            <xenc:CipherValue>\(Base64Field.encode(text))</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:\(name)>
            """
    }

    private var facts: JudgmentFacts {
        var facts = Sample.facts()
        facts.decryptionKeys = [TestKeys.serviceProvider.key]
        return facts
    }

    private let name = "<saml:NameID xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">bob@example.com</saml:NameID>"

    @Test func `core §2.2.4 a NameID is read from an EncryptedID`() throws {
        var sample = Sample()
        sample.nameID = try encrypted(name, in: "EncryptedID")
        guard case .accepted(let claims) = judge(response: Array(sample.xml().utf8), facts).outcome else { throw CancellationError() }
        #expect(claims.email.text == "bob@example.com")
        #expect(claims.nameID == "bob@example.com")
    }

    @Test func `core §3.7.1 a logout request may name an EncryptedID, which opens with our key alone`() throws {
        let url = "https://sp.example/saml/logout"
        let request = LogoutRequest(
            id: "_l", issueInstant: Sample.now, destination: url, issuer: Sample.entityID, nameID: "bob@example.com", sessionIndex: "_s1")
        let plain = String(decoding: request.xml(), as: UTF8.self)
        let start = try #require(plain.firstRange(of: "<saml:NameID")), end = try #require(plain.firstRange(of: "</saml:NameID>"))
        let element = try encrypted(name, in: "EncryptedID").replacing(
            "<saml:EncryptedID>", with: "<saml:EncryptedID xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">")
        let xml = plain[..<start.lowerBound] + element + plain[end.upperBound...]
        let address = try redirect(
            to: url, parameter: "SAMLRequest", xml: Array(xml.utf8), relayState: nil, signedBy: TestKeys.identityProvider.key)
        let query = String(address.dropFirst(url.count + 1))
        var facts = LogoutFacts(
            logoutURLs: [url],
            identityProvider: TrustedIdentityProvider(entityID: Sample.entityID, certificates: [TestKeys.identityProvider.certificate]),
            instant: Sample.now, decryptionKeys: [TestKeys.serviceProvider.key])
        #expect(try readLogout(query: query, facts).message == .request(id: "_l", nameID: "bob@example.com", sessionIndexes: ["_s1"]))
        facts.decryptionKeys = [TestKeys.stranger.key]
        #expect(throws: Refusal.self) { try readLogout(query: query, facts) }
    }

    @Test func `core §2.7.3.2 an attribute is read from an EncryptedAttribute`() throws {
        let attribute = "<saml:Attribute Name=\"title\"><saml:AttributeValue>Captain</saml:AttributeValue></saml:Attribute>"
        var sample = Sample()
        sample.attributes += try encrypted(attribute, in: "EncryptedAttribute")
        guard case .accepted(let claims) = judge(response: Array(sample.xml().utf8), facts).outcome else { throw CancellationError() }
        #expect(claims.attributes.first { $0.name == "title" }?.values == ["Captain"])
        #expect(claims.attributes.count == 3)
    }

    @Test func `C26 that does not open, or is something else, is unreadable`() throws {
        func code(_ change: (inout Sample) throws -> Void) throws -> String {
            var sample = Sample()
            try change(&sample)
            return Sample.code(sample.xml(), facts)
        }
        #expect(try code { $0.nameID = try encrypted(name, in: "EncryptedID", for: TestKeys.stranger) } == "encryption_unreadable")
        #expect(try code { $0.nameID = try encrypted("<a/>", in: "EncryptedID") } == "encryption_unreadable")
        #expect(try code { $0.nameID = try encrypted(name + name, in: "EncryptedID") } == "encryption_unreadable")
        #expect(try code { $0.nameID = try encrypted("<!--c-->" + name, in: "EncryptedID") } == "encryption_unreadable")
        #expect(try code { $0.nameID = try encrypted("<!DOCTYPE a>" + name, in: "EncryptedID") } == "encryption_unreadable")
        #expect(try code { $0.nameID += try encrypted(name, in: "EncryptedID") } == "schema_violation")
        let many = try (0..<17).map { _ in try encrypted("<saml:Attribute Name=\"a\"/>", in: "EncryptedAttribute") }.joined()
        #expect(try code { $0.attributes += many } == "schema_violation")
    }
}
