import Cryptography
import Events
import Testing

@testable import SAML

@Suite struct `A good response` {
    @Test(arguments: Sample.Signed.allCases)
    func `is accepted when the response, the assertion or both are signed`(_ signed: Sample.Signed) {
        var sample = Sample()
        sample.signed = signed
        #expect(Sample.code(sample.xml()) == (signed == .nothing ? "signature_missing" : "accepted"))
    }

    @Test func `gives claims that are read from the signed bytes`() throws {
        var sample = Sample()
        sample.inResponseTo = "_request"
        sample.sessionEnd = Sample.now.adding(seconds: 3600)
        let judgment = judge(response: Array(sample.xml().utf8), Sample.facts())
        guard case .accepted(let claims) = judgment.outcome else {
            Issue.record("refused: \(judgment.steps.last?.detail ?? "")")
            return
        }
        #expect(claims.email.text == "alice@example.com")
        #expect(claims.issuer == Sample.entityID)
        #expect(claims.assertionID == "_assertion")
        #expect(claims.responseID == "_response")
        #expect(claims.inResponseTo == "_request")
        #expect(claims.sessionIndex == "_s1")
        #expect(claims.displayName == "Alice Example")
        #expect(claims.groups == ["a", "b"])
        #expect(claims.sessionNotOnOrAfter == Sample.now.adding(seconds: 3600))
        #expect(claims.certificateSHA256 == TestKeys.identityProvider.certificate.sha256)
        #expect(!judgment.steps.contains { !$0.ok })
        #expect(judgment.verified?.assertionID == "_assertion")
    }

    @Test func `may name either form of the address, and the audience with spn before it`() {
        var sample = Sample()
        sample.recipient = Sample.acsPath
        sample.destination = Sample.acsPath
        sample.audiences = ["<saml:Audience>spn:\(Sample.audience)</saml:Audience>"]
        #expect(Sample.code(sample.xml()) == "accepted")
    }

    @Test func `keeps a CDATA section as the text that canonicalization makes of it`() throws {
        var sample = Sample()
        sample.nameID = "<saml:NameID><![CDATA[alice@example.com]]></saml:NameID>"
        #expect(Sample.code(sample.xml()) == "accepted")
    }

    @Test func `may need a PrefixList for prefixes that stand in values only`() {
        var sample = Sample()
        sample.namespaces = " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\""
        #expect(Sample.code(sample.xml()) == "accepted")
    }

    @Test func `may repeat a prefix in its PrefixList`() {
        var sample = Sample()
        sample.signedInfo = {
            $0.replacing(
                "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>",
                with:
                    "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"><ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"\(String(repeating: "xs ", count: 40))#default\"/></ds:CanonicalizationMethod>"
            )
        }
        #expect(Sample.code(sample.xml()) == "accepted")
    }

    @Test func `may declare the same namespaces on hundreds of values`() {
        var sample = Sample()
        let value =
            "<saml:AttributeValue xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"xs:string\">group</saml:AttributeValue>"
        sample.attributes += "<saml:Attribute Name=\"groups\">\(String(repeating: value, count: 600))</saml:Attribute>"
        #expect(Sample.code(sample.xml()) == "accepted")
    }

    @Test func `with SHA-1 is accepted until the instant that the policy names`() {
        var sample = Sample()
        sample.algorithm = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
        sample.digestAlgorithm = "http://www.w3.org/2000/09/xmldsig#sha1"
        var facts = Sample.facts()
        #expect(Sample.code(sample.xml(), facts) == "algorithm_forbidden")
        facts.allowSHA1Until = Sample.now.adding(seconds: 1)
        #expect(Sample.code(sample.xml(), facts) == "accepted")
        facts.allowSHA1Until = Sample.now
        #expect(Sample.code(sample.xml(), facts) == "algorithm_forbidden")
    }
}
