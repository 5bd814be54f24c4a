import Cryptography
import XML

/// The canonical bytes of an element that a configured key signed, parsed again into a document that holds nothing else
/// (SECURITY.md, C1 and C18).
///
/// Only ``verifySignature(_:on:trusting:limits:)`` can make one, and an ``Assertion`` can be read from nothing else.
struct VerifiedElement {
    let root: XMLElement
    /// What was digested: the element without its Signature.
    let canonicalBytes: [UInt8]
    let certificate: Certificate
    /// How it was signed.
    let signature: SignatureAlgorithm
    /// How what was signed was digested.
    let digest: DigestAlgorithm
    let usedSHA1: Bool

    fileprivate init(root: XMLElement, canonicalBytes: [UInt8], certificate: Certificate, _ info: SignedInfo) {
        self.root = root
        self.canonicalBytes = canonicalBytes
        self.certificate = certificate
        signature = info.method.algorithm
        digest = info.digest.algorithm
        usedSHA1 = info.usesSHA1
    }
}

/// What a signature is held against.
struct SignatureTrust {
    var certificates: [Certificate]
    var allowsSHA1: Bool
}

/// Verifies the one signature on an element, and gives back the element as it was signed.
///
/// - Parameters:
///   - signature: The element's own Signature child (C11).
///   - element: The element that it stands in (C12): a Response, an Assertion, a logout message, or metadata.
///   - limits: What the signed bytes may weigh.
func verifySignature(
    _ signature: XMLElement, on element: XMLElement, trusting trust: SignatureTrust, limits: XMLLimits = .message
) throws(Refusal) -> VerifiedElement {
    let parts = try SignatureParts(reading: signature)
    try checkSize(of: parts.signedInfo)
    let canonicalInfo = try canonical(parts.signedInfo, prefixes: parts.prefixes)
    // C18: SignedInfo is read from the bytes that are verified, not from where they came from.
    let infoDocument = try parseAgain(canonicalInfo, like: parts.signedInfo, .message)
    let info = try SignedInfo(reading: infoDocument.root, allowsSHA1: trust.allowsSHA1)
    try checkReference(info, element)
    let certificate = try findKey(info.method, canonicalInfo, parts, trust)

    let bytes = try canonical(element, excluding: signature, prefixes: info.prefixes)
    let digest = info.digest.digest(of: bytes)
    // C16: exact length, constant time.
    guard info.digestValue.count == digest.count, constantTimeEqual(info.digestValue, digest) else {
        throw Refusal(
            .referenceMismatch,
            "The signed digest must be that of “\(element.name)”; it is another one: the message was changed after it was signed.",
            remedy: "Nothing between the identity provider and here may change the response.")
    }
    let document = try parseAgain(bytes, like: element, limits)
    return VerifiedElement(root: document.root, canonicalBytes: bytes, certificate: certificate, info)
}

// C7: anyone can send a SignedInfo, and it is canonicalized before a key is tried: no more of it than it can need.
private func checkSize(of info: XMLElement) throws(Refusal) {
    var count = 0
    info.walk { _ in
        count += 1
        return count <= Limits.signedInfoElements
    }
    guard count > Limits.signedInfoElements else { return }
    throw Refusal(.signatureMalformed, "A SignedInfo may have \(Limits.signedInfoElements) elements; this one has more.")
}

// C12: the Reference names the element that the Signature stands in (core §5.4.2). Stops signature wrapping.
private func checkReference(_ info: SignedInfo, _ element: XMLElement) throws(Refusal) {
    let id = try element.required("ID")
    guard !id.isEmpty, same(info.uri, "#" + id) else {
        throw Refusal(
            .referenceMismatch,
            "The signature must refer to its own element, \(quoted("#" + id)); it refers to \(quoted(info.uri)).")
    }
}

// C20, C21: each configured key that the algorithm fits is tried; the message chooses none.
private func findKey(
    _ method: SignatureMethod, _ bytes: [UInt8], _ parts: SignatureParts, _ trust: SignatureTrust
) throws(Refusal) -> Certificate {
    for certificate in trust.certificates {
        guard method.verifies(parts.signatureValue, of: bytes, key: certificate.publicKey) else { continue }
        guard !certificate.publicKey.isTooWeak else {
            throw Refusal(
                .keyTooWeak, "An RSA key must have 2048 bits; the one that signed has fewer.",
                remedy: "Replace the signing certificate at the identity provider and save its metadata here again.")
        }
        return certificate
    }
    let named = parts.namedCertificates
    if !named.isEmpty, !named.contains(where: { named in trust.certificates.contains { $0.der == named } }) {
        throw Refusal(
            .certificateUntrusted,
            "The signing certificate must be one that is configured; the message names another one.",
            remedy: "If the identity provider changed its certificate, save its new metadata here.")
    }
    throw Refusal(
        .signatureInvalid, "The signature must verify with a configured key; it verifies with none of \(trust.certificates.count).",
        remedy: "If the identity provider changed its certificate, save its new metadata here.")
}

private func canonical(
    _ element: XMLElement, excluding excluded: XMLElement? = nil, prefixes: [String]
) throws(Refusal) -> [UInt8] {
    do throws(XMLError) {
        return try element.canonicalized(excluding: excluded, inclusivePrefixes: prefixes)
    } catch {
        throw Refusal(.canonicalizationFailed, error.message)
    }
}

// C18: the canonical bytes are one element of the same name and ID.
private func parseAgain(_ bytes: [UInt8], like element: XMLElement, _ limits: XMLLimits) throws(Refusal) -> XMLDocument {
    let failure = Refusal(.canonicalizationFailed, "The canonical form of “\(element.name)” must read as the same element; it does not.")
    guard bytes.first == UInt8(ascii: "<"), let document = try? XMLDocument(parsingCanonical: bytes, limits: limits) else {
        throw failure
    }
    let root = document.root
    guard root.name == element.name, root.namespace == element.namespace,
        same(root.attribute("ID") ?? "", element.attribute("ID") ?? ""), document.commentCount == 0, document.instructionCount == 0
    else { throw failure }
    return document
}
