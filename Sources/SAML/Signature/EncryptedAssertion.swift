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
    let contentKey = unwrap(parts, keys)
    guard let plaintext = parts.cipher.open(parts.ciphertext, key: contentKey) else { throw unreadable }
    do throws(Refusal) {
        let document = try readDocument(wrapped(plaintext, in: element), limits: .message)
        let children = document.root.children
        guard children.count == 1, let assertion = children.first, !document.root.hasOwnText else { throw unreadable }
        try checkDecrypted(document, assertion)
        guard let signature = try assertion.only("Signature", in: Names.signature) else { throw unreadable }
        return try verifySignature(signature, on: assertion, trusting: trust)
    } catch {
        throw unreadable
    }
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
        let name = namespace.name.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
        text += namespace.prefix.isEmpty ? " xmlns=\"\(name)\"" : " xmlns:\(namespace.prefix)=\"\(name)\""
    }
    return Array((text + ">").utf8) + plaintext + Array("</decrypted>".utf8)
}
