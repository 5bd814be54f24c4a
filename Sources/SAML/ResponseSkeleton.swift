/// What responses of an identity provider have in common: names, formats, our addresses, its name and certificates. A compressor that knows it
/// has only the person and the signature left to write.
///
/// Made from the configuration alone, so that nothing personal can be in it, and anyone who has the configuration can make it again.
/// - Invariant: The text of a version never changes: what was compressed with it must stay readable.
public struct ResponseSkeleton: Sendable, Hashable {
    /// The version that is written today.
    public static let newest: UInt8 = 2

    /// The identity provider's entity ID.
    public var entityID: String
    /// The service provider's entity ID.
    public var serviceProviderEntityID: String
    /// Where responses are posted.
    public var acsURL: String
    /// The identity provider's certificates, DER.
    public var certificates: [[UInt8]]

    /// A skeleton of these.
    public init(entityID: String, serviceProviderEntityID: String, acsURL: String, certificates: [[UInt8]]) {
        self.entityID = entityID
        self.serviceProviderEntityID = serviceProviderEntityID
        self.acsURL = acsURL
        self.certificates = certificates
    }

    /// The text of that version; nil for one that this program doesn't know.
    public func text(version: UInt8) -> [UInt8]? {
        switch version {
        case 1: Array(first.utf8)
        case 2: Array((first + canonical).utf8)
        default: nil
        }
    }

    // What is likeliest stands last: what is near is written shortest.
    private var first: String {
        let encoded = certificates.prefix(4).map { Base64Field.encode($0) }.reversed()
        return Self.names + encoded.dropLast().joined(separator: "\n") + response("samlp", "", "", "")
            + response("saml2p", "saml2", "ds", "")
            + response("samlp", "saml", "ds", encoded.last ?? "")
    }

    // Version 1 lacks the form that products write which canonicalize what they send: attributes in their order, no empty-element tags.
    private var canonical: String {
        let certificate = certificates.first.map { Base64Field.encode($0) } ?? ""
        let (issuer, audience, acs) = (escaped(entityID), escaped(serviceProviderEntityID), escaped(acsURL))
        let instant = "2026-01-01T00:00:00Z"
        let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
        var text =
            "<samlp:Response xmlns:samlp=\"\(Names.protocol)\" Destination=\"\(acs)\" ID=\"_\" InResponseTo=\"_\" IssueInstant=\"\(instant)\""
        text += " Version=\"2.0\"><saml:Issuer xmlns:saml=\"\(Names.assertion)\">\(issuer)</saml:Issuer><samlp:Status><samlp:StatusCode"
        text += " Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"></samlp:StatusCode></samlp:Status>"
        text +=
            "<saml:Assertion xmlns:saml=\"\(Names.assertion)\" ID=\"_\" IssueInstant=\"\(instant)\" Version=\"2.0\"><saml:Issuer>\(issuer)"
        text +=
            "</saml:Issuer><ds:Signature xmlns:ds=\"\(Names.signature)\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"\(exclusive)\">"
        text += "</ds:CanonicalizationMethod><ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\">"
        text += "</ds:SignatureMethod><ds:Reference URI=\"#_\"><ds:Transforms><ds:Transform"
        text +=
            " Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform><ds:Transform Algorithm=\"\(exclusive)\">"
        text += "</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod>"
        text += "<ds:DigestValue></ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue></ds:SignatureValue><ds:KeyInfo>"
        text += "<ds:X509Data><ds:X509Certificate>\(certificate)</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>"
        text += "<saml:Subject><saml:NameID Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\"></saml:NameID>"
        text +=
            "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><saml:SubjectConfirmationData InResponseTo=\"_\""
        text +=
            " NotOnOrAfter=\"\(instant)\" Recipient=\"\(acs)\"></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>"
        text += "<saml:Conditions NotBefore=\"\(instant)\" NotOnOrAfter=\"\(instant)\"><saml:AudienceRestriction><saml:Audience>\(audience)"
        text += "</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant=\"\(instant)\""
        text += " SessionIndex=\"_\"><saml:AuthnContext><saml:AuthnContextClassRef>"
        text += "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext>"
        text +=
            "</saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name=\"displayName\"><saml:AttributeValue></saml:AttributeValue>"
        text += "</saml:Attribute><saml:Attribute Name=\"groups\"><saml:AttributeValue></saml:AttributeValue></saml:Attribute>"
        return text + "</saml:AttributeStatement></saml:Assertion></samlp:Response>"
    }

