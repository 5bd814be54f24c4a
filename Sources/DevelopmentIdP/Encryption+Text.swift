import Cryptography

extension ResponseBuilder.Encryption {
    /// The EncryptedAssertion (core §2.3.4): a random content key, wrapped for the recipient.
    func encrypted(_ assertion: String) throws(CryptographyError) -> String {
        let key = randomBytes(cipher.keyLength)
        let content = CanonicalText.base64(try cipher.seal(Array(assertion.utf8), key: key))
        let wrapped = CanonicalText.base64(try recipient.encryptOAEP(key, digest: digest, maskDigest: maskDigest))
        var text = "<saml:EncryptedAssertion xmlns:saml=\"\(ResponseBuilder.assertionNamespace)\">"
        text += "<xenc:EncryptedData xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\""
        text += " Type=\"http://www.w3.org/2001/04/xmlenc#Element\">"
        text += "<xenc:EncryptionMethod Algorithm=\"\(cipher.name)\"></xenc:EncryptionMethod>"
        text += "<ds:KeyInfo xmlns:ds=\"\(Signer.namespace)\"><xenc:EncryptedKey>\(transport)"
        text += "<xenc:CipherData><xenc:CipherValue>\(wrapped)</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>"
        text += "<xenc:CipherData><xenc:CipherValue>\(content)</xenc:CipherValue></xenc:CipherData>"
        return text + "</xenc:EncryptedData></saml:EncryptedAssertion>"
    }

    private var transport: String {
        let is11 = maskDigest != .sha1
        let name =
            is11 ? "http://www.w3.org/2009/xmlenc11#rsa-oaep" : "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
        var text = "<xenc:EncryptionMethod Algorithm=\"\(name)\">"
        text += "<ds:DigestMethod Algorithm=\"\(digest.xmlName)\"></ds:DigestMethod>"
        if is11 {
            let namespace = "http://www.w3.org/2009/xmlenc11#"
            text += "<xenc11:MGF xmlns:xenc11=\"\(namespace)\" Algorithm=\"\(namespace)mgf1\(maskDigest.rawValue)\"></xenc11:MGF>"
        }
        return text + "</xenc:EncryptionMethod>"
    }
}
