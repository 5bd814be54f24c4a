public import Cryptography

/// An identity provider's metadata (metadata §2.4.3).
public struct IdentityProviderDescriptor: Sendable {
    /// Its name.
    public var entityID: String
    /// Where requests go, by redirect and by POST.
    public var singleSignOnURL: String
    /// Where logout messages go, by redirect; nil: it offers no single logout.
    public var singleLogoutURL: String?
    /// The certificates of the keys that sign.
    public var certificates: [Certificate]

    /// What the metadata says.
    public init(entityID: String, singleSignOnURL: String, singleLogoutURL: String? = nil, certificates: [Certificate]) {
        self.entityID = entityID
        self.singleSignOnURL = singleSignOnURL
        self.singleLogoutURL = singleLogoutURL
        self.certificates = certificates
    }

    /// The document.
    public var metadata: [UInt8] {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\""
        text += " entityID=\"\(CanonicalText.attribute(entityID))\">\n"
        text += "  <md:IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\n"
        for certificate in certificates {
            text += "    <md:KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"\(Signer.namespace)\"><ds:X509Data>"
            text += "<ds:X509Certificate>\(CanonicalText.base64(certificate.der))</ds:X509Certificate>"
            text += "</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\n"
        }
        if let singleLogoutURL {
            text += "    <md:SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\""
            text += " Location=\"\(CanonicalText.attribute(singleLogoutURL))\"/>\n"
        }
        text += "    <md:NameIDFormat>\(NameIDFormat.emailAddress)</md:NameIDFormat>\n"
        for binding in ["HTTP-Redirect", "HTTP-POST"] {
            text += "    <md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:\(binding)\""
            text += " Location=\"\(CanonicalText.attribute(singleSignOnURL))\"/>\n"
        }
        text += "  </md:IDPSSODescriptor>\n</md:EntityDescriptor>\n"
        return Array(text.utf8)
    }
}
