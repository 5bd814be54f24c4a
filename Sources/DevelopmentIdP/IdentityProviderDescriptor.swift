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
    public var metadata: [UInt8] { Array((Self.declaration + text(id: nil, signature: "")).utf8) }

    /// The document, signed as a federation signs it (metadata §3).
    public func metadata(signedBy key: PrivateKey, _ certificate: Certificate) throws(CryptographyError) -> [UInt8] {
        let id = "_metadata"
        let signer = Signer(key: key, certificate: certificate, digest: .sha256, usesPSS: false)
        let signature = try signer.signature(of: text(id: id, signature: ""), id: id)
        return Array((Self.declaration + text(id: id, signature: signature)).utf8)
    }

    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    // In canonical form.
    private func text(id: String?, signature: String) -> String {
        var text = "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\""
        if let id { text += " ID=\"\(id)\"" }
        text += " entityID=\"\(CanonicalText.attribute(entityID))\">\(signature)\n"
        text += "  <md:IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\n"
        for certificate in certificates {
            text += "    <md:KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"\(Signer.namespace)\"><ds:X509Data>"
            text += "<ds:X509Certificate>\(CanonicalText.base64(certificate.der))</ds:X509Certificate>"
            text += "</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\n"
        }
        if let singleLogoutURL {
            text += "    <md:SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\""
            text += " Location=\"\(CanonicalText.attribute(singleLogoutURL))\"></md:SingleLogoutService>\n"
        }
        text += "    <md:NameIDFormat>\(NameIDFormat.emailAddress)</md:NameIDFormat>\n"
        for binding in ["HTTP-Redirect", "HTTP-POST"] {
            text += "    <md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:\(binding)\""
            text += " Location=\"\(CanonicalText.attribute(singleSignOnURL))\"></md:SingleSignOnService>\n"
        }
        return text + "  </md:IDPSSODescriptor>\n</md:EntityDescriptor>"
    }
}
