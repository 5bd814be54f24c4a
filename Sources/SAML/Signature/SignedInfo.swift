import XML

/// What a signature signs, read from the canonical bytes of SignedInfo (C18).
struct SignedInfo {
    let method: SignatureMethod
    let digest: DigestMethod
    let digestValue: [UInt8]
    let uri: String
    /// The PrefixList of the Reference's exclusive C14N.
    let prefixes: [String]

    /// Whether the signature or its digest rests on SHA-1 (C19).
    var usesSHA1: Bool { method.usesSHA1 || digest.isSHA1 }

    init(reading info: XMLElement, allowsSHA1: Bool) throws(Refusal) {
        let children = info.children
        guard children.count == 3, children[0].matches("CanonicalizationMethod", in: Names.signature),
            children[1].matches("SignatureMethod", in: Names.signature), children[2].matches("Reference", in: Names.signature)
        else { throw Refusal(.signatureMalformed, "A SignedInfo must have one Reference; it has another form.") }
        _ = try readExclusive(children[0])
        // C15: HMACOutputLength has a code of its own; what else may stand here is said where the method is read.
        if children[1].children.contains(where: { $0.matches("HMACOutputLength", in: Names.signature) }) {
            throw Refusal(.signatureMalformed, "A SignatureMethod may have no HMACOutputLength; this one has one.")
        }
        method = try SignatureMethod(reading: children[1])
        let reference = children[2]
        let parts = reference.children
        guard parts.count == 3, parts[0].matches("Transforms", in: Names.signature),
            parts[1].matches("DigestMethod", in: Names.signature), parts[2].matches("DigestValue", in: Names.signature)
        else {
            throw Refusal(
                .signatureMalformed,
                "A Reference must have Transforms, DigestMethod and DigestValue; this one has \(listed(parts))."
            )
        }
        uri = reference.attribute("URI") ?? ""
        prefixes = try Self.transforms(parts[0])
        digest = try DigestMethod(reading: parts[1])
        digestValue = try pureBase64(parts[2])
        guard digestValue.count == digest.length else {
            throw Refusal(
                .signatureMalformed, "DigestValue must have \(digest.length) bytes; it has \(digestValue.count).")
        }
        guard allowsSHA1 || !(method.usesSHA1 || digest.isSHA1) else {
            throw Refusal(
                .algorithmForbidden, "Signatures must rest on SHA-256, SHA-384 or SHA-512; this one rests on SHA-1.",
                remedy: "Set the signature and digest algorithm to SHA-256 at the identity provider, or allow SHA-1 for a limited time.")
        }
    }

    // C13: enveloped-signature, then exclusive C14N; each once.
    private static func transforms(_ element: XMLElement) throws(Refusal) -> [String] {
        let transforms = element.children
        for transform in transforms where !transform.matches("Transform", in: Names.signature) {
            throw Refusal(.signatureMalformed, "Transforms may hold Transform only; they hold \(quoted(transform.name)).")
        }
        let names = transforms.map { $0.attribute("Algorithm") ?? "" }
        guard names.count == 2, names[0] == Names.enveloped, transforms[0].children.isEmpty, !transforms[0].hasOwnText else {
            throw Refusal(
                .algorithmForbidden,
                "The transforms must be enveloped-signature and exclusive canonicalization; they are \(listed(names))."
            )
        }
        return try readExclusive(transforms[1])
    }
}
