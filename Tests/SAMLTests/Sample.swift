import Cryptography
import Events
import XML

@testable import SAML

/// A response as a well-behaved identity provider sends it; a test sets what it is about.
struct Sample {
    static let entityID = "https://idp.example/metadata"
    static let acs = "https://sp.example/saml/acs?org=0123456789abcdef0123456789abcdef"
    static let acsPath = "https://sp.example/saml/acs/0123456789abcdef0123456789abcdef"
    static let audience = "https://sp.example/saml/login?org=0123456789abcdef0123456789abcdef"
    static let now = Instant(seconds: 1_795_600_000)

    enum Signed: String, CaseIterable { case nothing, assertion, response, both }

    var signed = Signed.assertion
    var key = TestKeys.identityProvider
    var algorithm = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    var digestAlgorithm = "http://www.w3.org/2001/04/xmlenc#sha256"
    var version = "2.0"
    var responseIssuer: String? = Sample.entityID
    var assertionIssuer = Sample.entityID
    var destination: String? = Sample.acs
    var status = "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>"
    var extensions = ""
    var responseInResponseTo: String?
    var nameID = "<saml:NameID>alice@example.com</saml:NameID>"
    var method = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
    var recipient: String? = Sample.acs
    var inResponseTo: String?
    var confirmationNotBefore: Instant?
    var confirmationEnd: Instant? = Sample.now.adding(seconds: 300)
    var notBefore: Instant? = Sample.now.adding(seconds: -30)
    var notOnOrAfter: Instant? = Sample.now.adding(seconds: 300)
    var audiences = ["<saml:Audience>\(Sample.audience)</saml:Audience>"]
    var condition = ""
    var sessionEnd: Instant?
    var attributes = """
        <saml:Attribute Name="displayName"><saml:AttributeValue>Alice Example</saml:AttributeValue></saml:Attribute>\
        <saml:Attribute Name="groups"><saml:AttributeValue>a</saml:AttributeValue><saml:AttributeValue>b</saml:AttributeValue></saml:Attribute>
        """
    var advice = ""
    var keyInfo: [UInt8]?
    /// Changes SignedInfo before it is signed.
    var signedInfo: (String) -> String = { $0 }
    /// Changes the Signature element after it was made.
    var signature: (String) -> String = { $0 }
    var namespaces = ""

    func xml() -> String {
        var text = response(assertion())
        if signed == .assertion || signed == .both { text = sign(text, id: "_assertion", at: "[assertion signature]") }
        if signed == .response || signed == .both {
            text = sign(text.replacing("[assertion signature]", with: ""), id: "_response", at: "[response signature]")
        }
        return text.replacing("[assertion signature]", with: "").replacing("[response signature]", with: "")
    }

    func response(_ assertion: String) -> String {
        var text = "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\""
        text += " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"\(namespaces) ID=\"_response\" Version=\"\(version)\""
        text += " IssueInstant=\"\(Sample.now.rfc3339)\""
        if let destination { text += " Destination=\"\(destination)\"" }
        if let responseInResponseTo { text += " InResponseTo=\"\(responseInResponseTo)\"" }
        text += ">"
        if let responseIssuer { text += "<saml:Issuer>\(responseIssuer)</saml:Issuer>" }
        return text + "[response signature]\(extensions)<samlp:Status>\(status)</samlp:Status>\(assertion)</samlp:Response>"
    }

    func assertion() -> String {
        var text = "<saml:Assertion ID=\"_assertion\" Version=\"2.0\" IssueInstant=\"\(Sample.now.rfc3339)\">"
        text += "<saml:Issuer>\(assertionIssuer)</saml:Issuer>[assertion signature]<saml:Subject>\(nameID)"
        text += "<saml:SubjectConfirmation Method=\"\(method)\"><saml:SubjectConfirmationData"
        if let recipient { text += " Recipient=\"\(recipient)\"" }
        if let inResponseTo { text += " InResponseTo=\"\(inResponseTo)\"" }
        if let confirmationNotBefore { text += " NotBefore=\"\(confirmationNotBefore.rfc3339)\"" }
        if let confirmationEnd { text += " NotOnOrAfter=\"\(confirmationEnd.rfc3339)\"" }
        text += "/></saml:SubjectConfirmation></saml:Subject><saml:Conditions"
        if let notBefore { text += " NotBefore=\"\(notBefore.rfc3339)\"" }
        if let notOnOrAfter { text += " NotOnOrAfter=\"\(notOnOrAfter.rfc3339)\"" }
        text += ">" + audiences.map { "<saml:AudienceRestriction>\($0)</saml:AudienceRestriction>" }.joined() + condition
        text += "</saml:Conditions>\(advice)<saml:AuthnStatement AuthnInstant=\"\(Sample.now.rfc3339)\" SessionIndex=\"_s1\""
        if let sessionEnd { text += " SessionNotOnOrAfter=\"\(sessionEnd.rfc3339)\"" }
        text += "><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password"
        text += "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
        return text + "<saml:AttributeStatement>\(attributes)</saml:AttributeStatement></saml:Assertion>"
    }

    /// The text with a Signature over the element of that ID where the mark stands.
    func sign(_ text: String, id: String, at mark: String) -> String {
        let bare = text.replacing("[assertion signature]", with: "").replacing("[response signature]", with: "")
        guard let document = try? XMLDocument(parsing: Array(bare.utf8)) else { return text }
        var found: XMLElement?
        document.root.walk { element in
            if element.attribute("ID") == id { found = element }
            return found == nil
        }
        guard let canonical = try? found?.canonicalized(), let digestMethod = digest else { return text }
        let value = Base64Field.encode(digestMethod.digest(canonical))
        let info = signedInfo(
            "<ds:SignedInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">"
                + "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>"
                + "<ds:SignatureMethod Algorithm=\"\(algorithm)\"/><ds:Reference URI=\"#\(id)\"><ds:Transforms>"
                + "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>"
                + "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></ds:Transforms>"
                + "<ds:DigestMethod Algorithm=\"\(digestAlgorithm)\"/><ds:DigestValue>\(value)</ds:DigestValue>"
                + "</ds:Reference></ds:SignedInfo>")
        let canonicalInfo = (try? XMLDocument(parsing: Array(info.utf8)).root.canonicalized()) ?? Array(info.utf8)
        let made = TestKeys.sign(canonicalInfo, key, algorithm)
        var element = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\(info)"
        element += "<ds:SignatureValue>\(Base64Field.encode(made))</ds:SignatureValue>"
        if let keyInfo {
            element +=
                "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>\(Base64Field.encode(keyInfo))</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        }
        return text.replacing(mark, with: signature(element + "</ds:Signature>"))
    }

    private var digest: DigestAlgorithm? {
        switch digestAlgorithm.suffix(6) {
        case "sha256": .sha256
        case "sha384": .sha384
        case "sha512": .sha512
        default: .sha1
        }
    }

    static func facts() -> JudgmentFacts {
        JudgmentFacts(
            acsURLs: [acs, acsPath], serviceProviderEntityID: audience,
            identityProvider: TrustedIdentityProvider(entityID: entityID, certificates: [TestKeys.identityProvider.certificate]),
            instant: now)
    }

    static func code(_ xml: String, _ facts: JudgmentFacts = Sample.facts()) -> String {
        switch judge(response: Array(xml.utf8), facts).outcome {
        case .accepted: "accepted"
        case .refused(let refusal): refusal.code.rawValue
        }
    }
}
