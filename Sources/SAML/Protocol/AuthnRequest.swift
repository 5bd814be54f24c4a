import Compression
public import Cryptography
public import Events

/// A request for authentication (core §3.4.1), sent by HTTP-Redirect or HTTP-POST.
public struct AuthnRequest: Sendable, Hashable {
    /// Given from outside; begins with `_` (Entra ID refuses a digit).
    public var id: String
    /// When it was made.
    public var issueInstant: Instant
    /// The identity provider's address that it is sent to.
    public var destination: String
    /// Where the response is wanted.
    public var acsURL: String
    /// Our entity ID.
    public var issuer: String
    /// nil: none is asked for.
    public var nameIDFormat: String?
    /// Whether the person must authenticate anew.
    public var forceAuthn: Bool
    /// Whether the person may not be asked anything.
    public var isPassive: Bool
    /// nil: none is asked for.
    public var requestedAuthnContext: String?

    /// A request with what the policy asks for.
    public init(
        id: String, issueInstant: Instant, destination: String, acsURL: String, issuer: String,
        nameIDFormat: String? = nil, forceAuthn: Bool = false, isPassive: Bool = false, requestedAuthnContext: String? = nil
    ) {
        self.id = id
        self.issueInstant = issueInstant
        self.destination = destination
        self.acsURL = acsURL
        self.issuer = issuer
        self.nameIDFormat = nameIDFormat
        self.forceAuthn = forceAuthn
        self.isPassive = isPassive
        self.requestedAuthnContext = requestedAuthnContext
    }

    /// The message.
    public func xml() -> [UInt8] { Array(text(signature: "").utf8) }

    /// The URL that the browser is sent to (bindings §3.4): the identity provider's own query is kept.
    ///
    /// - Parameters:
    ///   - relayState: nil or empty: none is sent.
    ///   - key: Signs the query (bindings §3.4.4.1); nil: unsigned.
    /// - Throws: Where the key does not sign.
    public func redirectURL(to location: String? = nil, relayState: String? = nil, signedBy key: PrivateKey? = nil)
        throws(CryptographyError) -> String
    {
        try redirect(to: location ?? destination, parameter: "SAMLRequest", xml: xml(), relayState: relayState, signedBy: key)
    }

    /// The fields of the form that is posted to the destination (bindings §3.5), in their order.
    ///
    /// - Parameters:
    ///   - relayState: nil or empty: none is sent.
    ///   - key: Signs the message; nil: unsigned.
    /// - Throws: Where the key does not sign.
    public func postFields(
        relayState: String? = nil, signedBy key: PrivateKey? = nil, certificate: Certificate? = nil
    ) throws(CryptographyError) -> [(name: String, value: String)] {
        try fields("SAMLRequest", id: id, relayState: relayState, key: key, certificate: certificate) { text(signature: $0) }
    }

    private func text(signature: String) -> String {
        var text = "<samlp:AuthnRequest xmlns:samlp=\"\(Names.protocol)\" ID=\"\(escaped(id))\" Version=\"2.0\""
        text += " IssueInstant=\"\(issueInstant.rfc3339Seconds)\" Destination=\"\(escaped(destination))\""
        if forceAuthn { text += " ForceAuthn=\"true\"" }
        if isPassive { text += " IsPassive=\"true\"" }
        text += " ProtocolBinding=\"\(SAMLBinding.post)\" AssertionConsumerServiceURL=\"\(escaped(acsURL))\">"
        text += "<saml:Issuer xmlns:saml=\"\(Names.assertion)\">\(escaped(issuer))</saml:Issuer>\(signature)"
        if let nameIDFormat {
            text += "<samlp:NameIDPolicy Format=\"\(escaped(nameIDFormat))\" AllowCreate=\"true\"></samlp:NameIDPolicy>"
        }
        if let requestedAuthnContext {
            text += "<samlp:RequestedAuthnContext Comparison=\"exact\">"
            text +=
                "<saml:AuthnContextClassRef xmlns:saml=\"\(Names.assertion)\">\(escaped(requestedAuthnContext))</saml:AuthnContextClassRef>"
            text += "</samlp:RequestedAuthnContext>"
        }
        return text + "</samlp:AuthnRequest>"
    }
}

/// A message in the query of a URL (bindings §3.4.4.1): deflated, base64, percent-encoded; the signature covers the octets
/// as they are sent.
func redirect(
    to location: String, parameter: String, xml: [UInt8], relayState: String?, signedBy key: PrivateKey?
) throws(CryptographyError) -> String {
    var query = "\(parameter)=\(percentEncoded(Base64Field.encode(Deflate.compress(xml))))"
    if let relayState, !relayState.isEmpty { query += "&RelayState=\(percentEncoded(relayState))" }
    if let key {
        let (name, algorithm) = signing(key)
        query += "&SigAlg=\(percentEncoded(name))"
        query += "&Signature=\(percentEncoded(Base64Field.encode(try key.sign(Array(query.utf8), algorithm: algorithm))))"
    }
    let fragment = location.firstIndex(of: "#") ?? location.endIndex
    let base = location[..<fragment]
    let separator = !base.contains("?") ? "?" : base.hasSuffix("?") || base.hasSuffix("&") ? "" : "&"
    return base + separator + query
}
