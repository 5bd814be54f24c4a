import XML

/// A `ds:Signature` as the schema has it, before anything of it is believed (C11, C15, C16).
struct SignatureParts {
    let signedInfo: XMLElement
    let signatureValue: [UInt8]
    /// The PrefixList of the CanonicalizationMethod.
    let prefixes: [String]
    private let keyInfo: XMLElement?

    /// The certificates that KeyInfo names: never trusted, only told apart (C20).
    var namedCertificates: [[UInt8]] {
        let data = keyInfo?.children("X509Data", in: Names.signature) ?? []
        return data.flatMap { $0.children("X509Certificate", in: Names.signature) }.compactMap { certificate in
            certificate.text.flatMap { Base64Field.decode($0.utf8) }
        }
    }

    init(reading signature: XMLElement) throws(Refusal) {
        let children = signature.children
        guard children.count == 2 || children.count == 3, children[0].matches("SignedInfo", in: Names.signature),
            children[1].matches("SignatureValue", in: Names.signature),
            children.count == 2 || children[2].matches("KeyInfo", in: Names.signature), !signature.hasOwnText
        else {
            throw Refusal(
                .signatureMalformed,
                "A Signature must have one SignedInfo, one SignatureValue and at most one KeyInfo; this one has \(listed(children))."
            )
        }
        signedInfo = children[0]
        signatureValue = try pureBase64(children[1])
        let info = signedInfo.children
        guard info.count == 3, info[0].matches("CanonicalizationMethod", in: Names.signature),
            info[1].matches("SignatureMethod", in: Names.signature), info[2].matches("Reference", in: Names.signature),
            !signedInfo.hasOwnText
        else {
            throw Refusal(
                .signatureMalformed,
                "A SignedInfo must have one CanonicalizationMethod, one SignatureMethod and one Reference; this one has \(listed(info))."
            )
        }
        prefixes = try readExclusive(info[0])
        keyInfo = children.count == 3 ? children[2] : nil
    }
}

/// C16: pure text that decodes strictly.
func pureBase64(_ element: XMLElement) throws(Refusal) -> [UInt8] {
    guard let text = element.text, let bytes = Base64Field.decode(text.utf8), !bytes.isEmpty else {
        throw Refusal(.signatureMalformed, "“\(element.name)” must be base64 and nothing else; it is not.")
    }
    return bytes
}

/// C13, C14: exclusive C14N, with a PrefixList at most.
///
/// - Returns: The prefixes that the PrefixList names, each once.
func readExclusive(_ element: XMLElement) throws(Refusal) -> [String] {
    guard let algorithm = element.attribute("Algorithm") else {
        throw Refusal(.signatureMalformed, "“\(element.name)” must name an Algorithm; it names none.")
    }
    guard algorithm == Names.exclusive || algorithm == Names.exclusiveWithComments else {
        throw Refusal(
            .algorithmForbidden,
            "“\(element.name)” must be exclusive canonicalization, \(quoted(Names.exclusive)); it is \(quoted(algorithm)).")
    }
    let children = element.children
    guard !children.isEmpty else {
        guard !element.hasOwnText else { throw Refusal(.signatureMalformed, "“\(element.name)” may hold no text; it does.") }
        return []
    }
    guard children.count == 1, children[0].matches("InclusiveNamespaces", in: Names.exclusiveCanonicalization),
        children[0].children.isEmpty, let list = children[0].attribute("PrefixList"), !element.hasOwnText
    else {
        throw Refusal(.algorithmForbidden, "“\(element.name)” may hold one PrefixList; it holds something else.")
    }
    // libxml2 looks each of them up at each element (C7); identity providers name one or two.
    let prefixes = Set(list.split(whereSeparator: \.isWhitespace).map(String.init)).sorted()
    guard prefixes.count <= Limits.prefixCount else {
        throw Refusal(.signatureMalformed, "A PrefixList may name \(Limits.prefixCount) prefixes; this one names \(prefixes.count).")
    }
    return prefixes
}
