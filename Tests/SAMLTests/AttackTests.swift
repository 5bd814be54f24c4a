import Cryptography
import Events
import Testing

@testable import SAML

/// A hostile response, and the code that it must produce. Each differs from a good one in one thing.
struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: String
    let xml: @Sendable () -> String
    var facts: @Sendable () -> JudgmentFacts = { Sample.facts() }

    init(
        _ name: String, _ code: String, _ change: @escaping @Sendable (inout Sample) -> Void = { _ in },
        text: @escaping @Sendable (String) -> String = { $0 }
    ) {
        testDescription = name
        self.code = code
        xml = {
            var sample = Sample()
            change(&sample)
            return text(sample.xml())
        }
    }
}

private let evil =
    "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_evil\" Version=\"2.0\" IssueInstant=\"2026-11-25T10:00:00Z\"><saml:Issuer>\(Sample.entityID)</saml:Issuer><saml:Subject><saml:NameID>mallory@example.com</saml:NameID></saml:Subject></saml:Assertion>"

extension String {
    fileprivate func between(_ start: String, _ end: String) -> String {
        guard let first = firstRange(of: start), let last = self[first.upperBound...].firstRange(of: end) else { return "" }
        return String(self[first.lowerBound..<last.upperBound])
    }
    fileprivate var assertion: String { between("<saml:Assertion", "</saml:Assertion>") }
    fileprivate var signature: String { between("<ds:Signature ", "</ds:Signature>") }
}

