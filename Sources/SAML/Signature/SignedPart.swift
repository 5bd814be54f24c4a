public import Cryptography
import XML

/// What a judgment relied on: the signed element, as it was digested, and where others find its signature. For evidence that is handed on.
public struct SignedPart: Sendable, Hashable {
    /// What carries the signature.
    public enum Element: String, Sendable, CaseIterable {
        case assertion = "Assertion"
        case response = "Response"
    }

    /// What carries the signature.
    public let element: Element
    /// Its ID (core §1.3.4).
    public let id: String
    /// The element without its Signature, in the canonical form whose digest was signed.
    public let canonicalBytes: [UInt8]
    /// The Reference's digest.
    public let digest: DigestAlgorithm
    /// The certificate whose key verified.
    public let certificate: Certificate
    /// The document around an assertion that came encrypted; nil: the signature stands in the response as it came.
    public let decrypted: [UInt8]?

    fileprivate init(_ element: Element, _ verified: VerifiedElement, decrypted: [UInt8]? = nil) {
        self.element = element
        id = verified.root.attribute("ID") ?? ""
        canonicalBytes = verified.canonicalBytes
        digest = verified.digest
        certificate = verified.certificate
        self.decrypted = decrypted
    }
}

/// The last signature that verifies in the order of a judgment; nil: none does.
///
/// - Parameters:
///   - xml: The message, decoded from base64.
///   - certificates: Those of the identity provider. SHA-1 is taken as allowed: whether it was is the judgment's to say.
///   - keys: Ours, for encrypted assertions.
public func signedPart(of xml: [UInt8], trusting certificates: [Certificate], keys: [PrivateKey] = []) -> SignedPart? {
    guard let document = try? readDocument(xml), (try? checkRoot(document)) != nil, let place = try? checkStructure(document) else {
        return nil
    }
    let trust = SignatureTrust(certificates: certificates, allowsSHA1: true)
    var found: SignedPart?
    if let signature = try? document.root.only("Signature", in: Names.signature) {
        // A judgment ends with a signature that does not verify.
        guard let verified = try? verifySignature(signature, on: document.root, trusting: trust) else { return nil }
        found = SignedPart(.response, verified)
    }
    switch place {
    case .plain(let assertion): return verifiedAssertion(assertion, trust).map { SignedPart(.assertion, $0) } ?? found
    case .encrypted(let element):
        guard let decrypted = decryptedDocument(element, keys: keys) else { return found }
        return signedPart(ofDecrypted: decrypted, trusting: certificates) ?? found
    }
}

/// Whether the assertion came encrypted.
public func holdsEncryptedAssertion(_ xml: [UInt8]) -> Bool {
    guard let document = try? readDocument(xml), (try? checkRoot(document)) != nil, case .encrypted? = try? checkStructure(document) else {
        return false
    }
    return true
}

/// The same of an assertion that was decrypted, within the document that ``SignedPart/decrypted`` gives.
public func signedPart(ofDecrypted xml: [UInt8], trusting certificates: [Certificate]) -> SignedPart? {
    guard let document = try? readDocument(xml), document.root.children.count == 1, let assertion = document.root.children.first,
        (try? checkDecrypted(document, assertion)) != nil,
        let verified = verifiedAssertion(assertion, SignatureTrust(certificates: certificates, allowsSHA1: true))
    else { return nil }
    return SignedPart(.assertion, verified, decrypted: xml)
}

private func verifiedAssertion(_ assertion: XMLElement, _ trust: SignatureTrust) -> VerifiedElement? {
    guard let signature = try? assertion.only("Signature", in: Names.signature) else { return nil }
    return try? verifySignature(signature, on: assertion, trusting: trust)
}
