import Cryptography

/// Makes enveloped signatures over text that is in canonical form (XML Signature §4).
struct Signer {
    var key: PrivateKey
    var certificate: Certificate?
    var digest: DigestAlgorithm
    var usesPSS: Bool

    /// The `ds:Signature` that goes into the element.
    func signature(of text: String, id: String) throws(CryptographyError) -> String {
        let value = CanonicalText.base64(digest.digest(Array(text.utf8)))
        func info(_ namespace: String) -> String {
            "<ds:SignedInfo\(namespace)>"
                + "<ds:CanonicalizationMethod Algorithm=\"\(Self.exclusive)\"></ds:CanonicalizationMethod>"
                + "<ds:SignatureMethod Algorithm=\"\(methodName)\"></ds:SignatureMethod>"
                + "<ds:Reference URI=\"#\(CanonicalText.attribute(id))\"><ds:Transforms>"
                + "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform>"
                + "<ds:Transform Algorithm=\"\(Self.exclusive)\"></ds:Transform></ds:Transforms>"
                + "<ds:DigestMethod Algorithm=\"\(digest.xmlName)\"></ds:DigestMethod>"
                + "<ds:DigestValue>\(value)</ds:DigestValue></ds:Reference></ds:SignedInfo>"
        }
        // On its own, SignedInfo declares the namespace that the Signature around it declares.
        let signed = Array(info(" xmlns:ds=\"\(Self.namespace)\"").utf8)
        let signature = try key.sign(signed, algorithm: algorithm)
        var element = "<ds:Signature xmlns:ds=\"\(Self.namespace)\">\(info(""))"
        element += "<ds:SignatureValue>\(CanonicalText.base64(signature))</ds:SignatureValue>"
        if let certificate {
            element += "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>\(CanonicalText.base64(certificate.der))"
            element += "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        }
        return element + "</ds:Signature>"
    }

    private var algorithm: SignatureAlgorithm {
        key.isRSA ? usesPSS ? .rsaPSS(digest) : .rsaPKCS1(digest) : .ecdsa(digest)
    }

    private var methodName: String {
        switch algorithm {
        case .rsaPKCS1(.sha1): "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
        case .rsaPKCS1: "http://www.w3.org/2001/04/xmldsig-more#rsa-\(digest.rawValue)"
        case .rsaPSS: "http://www.w3.org/2007/05/xmldsig-more#\(digest.rawValue)-rsa-MGF1"
        case .ecdsa: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-\(digest.rawValue)"
        }
    }

    static let namespace = "http://www.w3.org/2000/09/xmldsig#"
    private static let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
}

extension DigestAlgorithm {
    /// The algorithm's identifier in XML Signature and XML Encryption.
    var xmlName: String {
        switch self {
        case .sha1: "http://www.w3.org/2000/09/xmldsig#sha1"
        case .sha256: "http://www.w3.org/2001/04/xmlenc#sha256"
        case .sha384: "http://www.w3.org/2001/04/xmldsig-more#sha384"
        case .sha512: "http://www.w3.org/2001/04/xmlenc#sha512"
        }
    }
}
