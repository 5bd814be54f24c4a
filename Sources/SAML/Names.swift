import XML

/// Names that the specifications give.
enum Names {
    static let assertion: StaticString = "urn:oasis:names:tc:SAML:2.0:assertion"
    static let `protocol`: StaticString = "urn:oasis:names:tc:SAML:2.0:protocol"
    static let protocol1: StaticString = "urn:oasis:names:tc:SAML:1.0:protocol"
    static let metadata: StaticString = "urn:oasis:names:tc:SAML:2.0:metadata"
    static let signature: StaticString = "http://www.w3.org/2000/09/xmldsig#"
    static let encryption: StaticString = "http://www.w3.org/2001/04/xmlenc#"
    static let encryption11: StaticString = "http://www.w3.org/2009/xmlenc11#"
    static let exclusiveCanonicalization: StaticString = "http://www.w3.org/2001/10/xml-exc-c14n#"
    static let instance: StaticString = "http://www.w3.org/2001/XMLSchema-instance"

    static let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
    static let exclusiveWithComments = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"
    static let enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
    static let success = "urn:oasis:names:tc:SAML:2.0:status:Success"
    static let partialLogout = "urn:oasis:names:tc:SAML:2.0:status:PartialLogout"
    static let bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
    static let persistentFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
    static let transientFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
    static let emailAddressFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
}

/// The bindings that are spoken here (bindings §3.4, §3.5).
public enum SAMLBinding {
    /// HTTP-Redirect.
    public static let redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
    /// HTTP-POST.
    public static let post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
}

/// The names of elements inside a sentence: the first few of them.
func listed(_ elements: [XMLElement]) -> String { listed(elements.map(\.name)) }

/// Values from outside inside a sentence: the first few of them.
func listed(_ values: [String]) -> String {
    let shown = values.prefix(8).map(quoted).joined(separator: ", ")
    return values.isEmpty ? "none" : values.count > 8 ? "\(shown) and \(values.count - 8) more" : shown
}

/// A value from outside inside a sentence: between quotation marks, without controls, cut where it is long.
func quoted(_ text: String) -> String {
    // Most are short and plain.
    if text.utf8.count <= 200, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return "“" + text + "”" }
    var shown = ""
    for scalar in text.unicodeScalars.prefix(200) {
        shown.unicodeScalars.append(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar)
    }
    return "“\(shown)\(text.unicodeScalars.count > 200 ? "…" : "")”"
}
