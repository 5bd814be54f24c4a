public import Cryptography

/// Our own metadata, for identity providers (metadata §2.4.4). It names no end: `validUntil` would be read as a deadline.
public enum ServiceProviderMetadata {
    /// The document.
    ///
    /// - Parameters:
    ///   - acsURLs: The first is the default.
    ///   - encryptionCertificates: Never empty: identity providers that encrypt fail without one.
    ///   - signingCertificates: Published before they are used.
    ///   - requestsSigned: Whether AuthnRequests are signed.
    public static func document(
        entityID: String, acsURLs: [String], logoutURL: String?, encryptionCertificates: [Certificate],
        signingCertificates: [Certificate] = [], requestsSigned: Bool = false
    ) -> [UInt8] {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<md:EntityDescriptor xmlns:md=\"\(Names.metadata)\" entityID=\"\(escaped(entityID))\">\n"
        // WantAssertionsSigned is left out: "false" makes some identity providers leave the assertion unsigned.
        let signed = requestsSigned ? " AuthnRequestsSigned=\"true\"" : ""
        text += "  <md:SPSSODescriptor\(signed) protocolSupportEnumeration=\"\(Names.protocol)\">\n"
        for certificate in signingCertificates { text += key(certificate, use: "signing") }
        for certificate in encryptionCertificates { text += key(certificate, use: "encryption") }
        if let logoutURL {
            for binding in [SAMLBinding.redirect, SAMLBinding.post] {
                text += "    <md:SingleLogoutService Binding=\"\(binding)\" Location=\"\(escaped(logoutURL))\"/>\n"
            }
        }
        text += "    <md:NameIDFormat>\(Names.emailAddressFormat)</md:NameIDFormat>\n"
        for (index, url) in acsURLs.enumerated() {
            text += "    <md:AssertionConsumerService Binding=\"\(SAMLBinding.post)\" Location=\"\(escaped(url))\""
            text += " index=\"\(index)\"\(index == 0 ? " isDefault=\"true\"" : "")/>\n"
        }
        text += "  </md:SPSSODescriptor>\n</md:EntityDescriptor>\n"
        return Array(text.utf8)
    }

    private static func key(_ certificate: Certificate, use: String) -> String {
        "    <md:KeyDescriptor use=\"\(use)\">\(keyInfo(certificate))\(use == "encryption" ? methods : "")</md:KeyDescriptor>\n"
    }

    private static let methods = [
        "http://www.w3.org/2009/xmlenc11#aes256-gcm", "http://www.w3.org/2009/xmlenc11#aes128-gcm",
        "http://www.w3.org/2001/04/xmlenc#aes256-cbc", "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
        "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
    ].map { "<md:EncryptionMethod Algorithm=\"\($0)\"/>" }.joined()
}
