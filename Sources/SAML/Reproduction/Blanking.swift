import Events
import XML

/// A response with nobody in it: values are replaced by stand-ins, while names, structure, comments, algorithms, formats and instants stay.
///
/// - Returns: nil where the response is no XML that may be read, or holds something encrypted: neither can be blanked.
public func blanked(_ xml: [UInt8], _ standIns: inout StandIns) -> [UInt8]? {
    guard let document = try? readDocument(xml) else { return nil }
    var isEncrypted = false
    document.root.walk { element in
        isEncrypted = isEncrypted || element.matches("EncryptedData", in: Names.encryption)
        return !isEncrypted
    }
    if isEncrypted { return nil }
    var words = standIns
    let result = MarkupRewriter.rewritten(xml) { value, place in
        switch place {
        case .attribute(let name, _) where isStructure(value, of: name): value
        case .attribute(let name, _) where ["Name", "FriendlyName"].contains(name): attributeStandIn(value, &words)
        case .text(let element, _) where isStructure(value, in: element): value
        case .text(let element, _) where isBytes(element): bytesStandIn(value, &words)
        case .attribute, .text, .other: referenced(value, &words)
        }
    }
    standIns = words
    return result
}

/// The same for the name of an attribute: those that products use say nothing of anyone, and mean something here.
public func attributeStandIn(_ name: String, _ standIns: inout StandIns) -> String {
    let known = [AttributeNames.email, AttributeNames.name, AttributeNames.firstName, AttributeNames.lastName, AttributeNames.groups]
    if known.contains(where: { $0.contains(name) }) || name.hasPrefix("urn:oid:") { return name }
    return standIns.text(name)
}

// What a judgment reads as a word of the specification, or as an instant.
private func isStructure(_ value: String, of attribute: String) -> Bool {
    let isSpecified = isWord(value) && ["urn:oasis:names:tc:", "http://www.w3.org/", "http://schemas."].contains { value.hasPrefix($0) }
    switch attribute {
    case "xmlns": return isSpecified
    case _ where attribute.hasPrefix("xmlns:"): return isSpecified
    case "PrefixList": return value.split(separator: " ").allSatisfy { $0.count <= 16 && isWord(String($0)) }
    case "xsi:type", "xsi:nil": return value.count <= 32
    case "Version": return value.allSatisfy { $0.isNumber || $0 == "." }
    case "IssueInstant", "NotBefore", "NotOnOrAfter", "AuthnInstant", "SessionNotOnOrAfter":
        return value.count <= 40 && value.allSatisfy { $0.isNumber || "TZ:+-. ".contains($0) }
    case "Algorithm", "Method", "Format", "NameFormat", "Value", "Type", "Encoding", "Consent": return isSpecified
    default: return false
    }
}

private func isStructure(_ value: String, in element: String) -> Bool {
    ["AuthnContextClassRef", "AuthnContextDeclRef"].contains(element) && value.hasPrefix("urn:oasis:names:tc:") && isWord(value)
}

// What names of a specification are made of: an address is none.
private func isWord(_ value: String) -> Bool {
    value.utf8.count <= 128
        && value.unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || "0123456789:/.#_-+".unicodeScalars.contains($0)) }
}

// Digests and signatures are made of what is blanked, and a certificate names its owner.
private func isBytes(_ element: String) -> Bool {
    ["DigestValue", "SignatureValue", "X509Certificate"].contains(element)
}

private func bytesStandIn(_ value: String, _ standIns: inout StandIns) -> String {
    guard let bytes = Base64Field.decode(value.utf8) else { return referenced(value, &standIns) }
    return Base64Field.encode(standIns.bytes(bytes.count))
}

// A value as it is written: references to characters that are no letters stay, and letters are letters however they are spelled.
private func referenced(_ value: String, _ standIns: inout StandIns) -> String {
    let spelled = value.replacing(/&#(x?)([0-9A-Fa-f]+);/) { match in
        let scalar = UInt32(match.2, radix: match.1.isEmpty ? 10 : 16).flatMap(Unicode.Scalar.init)
        guard let scalar, scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { return String(match.0) }
        return String(Character(scalar))
    }
    var result = ""
    var rest = spelled[...]
    while let reference = rest.firstMatch(of: /&#?\w+;/) {
        result += standIns.text(String(rest[..<reference.range.lowerBound])) + String(reference.0)
        rest = rest[reference.range.upperBound...]
    }
    return result + standIns.text(String(rest))
}
