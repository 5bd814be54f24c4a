import Cryptography
import XML

/// How an assertion is encrypted, read before any key is used (C25, C27).
struct EncryptedParts {
    let cipher: ContentCipher
    let ciphertext: [UInt8]
    let wrappedKey: [UInt8]
    let oaepDigest: DigestAlgorithm
    let maskDigest: DigestAlgorithm

    init(reading element: XMLElement) throws(Refusal) {
        let children = element.children
        guard let data = try element.only("EncryptedData", in: Names.encryption),
            children.allSatisfy({
                $0.matches("EncryptedData", in: Names.encryption) || $0.matches("EncryptedKey", in: Names.encryption)
            })
        else { throw Refusal(.schemaViolation, "An EncryptedAssertion must have one EncryptedData; this one has not.") }
        let type = data.attribute("Type")
        guard type == nil || type == "http://www.w3.org/2001/04/xmlenc#Element" else {
            throw Refusal(.schemaViolation, "An element must be encrypted; here it is \(quoted(type ?? "")).")
        }
        let info = try data.only("KeyInfo", in: Names.signature)
        // C27: beside or inside the data; no reference is followed.
        let keys =
            children.filter { $0.matches("EncryptedKey", in: Names.encryption) }
            + (info?.children("EncryptedKey", in: Names.encryption) ?? [])
        guard keys.count == 1, let key = keys.first else {
            throw Refusal(.schemaViolation, "There must be one EncryptedKey; there are \(keys.count).")
        }
        let method = try data.only("EncryptionMethod", in: Names.encryption)?.attribute("Algorithm") ?? ""
        guard let cipher = ContentCipher(method) else {
            throw Refusal(
                .algorithmForbidden, "The content must be encrypted with AES-GCM, AES-CBC or Triple DES; it is \(quoted(method)).",
                remedy: "Set the encryption algorithm to AES-256-GCM at the identity provider.")
        }
        self.cipher = cipher
        (oaepDigest, maskDigest) = try Self.keyTransport(key)
        ciphertext = try Self.value(data)
        wrappedKey = try Self.value(key)
    }

    // C25: RSA-OAEP only.
    private static func keyTransport(_ key: XMLElement) throws(Refusal) -> (DigestAlgorithm, DigestAlgorithm) {
        let method = try key.only("EncryptionMethod", in: Names.encryption)
        let name = method?.attribute("Algorithm") ?? ""
        let is11 = name == "http://www.w3.org/2009/xmlenc11#rsa-oaep"
        guard let method, is11 || name == "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p" else {
            throw Refusal(
                .algorithmForbidden, "The key must be encrypted with RSA-OAEP; it is \(quoted(name)).",
                remedy: "Set the key encryption algorithm to RSA-OAEP at the identity provider.")
        }
        var digest = DigestAlgorithm.sha1
        var mask = DigestAlgorithm.sha1
        for parameter in method.children {
            let algorithm = parameter.attribute("Algorithm") ?? ""
            if parameter.matches("DigestMethod", in: Names.signature), let named = digests[algorithm] {
                digest = named
            } else if is11, parameter.matches("MGF", in: Names.encryption11), let named = masks[algorithm] {
                mask = named
            } else {
                throw Refusal(
                    .algorithmForbidden, "RSA-OAEP may have DigestMethod and MGF; here is \(quoted(parameter.name)), \(quoted(algorithm)).")
            }
        }
        return (digest, mask)
    }

    private static func value(_ element: XMLElement) throws(Refusal) -> [UInt8] {
        guard let data = try element.only("CipherData", in: Names.encryption), data.children.count == 1,
            let value = try data.only("CipherValue", in: Names.encryption)
        else { throw Refusal(.schemaViolation, "“\(element.name)” must hold one CipherValue; it does not.") }
        guard let bytes = Base64Field.decode(try value.value().utf8) else {
            throw Refusal(.base64Malformed, "A CipherValue must be base64; one is not.")
        }
        return bytes
    }

    private static let digests: [String: DigestAlgorithm] = [
        "http://www.w3.org/2000/09/xmldsig#sha1": .sha1, "http://www.w3.org/2001/04/xmlenc#sha256": .sha256,
        "http://www.w3.org/2001/04/xmldsig-more#sha384": .sha384, "http://www.w3.org/2001/04/xmlenc#sha512": .sha512,
    ]
    private static let masks: [String: DigestAlgorithm] = [
        "http://www.w3.org/2009/xmlenc11#mgf1sha1": .sha1, "http://www.w3.org/2009/xmlenc11#mgf1sha256": .sha256,
        "http://www.w3.org/2009/xmlenc11#mgf1sha384": .sha384, "http://www.w3.org/2009/xmlenc11#mgf1sha512": .sha512,
    ]
}