    /// A response without anybody in it, with the prefixes of protocol, assertion and signature as the product writes them.
    private func response(_ protocolPrefix: String, _ assertionPrefix: String, _ signaturePrefix: String, _ certificate: String) -> String {
        let p = protocolPrefix + ":"
        let a = assertionPrefix.isEmpty ? "" : assertionPrefix + ":"
        let assertionNamespace = Self.namespace(assertionPrefix, "\(Names.assertion)")
        let (issuer, audience, acs) = (escaped(entityID), escaped(serviceProviderEntityID), escaped(acsURL))
        let instant = "2026-01-01T00:00:00Z"
        var text =
            "<\(p)Response\(Self.namespace(protocolPrefix, "\(Names.protocol)")) ID=\"_\" Version=\"2.0\" IssueInstant=\"\(instant)\""
        text += " Destination=\"\(acs)\" InResponseTo=\"_\"><\(a)Issuer\(assertionNamespace)>\(issuer)</\(a)Issuer>"
        text += "<\(p)Status><\(p)StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></\(p)Status>"
        text += "<\(a)Assertion\(assertionNamespace) ID=\"_\" IssueInstant=\"2026-01-01T00:00:00.000Z\" Version=\"2.0\">"
        text +=
            "<\(a)Issuer>\(issuer)</\(a)Issuer>"
            + signature(signaturePrefix.isEmpty ? "" : signaturePrefix + ":", signaturePrefix, certificate)
        text += "<\(a)Subject><\(a)NameID Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\"></\(a)NameID>"
        text += "<\(a)SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><\(a)SubjectConfirmationData InResponseTo=\"_\""
        text += " NotOnOrAfter=\"\(instant)\" Recipient=\"\(acs)\"/></\(a)SubjectConfirmation></\(a)Subject>"
        text += "<\(a)Conditions NotBefore=\"\(instant)\" NotOnOrAfter=\"\(instant)\"><\(a)AudienceRestriction><\(a)Audience>\(audience)"
        text +=
            "</\(a)Audience></\(a)AudienceRestriction></\(a)Conditions><\(a)AuthnStatement AuthnInstant=\"\(instant)\" SessionIndex=\"_\""
        text += " SessionNotOnOrAfter=\"\(instant)\"><\(a)AuthnContext><\(a)AuthnContextClassRef>"
        text +=
            "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</\(a)AuthnContextClassRef></\(a)AuthnContext></\(a)AuthnStatement>"
        text += "<\(a)AttributeStatement><\(a)Attribute Name=\"groups\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:basic\">"
        text += "<\(a)AttributeValue xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        text += " xsi:type=\"xs:string\"></\(a)AttributeValue></\(a)Attribute></\(a)AttributeStatement></\(a)Assertion></\(p)Response>"
        return text
    }

    private func signature(_ d: String, _ prefix: String, _ certificate: String) -> String {
        var text = "<\(d)Signature\(Self.namespace(prefix, "\(Names.signature)"))><\(d)SignedInfo>"
        text += "<\(d)CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>"
        text += "<\(d)SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/><\(d)Reference URI=\"#_\">"
        text += "<\(d)Transforms><\(d)Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>"
        text += "<\(d)Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></\(d)Transforms>"
        text +=
            "<\(d)DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><\(d)DigestValue></\(d)DigestValue></\(d)Reference>"
        text += "</\(d)SignedInfo><\(d)SignatureValue></\(d)SignatureValue><\(d)KeyInfo><\(d)X509Data><\(d)X509Certificate>\(certificate)"
        return text + "</\(d)X509Certificate></\(d)X509Data></\(d)KeyInfo></\(d)Signature>"
    }

    private static func namespace(_ prefix: String, _ name: String) -> String { " xmlns\(prefix.isEmpty ? "" : ":" + prefix)=\"\(name)\"" }

    // Formats, contexts and attributes' names that identity providers use.
    private static let names = [
        "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified", "urn:oasis:names:tc:SAML:2.0:attrname-format:uri",
        "urn:oasis:names:tc:SAML:2.0:nameid-format:transient", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
        "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:Password", "urn:oasis:names:tc:SAML:2.0:ac:classes:X509",
        "FriendlyName=\"mail\" Name=\"urn:oid:0.9.2342.19200300.100.1.3\"", "FriendlyName=\"givenName\" Name=\"urn:oid:2.5.4.42\"",
        "FriendlyName=\"sn\" Name=\"urn:oid:2.5.4.4\"", "FriendlyName=\"displayName\" Name=\"urn:oid:2.16.840.1.113730.3.1.241\"",
        "FriendlyName=\"eduPersonPrincipalName\" Name=\"urn:oid:1.3.6.1.4.1.5923.1.1.1.6\"", "InclusiveNamespaces", "PrefixList=\"xs\"",
        "http://schemas.microsoft.com/identity/claims/tenantid", "http://schemas.microsoft.com/identity/claims/objectidentifier",
        "http://schemas.microsoft.com/identity/claims/displayname", "http://schemas.microsoft.com/identity/claims/identityprovider",
        "http://schemas.microsoft.com/claims/authnmethodsreferences", "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        "firstName", "lastName", "displayName", "memberOf", "department", "email",
    ].joined(separator: "\n")
}