private let document: [Attack] = [
    Attack(
        "C2 too many attributes in one tag", "xml_malformed",
        text: { text in
            text.replacing("<samlp:Status>", with: "<samlp:Status \((0..<40).map { "a\($0)=\"\"" }.joined(separator: " "))>")
        }),
    Attack(
        "C2 a start tag over 8 KiB", "xml_malformed",
        text: { text in
            text.replacing("<samlp:Status>", with: "<samlp:Status a=\"\(String(repeating: "x", count: 9000))\">")
        }),
    Attack(
        "C2 too deep", "xml_malformed",
        text: { text in
            let open = String(repeating: "<x>", count: 70), close = String(repeating: "</x>", count: 70)
            return text.replacing("<samlp:Status>", with: "<samlp:Extensions>\(open)\(close)</samlp:Extensions><samlp:Status>")
        }),
    Attack(
        "C2 too many elements", "xml_malformed",
        text: { text in
            let many = String(repeating: "<x/>", count: 8200)
            return text.replacing("<samlp:Status>", with: "<samlp:Extensions>\(many)</samlp:Extensions><samlp:Status>")
        }),
    Attack(
        "C2 too many namespaces in scope", "xml_malformed",
        text: { text in
            let open = (0..<10).map { level in
                "<x\((0..<15).map { " xmlns:n\(level)-\($0)=\"urn:n:\(level):\($0)\"" }.joined())>"
            }
            let extensions = open.joined() + String(repeating: "</x>", count: 10)
            return text.replacing("<samlp:Status>", with: "<samlp:Extensions>\(extensions)</samlp:Extensions><samlp:Status>")
        }),
    Attack(
        "C2 a namespace's name over 256 bytes", "xml_malformed",
        { $0.namespaces = " xmlns:x=\"urn:\(String(repeating: "x", count: 260))\"" }),
    Attack("C2 a long value", "xml_malformed", { $0.nameID = "<saml:NameID>\(String(repeating: "a", count: 70_000))</saml:NameID>" }),
    Attack("C2 over 256 KiB", "too_large", text: { $0 + String(repeating: " ", count: 256 * 1024) }),
    Attack("C3 another encoding declared", "xml_malformed", text: { "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + $0 }),
    Attack("C3 a NUL", "xml_malformed", text: { $0.replacing("alice", with: "al\u{0}ice") }),
    Attack("C4 a DOCTYPE", "doctype_forbidden", text: { "<!DOCTYPE foo>" + $0 }),
    Attack(
        "C4 a DOCTYPE with entities", "doctype_forbidden",
        text: {
            "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>" + $0
        }),
    Attack("C4 a DOCTYPE after the root", "xml_malformed", text: { $0 + "<!DOCTYPE foo>" }),
    Attack(
        "C5 a comment in the NameID", "schema_violation",
        text: {
            $0.replacing("alice@example.com<", with: "alice@example.com<!-- -->.evil.example<")
        }),
    Attack("C5 a comment before the root", "schema_violation", text: { "<!-- x -->" + $0 }),
    Attack("C5 a processing instruction", "schema_violation", text: { $0.replacing("<samlp:Status>", with: "<?x y?><samlp:Status>") }),
    Attack("C5 an undeclared entity", "schema_violation", text: { $0.replacing("alice@", with: "&foo;@") }),
    Attack("C6 a relative namespace", "canonicalization_failed", { $0.namespaces = " xmlns:r=\"relative\"" }),
    Attack("C18 an ampersand in a namespace", "canonicalization_failed", { $0.namespaces = " xmlns:r=\"urn:a&amp;b\"" }),
    Attack(
        "C6 an empty prefixed namespace", "canonicalization_failed",
        text: {
            $0.replacing("<samlp:Status>", with: "<samlp:Status xmlns:e=\"\">")
        }),
    Attack("C6 an undeclared prefix", "xml_malformed", text: { $0.replacing("<samlp:Status>", with: "<samlp:Status q:a=\"\">") }),
    Attack("C8 an element in the NameID", "schema_violation", { $0.nameID = "<saml:NameID>alice@example.com<x/></saml:NameID>" }),
    Attack(
        "C8 an element in the mapped e-mail attribute", "schema_violation",
        {
            $0.nameID = ""
            $0.attributes =
                "<saml:Attribute Name=\"email\"><saml:AttributeValue>alice@example.com<x/></saml:AttributeValue></saml:Attribute>"
        }),
]

private let structure: [Attack] = [
    Attack(
        "C9 a root of another namespace", "schema_violation",
        text: {
            $0.replacing("urn:oasis:names:tc:SAML:2.0:protocol", with: "urn:other:protocol")
        }),
    Attack(
        "C9 a root of another namespace around what is good", "schema_violation",
        text: {
            $0.replacing("<samlp:Response ", with: "<other:Response xmlns:other=\"urn:other\" ")
                .replacing("</samlp:Response>", with: "</other:Response>")
        }),
    Attack("C9 SAML 1.1", "version_unsupported", { $0.version = "1.1" }),
    Attack("C9 a Response inside another element", "schema_violation", text: { "<x>\($0)</x>" }),
    Attack("C10 no assertion", "schema_violation", text: { $0.replacing($0.assertion, with: "") }),
    Attack(
        "C10 XSW1 the signed Response wrapped in its copy's Signature", "schema_violation", { $0.signed = .response },
        text: { text in
            let evilResponse = text.replacing(
                text.signature, with: text.signature.replacing("</ds:Signature>", with: "<ds:Object>\(text)</ds:Object></ds:Signature>"))
            return evilResponse.replacing("ID=\"_response\" Version", with: "ID=\"_evil\" Version")
        }),
    Attack(
        "C10 XSW2 a detached signature before the signed Response", "schema_violation", { $0.signed = .response },
        text: { text in
            text.replacing("<samlp:Status>", with: "\(text)<samlp:Status>")
        }),
    Attack(
        "C10 XSW3 a forged assertion before the signed one", "schema_violation",
        text: {
            $0.replacing("<saml:Assertion ", with: "\(evil)<saml:Assertion ")
        }),
    Attack(
        "C10 XSW4 the signed assertion inside the forged one", "schema_violation",
        text: { text in
            text.replacing(text.assertion, with: evil.replacing("</saml:Assertion>", with: text.assertion + "</saml:Assertion>"))
        }),
    Attack(
        "C10 XSW5 the signed assertion at the end", "schema_violation",
        text: { text in
            text.replacing(text.assertion, with: evil + text.assertion)
        }),
    Attack(
        "C10 XSW6 the signed assertion inside the Signature of the forged one", "schema_violation",
        text: { text in
            let moved = text.signature.replacing(
                "</ds:Signature>", with: text.assertion.replacing(text.signature, with: "") + "</ds:Signature>")
            return text.replacing(text.assertion, with: evil.replacing("<saml:Subject>", with: moved + "<saml:Subject>"))
        }),
    Attack(
        "C10 XSW7 the forged assertion in Extensions", "schema_violation",
        text: {
            $0.replacing("<samlp:Status>", with: "<samlp:Extensions>\(evil)</samlp:Extensions><samlp:Status>")
        }),
    Attack(
        "C10 XSW8 the signed assertion in an Object", "schema_violation",
        text: { text in
            let original = text.assertion.replacing(text.signature, with: "")
            let moved = text.signature.replacing("</ds:Signature>", with: "<ds:Object>\(original)</ds:Object></ds:Signature>")
            return text.replacing(text.assertion, with: evil.replacing("<saml:Subject>", with: moved + "<saml:Subject>"))
        }),
    Attack("C10 an assertion in Advice", "schema_violation", { $0.advice = "<saml:Advice>\(evil)</saml:Advice>" }),
    Attack(
        "C10 an assertion inside an attribute's value", "schema_violation",
        {
            $0.attributes = "<saml:Attribute Name=\"x\"><saml:AttributeValue>\(evil)</saml:AttributeValue></saml:Attribute>"
        }),
    Attack(
        "C10 a second assertion after the signed one", "schema_violation",
        text: {
            $0.replacing("</samlp:Response>", with: "\(evil)</samlp:Response>")
        }),
    Attack(
        "C11 two signatures on the assertion", "schema_violation", text: { $0.replacing($0.signature, with: $0.signature + $0.signature) }),
    Attack(
        "C11 a Signature in Extensions", "schema_violation",
        text: {
            $0.replacing("<samlp:Status>", with: "<samlp:Extensions>\($0.signature)</samlp:Extensions><samlp:Status>")
        }),
    Attack(
        "C17 the same ID twice", "duplicate_id",
        { $0.attributes = "<saml:Attribute Name=\"x\"><saml:AttributeValue><x ID=\"_assertion\"/></saml:AttributeValue></saml:Attribute>" }),
    Attack(
        "C17 the same Id in another namespace", "duplicate_id",
        {
            $0.attributes =
                "<saml:Attribute Name=\"x\"><saml:AttributeValue><x xmlns:q=\"urn:q\" q:id=\"_response\"/></saml:AttributeValue></saml:Attribute>"
        }),
]

private let signatures: [Attack] = [
    Attack("C11 no signature", "signature_missing", { $0.signed = .nothing }),
    Attack("C11 the signature cut out", "signature_missing", text: { $0.replacing($0.signature, with: "") }),
    Attack(
        "C11 two SignedInfo", "signature_malformed",
        {
            $0.signature = { text in
                let info = text.between("<ds:SignedInfo", "</ds:SignedInfo>")
                return text.replacing(info, with: info + info)
            }
        }),
    Attack(
        "C11 two References", "signature_malformed",
        {
            $0.signedInfo = { text in
                let reference = text.between("<ds:Reference", "</ds:Reference>")
                return text.replacing(reference, with: reference + reference)
            }
        }),
    Attack("C12 an empty URI", "reference_mismatch", { $0.signedInfo = { $0.replacing("URI=\"#_assertion\"", with: "URI=\"\"") } }),
    Attack("C12 no URI", "reference_mismatch", { $0.signedInfo = { $0.replacing(" URI=\"#_assertion\"", with: "") } }),
    Attack("C12 the URI of another element", "reference_mismatch", { $0.signedInfo = { $0.replacing("#_assertion", with: "#_response") } }),
    Attack(
        "C12 an XPointer", "reference_mismatch", { $0.signedInfo = { $0.replacing("#_assertion", with: "#xpointer(id('_assertion'))") } }),
    Attack("C12 an external URI", "reference_mismatch", { $0.signedInfo = { $0.replacing("#_assertion", with: "https://evil.example/") } }),
    Attack(
        "C13 an XSLT transform", "algorithm_forbidden",
        {
            $0.signedInfo = {
                $0.replacing(
                    "</ds:Transforms>", with: "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/></ds:Transforms>")
            }
        }),
    Attack(
        "C13 an XPath transform", "algorithm_forbidden",
        {
            $0.signedInfo = {
                $0.replacing("http://www.w3.org/2000/09/xmldsig#enveloped-signature", with: "http://www.w3.org/TR/1999/REC-xpath-19991116")
            }
        }),
    Attack(
        "C13 enveloped-signature twice", "algorithm_forbidden",
        {
            $0.signedInfo = {
                let transform = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>"
                return $0.replacing(transform, with: transform + transform)
            }
        }),
    Attack(
        "C13 inclusive canonicalization as transform", "algorithm_forbidden",
        {
            $0.signedInfo = {
                $0.replacing(
                    "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>",
                    with: "<ds:Transform Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>")
            }
        }),
    Attack(
        "C14 inclusive canonicalization", "algorithm_forbidden",
        {
            $0.signedInfo = {
                $0.replacing(
                    "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>",
                    with: "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>")
            }
        }),
    Attack(
        "C7 a PrefixList of 17 prefixes", "signature_malformed",
        {
            $0.signedInfo = {
                $0.replacing(
                    "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>",
                    with:
                        "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"><ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"\((0..<17).map { "p\($0)" }.joined(separator: " "))\"/></ds:CanonicalizationMethod>"
                )
            }
        }),
    Attack(
        "C7 a canonical form many times as long as its document", "canonicalization_failed",
        { $0.namespaces = " xmlns:x=\"urn:\(String(repeating: "x", count: 250))\"" },
        text: { text in
            // Whoever has one genuine response can have anything canonicalized in its place, before the digest is known not to match.
            text.replacing(
                "<saml:AttributeValue>a</saml:AttributeValue>",
                with: "<saml:AttributeValue>\(String(repeating: "<x:a/>", count: 6000))</saml:AttributeValue>")
        }),
    Attack(
        "C7 a SignedInfo of many elements", "signature_malformed",
        text: { text in
            text.replacing(
                "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>",
                with:
                    "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">\(String(repeating: "<a/>", count: 6000))</ds:Transform>"
            )
        }),
    Attack(
        "C15 an Object", "signature_malformed", { $0.signature = { $0.replacing("</ds:Signature>", with: "<ds:Object/></ds:Signature>") } }),
    Attack(
        "C15 HMACOutputLength", "signature_malformed",
        {
            $0.signedInfo = {
                $0.replacing("#rsa-sha256\"/>", with: "#rsa-sha256\"><ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>")
            }
        }),
    Attack(
        "C15 HMACOutputLength of an HMAC", "signature_malformed",
        {
            $0.signedInfo = {
                $0.replacing(
                    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/>",
                    with: "http://www.w3.org/2000/09/xmldsig#hmac-sha1\"><ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>")
            }
        }),
    Attack(
        "C16 an element in DigestValue", "signature_malformed",
        { $0.signedInfo = { $0.replacing("</ds:DigestValue>", with: "<x/></ds:DigestValue>") } }),
    Attack(
        "C16 a short DigestValue", "signature_malformed",
        {
            $0.signedInfo = { text in
                text.replacing(text.between("<ds:DigestValue>", "</ds:DigestValue>"), with: "<ds:DigestValue>AAAA</ds:DigestValue>")
            }
        }),
    Attack(
        "C16 a SignatureValue that is no base64", "signature_malformed",
        {
            $0.signature = {
                $0.replacing("<ds:SignatureValue>", with: "<ds:SignatureValue>*")
            }
        }),
    Attack("C16 altered content", "reference_mismatch", text: { $0.replacing("alice@example.com", with: "admin@example.com") }),
    Attack(
        "C16 an altered digest", "signature_invalid",
        text: { text in
            text.replacing(
                text.between("<ds:DigestValue>", "</ds:DigestValue>"),
                with: "<ds:DigestValue>\(Base64Field.encode(Array(repeating: 7, count: 32)))</ds:DigestValue>")
        }),
    Attack("C19 HMAC", "algorithm_forbidden", { $0.algorithm = "http://www.w3.org/2000/09/xmldsig#hmac-sha1" }),
    Attack("C19 DSA", "algorithm_forbidden", { $0.algorithm = "http://www.w3.org/2000/09/xmldsig#dsa-sha1" }),
    Attack("C19 MD5", "algorithm_forbidden", { $0.algorithm = "http://www.w3.org/2001/04/xmldsig-more#rsa-md5" }),
    Attack("C19 SHA-1", "algorithm_forbidden", { $0.digestAlgorithm = "http://www.w3.org/2000/09/xmldsig#sha1" }),
    Attack("C20 another key", "signature_invalid", { $0.key = TestKeys.stranger }),
    Attack(
        "C20 another key with its certificate in KeyInfo", "certificate_untrusted",
        {
            $0.key = TestKeys.stranger
            $0.keyInfo = TestKeys.stranger.certificate.der
        }),
    Attack(
        "C20 another key under the configured certificate", "signature_invalid",
        {
            $0.key = TestKeys.stranger
            $0.keyInfo = TestKeys.identityProvider.certificate.der
        }),
]

private let facts: [Attack] = [
    Attack(
        "C28 a failed status", "status_not_success",
        { $0.status = "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"/>" }),
    Attack(
        "C28 a failure inside Success", "status_not_success",
        {
            $0.status =
                "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed\"/></samlp:StatusCode>"
        }),
    Attack("C29 another issuer of the assertion", "issuer_mismatch", { $0.assertionIssuer = "https://other.example" }),
    Attack("C29 another issuer of the Response", "issuer_mismatch", { $0.responseIssuer = "https://other.example" }),
    Attack("C29 an issuer with white space", "issuer_mismatch", { $0.assertionIssuer = " \(Sample.entityID)" }),
    Attack("C30 another Recipient", "recipient_mismatch", { $0.recipient = "https://other.example/acs" }),
    Attack("C30 no Recipient", "recipient_mismatch", { $0.recipient = nil }),
    Attack(
        "C30 a Recipient that is only equivalent", "recipient_mismatch",
        { $0.recipient = "https://SP.example/saml/acs?org=0123456789abcdef0123456789abcdef" }),
    Attack("C30 another Destination", "destination_mismatch", { $0.destination = "https://other.example/acs" }),
    Attack("C30 another Audience", "audience_mismatch", { $0.audiences = ["<saml:Audience>https://other.example</saml:Audience>"] }),
    Attack(
        "C30 one of two restrictions is not for us", "audience_mismatch",
        {
            $0.audiences.append("<saml:Audience>https://other.example</saml:Audience>")
        }),
    Attack("C30 no Audience", "audience_mismatch", { $0.audiences = [] }),
    Attack("C30 no bearer", "subject_confirmation_missing", { $0.method = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key" }),
    Attack("C31 not yet valid", "not_yet_valid", { $0.notBefore = Sample.now.adding(seconds: 61) }),
    Attack("C31 expired", "expired", { $0.notOnOrAfter = Sample.now.adding(seconds: -60) }),
    Attack("C31 an ended confirmation", "expired", { $0.confirmationEnd = Sample.now.adding(seconds: -61) }),
    Attack("C31 a confirmation without end", "subject_confirmation_missing", { $0.confirmationEnd = nil }),
    Attack("C31 an ended session", "expired", { $0.sessionEnd = Sample.now.adding(seconds: -61) }),
    Attack("C31 an unknown condition", "schema_violation", { $0.condition = "<saml:Condition/>" }),
    Attack("C34 InResponseTo on the unsigned Response alone", "request_unknown", { $0.responseInResponseTo = "_r" }),
    Attack(
        "C34 two different InResponseTo", "request_unknown",
        {
            $0.responseInResponseTo = "_r"
            $0.inResponseTo = "_q"
        }),
    Attack("a NameID that is no address", "email_missing", { $0.nameID = "<saml:NameID>auth0|abc</saml:NameID>" }),
    Attack("no NameID", "email_missing", { $0.nameID = "" }),
    Attack(
        "two addresses in the e-mail attribute", "email_not_an_address",
        {
            $0.nameID = ""
            $0.attributes =
                "<saml:Attribute Name=\"email\"><saml:AttributeValue>a@b.c</saml:AttributeValue><saml:AttributeValue>d@b.c</saml:AttributeValue></saml:Attribute>"
        }),
    Attack(
        "an e-mail attribute with white space", "email_not_an_address",
        {
            $0.nameID = ""
            $0.attributes = "<saml:Attribute Name=\"email\"><saml:AttributeValue> a@b.example</saml:AttributeValue></saml:Attribute>"
        }),
]

@Suite struct `A hostile response` {
    @Test(arguments: document + structure + signatures + facts)
    func `is refused with its code`(_ attack: Attack) {
        let judgment = judge(response: Array(attack.xml().utf8), Sample.facts())
        switch judgment.outcome {
        case .accepted: Issue.record("\(attack) was accepted")
        case .refused(let refusal): #expect(refusal.code.rawValue == attack.code, "\(refusal.detail)")
        }
    }

    @Test(arguments: ["</ds:SignedInfo>", "</ds:Reference>", "</ds:Signature>", "</ds:Transforms>"])
    func `is refused in a sentence of bounded length, whatever it holds`(_ place: String) throws {
        var sample = Sample()
        let many = String(repeating: "<\(String(repeating: "n", count: 200))/>", count: 1000)
        sample.signature = { $0.replacing(place, with: many + place) }
        guard case .refused(let refusal) = judge(response: Array(sample.xml().utf8), Sample.facts()).outcome else {
            Issue.record("It was accepted.")
            return
        }
        #expect(refusal.detail.utf8.count < 4096)
    }

    @Test func `says where its sentence was cut, and only there`() {
        let whole = Refusal(.schemaViolation, String(repeating: "ü", count: 2048)).detail
        #expect(whole == String(repeating: "ü", count: 2048))
        #expect(Refusal(.schemaViolation, String(repeating: "ü", count: 2049)).detail == whole + "…")
    }
}

@Suite struct `The policy` {
    @Test func `asks for a signed assertion`() {
        var sample = Sample()
        sample.signed = .response
        var facts = Sample.facts()
        facts.requireSignedAssertion = true
        #expect(Sample.code(sample.xml(), facts) == "signature_missing")
    }

    @Test func `asks for encryption`() {
        var facts = Sample.facts()
        facts.requireEncryptedAssertion = true
        #expect(Sample.code(Sample().xml(), facts) == "encryption_required")
    }

    @Test func `C23 refuses the end of a certificate only where it says so`() {
        var facts = Sample.facts()
        facts.instant = Sample.now.adding(seconds: 100 * 365 * 86400)
        var sample = Sample()
        sample.notOnOrAfter = nil
        sample.confirmationEnd = facts.instant.adding(seconds: 60)
        #expect(Sample.code(sample.xml(), facts) == "accepted")
        facts.refuseExpiredCertificates = true
        #expect(Sample.code(sample.xml(), facts) == "certificate_expired")
    }

    @Test func `C20 no configured identity provider is an error`() {
        var facts = Sample.facts()
        facts.identityProvider = nil
        #expect(Sample.code(Sample().xml(), facts) == "organization_not_configured")
        facts.identityProvider = TrustedIdentityProvider(entityID: Sample.entityID, certificates: [])
        #expect(Sample.code(Sample().xml(), facts) == "organization_not_configured")
    }
}
