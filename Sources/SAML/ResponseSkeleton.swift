/// What responses of an identity provider have in common: names, formats, our addresses, its name and certificates. A compressor that knows it
/// has only the person and the signature left to write.
///
/// Made from the configuration alone, so that nothing personal can be in it, and anyone who has the configuration can make it again.
/// - Invariant: The text of a version never changes: what was compressed with it must stay readable.
public struct ResponseSkeleton: Sendable, Hashable {
    /// The version that is written today.
    public static let newest: UInt8 = 1

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
    public func text(version: UInt8) -> [UInt8]? { version == 1 ? Array(first.utf8) : nil }

    // What is likeliest stands last: what is near is written shortest.
    private var first: String {
        let encoded = certificates.prefix(4).map { Base64Field.encode($0) }.reversed()
        return Self.names + encoded.dropLast().joined(separator: "\n") + response("samlp", "", "", "")
            + response("saml2p", "saml2", "ds", "")
            + response("samlp", "saml", "ds", encoded.last ?? "")
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
