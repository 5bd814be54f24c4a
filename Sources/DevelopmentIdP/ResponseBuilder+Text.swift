extension ResponseBuilder {
    /// The Response around an assertion (core §3.3.3).
    func responseText(_ body: String, signature: String) -> String {
        var text = "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\""
        text += attribute("Destination", destination) + attribute("ID", responseID)
        text += attribute("InResponseTo", inResponseTo) + attribute("IssueInstant", CanonicalText.instant(issueInstant))
        text += " Version=\"2.0\">"
        text += element("saml:Issuer", issuer, " xmlns:saml=\"\(Self.assertionNamespace)\"") + signature
        let inner = innerStatus.map { "<samlp:StatusCode\(attribute("Value", $0))></samlp:StatusCode>" } ?? ""
        text += "<samlp:Status><samlp:StatusCode\(attribute("Value", status))>\(inner)</samlp:StatusCode></samlp:Status>"
        return text + body + "</samlp:Response>"
    }

    /// The Assertion (core §2.3.3), which declares every namespace that it uses.
    func assertionText(signature: String) -> String {
        var text = "<saml:Assertion xmlns:saml=\"\(Self.assertionNamespace)\"" + attribute("ID", assertionID)
        text += attribute("IssueInstant", CanonicalText.instant(issueInstant)) + " Version=\"2.0\">"
        text += element("saml:Issuer", issuer) + signature + subject + conditions + statement
        if !attributes.isEmpty {
            text += "<saml:AttributeStatement>"
            for item in attributes {
                text += "<saml:Attribute\(attribute("Name", item.name))>"
                text += item.values.map { element("saml:AttributeValue", $0) }.joined() + "</saml:Attribute>"
            }
            text += "</saml:AttributeStatement>"
        }
        return text + "</saml:Assertion>"
    }

    private var subject: String {
        var text = "<saml:Subject>" + element("saml:NameID", nameID, attribute("Format", nameIDFormat))
        text += "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><saml:SubjectConfirmationData"
        text += attribute("InResponseTo", inResponseTo) + attribute("NotOnOrAfter", CanonicalText.instant(issueInstant + lifetime))
        text += attribute("Recipient", recipient)
        return text + "></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>"
    }

    private var conditions: String {
        var text = "<saml:Conditions" + attribute("NotBefore", CanonicalText.instant(issueInstant - earliness))
        text += attribute("NotOnOrAfter", CanonicalText.instant(issueInstant + lifetime)) + "><saml:AudienceRestriction>"
        text += element("saml:Audience", audience)
        return text + "</saml:AudienceRestriction></saml:Conditions>"
    }

    private var statement: String {
        var text = "<saml:AuthnStatement" + attribute("AuthnInstant", CanonicalText.instant(authnInstant ?? issueInstant))
        text += attribute("SessionIndex", sessionIndex)
        text += attribute("SessionNotOnOrAfter", sessionNotOnOrAfter.map(CanonicalText.instant)) + "><saml:AuthnContext>"
        text += element(
            "saml:AuthnContextClassRef", "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport")
        return text + "</saml:AuthnContext></saml:AuthnStatement>"
    }

    static let assertionNamespace = "urn:oasis:names:tc:SAML:2.0:assertion"

    // Canonical form sorts attributes by name, after namespaces: every caller keeps that order.
    private func attribute(_ name: String, _ value: String?) -> String {
        value.map { " \(name)=\"\(CanonicalText.attribute($0))\"" } ?? ""
    }

    private func element(_ name: String, _ content: String, _ attributes: String = "") -> String {
        "<\(name)\(attributes)>\(CanonicalText.content(content))</\(name)>"
    }
}
