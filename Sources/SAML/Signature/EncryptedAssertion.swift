import Cryptography
import XML

/// Decrypts an assertion and verifies the signature inside it.
///
/// C24: the plaintext is a document of its own and passes every rule anew. C26: from the first use of a key until that
/// signature verifies there is one failure with one sentence.
func openEncrypted(
    _ element: XMLElement, keys: [PrivateKey], trusting trust: SignatureTrust
) throws(Refusal) -> VerifiedElement {
    let parts = try EncryptedParts(reading: element)
    let unreadable = Refusal(
        .encryptionUnreadable, "The encrypted assertion must open with our key and be signed inside; it is not readable.",
        remedy: "At the identity provider, take the encryption certificate from our current metadata and let it sign the assertion.")
    guard let (document, assertion) = decrypt(parts, of: element, keys) else { throw unreadable }
    do throws(Refusal) {
        try checkDecrypted(document, assertion)
        guard let signature = try assertion.only("Signature", in: Names.signature) else { throw unreadable }
        return try verifySignature(signature, on: assertion, trusting: trust)
    } catch {
        throw unreadable
    }
}

/// Decrypts an EncryptedID or EncryptedAttribute of an assertion that was verified: the ciphertext was signed (core §2.2.4, §2.7.3.2).
///
/// - Returns: The one element of that name; it has passed C2 to C8 as a document of its own.
func openEncrypted(_ element: XMLElement, as name: StaticString, keys: [PrivateKey]) throws(Refusal) -> XMLElement {
    let parts = try EncryptedParts(reading: element)
    // C26: one failure with one sentence, whatever went wrong.
    guard let (document, content) = decrypt(parts, of: element, keys), content.matches(name, in: Names.assertion),
        (try? checkPart(document, content)) != nil
    else {
        throw Refusal(
            .encryptionUnreadable, "An encrypted \(name) must open with our key; it is not readable.",
            remedy: "At the identity provider, take the encryption certificate from our current metadata.")
    }
    return content
}

/// An encrypted assertion's plaintext, as the document of its own that its signature is verified in; nil: it does not open.
func decryptedDocument(_ element: XMLElement, keys: [PrivateKey]) -> [UInt8]? {
    guard let parts = try? EncryptedParts(reading: element),
        let plaintext = parts.cipher.open(parts.ciphertext, key: unwrap(parts, keys)), plaintext.isPadded
    else { return nil }
    return wrapped(plaintext.bytes, in: element)
}

// C26: from the first use of a key on, whatever fails gives nothing more than that it failed.
private func decrypt(_ parts: EncryptedParts, of element: XMLElement, _ keys: [PrivateKey]) -> (XMLDocument, XMLElement)? {
    guard let plaintext = parts.cipher.open(parts.ciphertext, key: unwrap(parts, keys)),
        let document = try? readDocument(wrapped(plaintext.bytes, in: element), limits: .message), plaintext.isPadded
    else { return nil }
    let children = document.root.children
    guard children.count == 1, let content = children.first, !document.root.hasOwnText else { return nil }
    return (document, content)
}

// C26: where no key unwraps, a random one is used and the work goes on.
private func unwrap(_ parts: EncryptedParts, _ keys: [PrivateKey]) -> [UInt8] {
    let random = randomBytes(parts.cipher.keyLength)
    var found: [UInt8]?
    for key in keys {
        let opened = key.decryptOAEP(parts.wrappedKey, digest: parts.oaepDigest, maskDigest: parts.maskDigest)
        if let opened, opened.count == parts.cipher.keyLength, found == nil { found = opened }
    }
    return found ?? random
}

// The plaintext may rely on namespaces that its surroundings declare (XML Encryption §4.3.3): they are declared around
// it, on an element that is no part of what is canonicalized.
private func wrapped(_ plaintext: [UInt8], in element: XMLElement) -> [UInt8] {
    var text = "<decrypted"
    for namespace in element.namespacesInScope where namespace.prefix != "xml" {
        let name = escaped(namespace.name)
        text += namespace.prefix.isEmpty ? " xmlns=\"\(name)\"" : " xmlns:\(namespace.prefix)=\"\(name)\""
    }
    return Array((text + ">").utf8) + plaintext + Array("</decrypted>".utf8)
}
