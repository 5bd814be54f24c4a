import Cryptography
import XML

/// The digests that are accepted (C19).
struct DigestMethod {
    let algorithm: DigestAlgorithm
    var isSHA1: Bool { algorithm == .sha1 }
    /// Bytes of a digest.
    var length: Int { algorithm.byteCount }

    init(reading element: XMLElement) throws(Refusal) {
        let name = element.attribute("Algorithm") ?? ""
        guard element.children.isEmpty, !element.hasOwnText else {
            throw Refusal(.signatureMalformed, "A DigestMethod may have no parameters; this one has some.")
        }
        switch name {
        case "http://www.w3.org/2001/04/xmlenc#sha256": algorithm = .sha256
        case "http://www.w3.org/2001/04/xmldsig-more#sha384": algorithm = .sha384
        case "http://www.w3.org/2001/04/xmlenc#sha512": algorithm = .sha512
        case "http://www.w3.org/2000/09/xmldsig#sha1": algorithm = .sha1
        default:
            throw Refusal(.algorithmForbidden, "The digest must be SHA-256, SHA-384 or SHA-512; it is \(quoted(name)).")
        }
    }

    func digest(of bytes: [UInt8]) -> [UInt8] { algorithm.digest(bytes) }
}

/// The signature algorithms that are accepted (C19). DSA, HMAC and MD5 never are.
struct SignatureMethod {
    let algorithm: SignatureAlgorithm
    let usesSHA1: Bool

    init(reading element: XMLElement) throws(Refusal) {
        try self.init(named: element.attribute("Algorithm") ?? "")
        guard element.children.isEmpty, !element.hasOwnText else {
            throw Refusal(.signatureMalformed, "A SignatureMethod may have no parameters; this one has some.")
        }
    }

    /// The algorithm of that URI, as SignatureMethod and the query's `SigAlg` name it.
    init(named name: String) throws(Refusal) {
        usesSHA1 = name.hasSuffix("#rsa-sha1") || name.hasSuffix("#ecdsa-sha1")
        switch name {
        case "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": algorithm = .rsaPKCS1(.sha256)
        case "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": algorithm = .rsaPKCS1(.sha384)
        case "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": algorithm = .rsaPKCS1(.sha512)
        case "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1": algorithm = .rsaPSS(.sha256)
        case "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1": algorithm = .rsaPSS(.sha384)
        case "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1": algorithm = .rsaPSS(.sha512)
        case "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": algorithm = .ecdsa(.sha256)
        case "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384": algorithm = .ecdsa(.sha384)
        case "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512": algorithm = .ecdsa(.sha512)
        case "http://www.w3.org/2000/09/xmldsig#rsa-sha1": algorithm = .rsaPKCS1(.sha1)
        case "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1": algorithm = .ecdsa(.sha1)
        default:
            throw Refusal(
                .algorithmForbidden,
                "The signature must be RSA or ECDSA with SHA-256, SHA-384 or SHA-512; it is \(quoted(name)).",
                remedy: "Set the signature algorithm to RSA-SHA256 at the identity provider.")
        }
    }

    // C21: a key of another type verifies nothing.
    func verifies(_ signature: [UInt8], of bytes: [UInt8], key: PublicKey) -> Bool {
        key.verify(signature: signature, of: bytes, algorithm: algorithm)
    }
}
