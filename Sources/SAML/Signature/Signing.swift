import Cryptography
import XML

/// The algorithm that goes with a key of ours: RSA-SHA256, or ECDSA with SHA-256.
func signing(_ key: PrivateKey) -> (name: String, algorithm: SignatureAlgorithm) {
    key.isRSA
        ? ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", .rsaPKCS1(.sha256))
        : ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", .ecdsa(.sha256))
}

/// A message of ours with an enveloped signature (core §5.4).
///
/// - Parameters:
///   - text: The message without a signature.
///   - placeholder: The same with a signature where the schema puts it.
/// - Throws: ``CryptographyError`` where the key does not sign: what was to be signed never leaves unsigned.
func sign(
    _ text: String, id: String, placeholder: (String) -> String, key: PrivateKey, certificate: Certificate?
) throws(CryptographyError) -> String {
    let (name, algorithm) = signing(key)
    guard let canonical = try? XMLDocument(parsing: Array(text.utf8)).root.canonicalized() else {
        throw CryptographyError(.failed, "A message that is signed must have a canonical form; this one has none.")
    }
    let digest = Base64Field.encode(DigestAlgorithm.sha256.digest(canonical))
    // Written in canonical form, but for the namespace that the Signature around it declares.
    func info(_ namespace: String) -> String {
        "<ds:SignedInfo\(namespace)>"
            + "<ds:CanonicalizationMethod Algorithm=\"\(Names.exclusive)\"></ds:CanonicalizationMethod>"
            + "<ds:SignatureMethod Algorithm=\"\(name)\"></ds:SignatureMethod><ds:Reference URI=\"#\(escaped(id))\">"
            + "<ds:Transforms><ds:Transform Algorithm=\"\(Names.enveloped)\"></ds:Transform>"
            + "<ds:Transform Algorithm=\"\(Names.exclusive)\"></ds:Transform></ds:Transforms>"
            + "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod>"
            + "<ds:DigestValue>\(digest)</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    }
    let signed = Array(info(" xmlns:ds=\"\(Names.signature)\"").utf8)
    let signature = try key.sign(signed, algorithm: algorithm)
    var element = "<ds:Signature xmlns:ds=\"\(Names.signature)\">\(info(""))"
    element += "<ds:SignatureValue>\(Base64Field.encode(signature))</ds:SignatureValue>"
    // AD FS wants KeyInfo.
    if let certificate { element += keyInfo(certificate) }
    return placeholder(element + "</ds:Signature>")
}

/// A certificate as KeyInfo carries it.
func keyInfo(_ certificate: Certificate) -> String {
    "<ds:KeyInfo xmlns:ds=\"\(Names.signature)\"><ds:X509Data><ds:X509Certificate>\(Base64Field.encode(certificate.der))"
        + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
}
