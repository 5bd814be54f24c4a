public import Cryptography
import XML

/// Whose keys a blanked response is signed anew with.
public struct TestSigner: Sendable {
    /// A key of each kind, and its certificate.
    public struct Pair: Sendable {
        let key: PrivateKey
        /// The certificate.
        public let certificate: Certificate

        /// A key with its certificate.
        public init(key: PrivateKey, certificate: Certificate) {
            self.key = key
            self.certificate = certificate
        }
    }

    let rsa: Pair
    let elliptic: Pair
    let stranger: (rsa: Pair, elliptic: Pair)

    /// - Parameters:
    ///   - rsa: Stands for the identity provider's RSA key.
    ///   - elliptic: Stands for its P-256 key.
    ///   - stranger: Keys that nobody trusts.
    public init(rsa: Pair, elliptic: Pair, stranger: (rsa: Pair, elliptic: Pair)) {
        self.rsa = rsa
        self.elliptic = elliptic
        self.stranger = stranger
    }
}

/// How a signature is made, so that it fails as another one did.
public enum SigningManner: Sendable, CaseIterable {
    /// As it must be.
    case sound
    /// The digest is another one's.
    case otherDigest
    /// The value is altered.
    case altered
    /// A stranger's key signs.
    case stranger
}

/// A blanked response, signed anew wherever it has a signature that says how.
///
/// - Parameters:
///   - original: What it was before it was blanked: which certificates it named.
///   - certificates: Those that were trusted then.
///   - manners: How each Signature is made, in the document's order.
/// - Throws: Where a key doesn't sign.
public func resigned(
    _ blanked: [UInt8], original: [UInt8], trusting certificates: [Certificate], by signer: TestSigner, _ manners: [SigningManner]
) throws(CryptographyError) -> [UInt8] {
    var bytes = namingTestCertificates(blanked, original, certificates, signer)
    // The innermost first: what stands around it signs its signature too.
    for index in manners.indices.reversed() { bytes = try sign(bytes, signature: index, by: signer, manners[index]) }
    return bytes
}

/// How many signatures a document has.
public func signatureCount(of xml: [UInt8]) -> Int { (try? readDocument(xml)).map { signatures(in: $0).count } ?? 0 }

private func signatures(in document: XMLDocument) -> [XMLElement] {
    var found: [XMLElement] = []
    document.root.walk { element in
        if isSignature(element) { found.append(element) }
        return true
    }
    return found
}

private func sign(
    _ bytes: [UInt8], signature index: Int, by signer: TestSigner, _ manner: SigningManner
) throws(CryptographyError) -> [UInt8] {
    guard let document = try? readDocument(bytes), signatures(in: document).indices.contains(index) else { return bytes }
    let signature = signatures(in: document)[index]
    // A signature that is refused for what it says needs no value.
    guard let parent = signature.parent, let parts = try? SignatureParts(reading: signature),
        let info = try? SignedInfo(reading: parts.signedInfo, allowsSHA1: true),
        let digestElement = parts.signedInfo.children[2].children.last,
        let canonical = try? parent.canonicalized(excluding: signature, inclusivePrefixes: info.prefixes)
    else { return bytes }
    var digest = info.digest.digest(of: canonical)
    if manner == .otherDigest { digest[0] ^= 1 }
    let digested = replacing("DigestValue", place(of: digestElement, in: document), in: bytes, with: Base64Field.encode(digest))
    guard let again = try? readDocument(digested), signatures(in: again).indices.contains(index),
        let partsAgain = try? SignatureParts(reading: signatures(in: again)[index]),
        let signed = try? partsAgain.signedInfo.canonicalized(inclusivePrefixes: partsAgain.prefixes)
    else { return digested }
    let pairs = manner == .stranger ? signer.stranger : (signer.rsa, signer.elliptic)
    var value = try (info.method.algorithm.isElliptic ? pairs.1 : pairs.0).key.sign(signed, algorithm: info.method.algorithm)
    if manner == .altered { value[value.count / 2] ^= 1 }
    return replacing("SignatureValue", place(of: signature.children[1], in: document), in: digested, with: Base64Field.encode(value))
}

extension SignatureAlgorithm {
    fileprivate var isElliptic: Bool {
        switch self {
        case .ecdsa: true
        case .rsaPKCS1, .rsaPSS: false
        }
    }
}

// Which of the elements of its name it is.
private func place(of element: XMLElement, in document: XMLDocument) -> Int {
    var (count, found) = (0, 0)
    document.root.walk { other in
        if other.isSame(as: element) { found = count }
        if other.name == element.name { count += 1 }
        return true
    }
    return found
}

private func replacing(_ element: String, _ count: Int, in bytes: [UInt8], with text: String) -> [UInt8] {
    MarkupRewriter.rewritten(bytes) { value, place in
        if case .text(let name, let index) = place, name == element, index == count { return text }
        return value
    }
}

// A certificate that was trusted becomes the test key's, any other one the stranger's.
private func namingTestCertificates(
    _ blanked: [UInt8], _ original: [UInt8], _ certificates: [Certificate], _ signer: TestSigner
) -> [UInt8] {
    var named: [Int: Certificate] = [:]
    _ = MarkupRewriter.rewritten(original) { value, place in
        if case .text(let name, let count) = place, name == "X509Certificate", let der = Base64Field.decode(value.utf8) {
            let isElliptic = (try? Certificate(der: der)).map { !$0.publicKey.isRSA } ?? false
            let isTrusted = certificates.contains { $0.der == der }
            let pairs = isTrusted ? (signer.rsa, signer.elliptic) : (signer.stranger.rsa, signer.stranger.elliptic)
            named[count] = (isElliptic ? pairs.1 : pairs.0).certificate
        }
        return value
    }
    return MarkupRewriter.rewritten(blanked) { value, place in
        if case .text(let name, let count) = place, name == "X509Certificate", let certificate = named[count] {
            return Base64Field.encode(certificate.der)
        }
        return value
    }
}
