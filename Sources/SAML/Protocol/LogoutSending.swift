public import Cryptography
public import Events

/// Asks the identity provider to end a session of a person (core §3.7.1).
public struct LogoutRequest: Sendable, Hashable {
    /// Begins with `_`.
    public var id: String
    /// When it was made.
    public var issueInstant: Instant
    /// The identity provider's logout address.
    public var destination: String
    /// Our entity ID.
    public var issuer: String
    /// The NameID as it was received.
    public var nameID: String
    /// The NameID's format as it was received.
    public var nameIDFormat: String?
    /// The NameID's NameQualifier as it was received.
    public var nameQualifier: String?
    /// The NameID's SPNameQualifier as it was received.
    public var spNameQualifier: String?
    /// The session's name at the identity provider.
    public var sessionIndex: String?

    /// A request to end a session.
    public init(
        id: String, issueInstant: Instant, destination: String, issuer: String, nameID: String, nameIDFormat: String? = nil,
        nameQualifier: String? = nil, spNameQualifier: String? = nil, sessionIndex: String? = nil
    ) {
        self.id = id
        self.issueInstant = issueInstant
        self.destination = destination
        self.issuer = issuer
        self.nameID = nameID
        self.nameIDFormat = nameIDFormat
        self.nameQualifier = nameQualifier
        self.spNameQualifier = spNameQualifier
        self.sessionIndex = sessionIndex
    }

    /// The message.
    public func xml() -> [UInt8] { Array(text(signature: "").utf8) }

    /// The URL that the browser is sent to; the query is signed with the key.
    ///
    /// - Throws: Where the key does not sign.
    public func redirectURL(relayState: String? = nil, signedBy key: PrivateKey?) throws(CryptographyError) -> String {
        try redirect(to: destination, parameter: "SAMLRequest", xml: xml(), relayState: relayState, signedBy: key)
    }

    /// The fields of the form that is posted to the destination.
    ///
    /// - Throws: Where the key does not sign.
    public func postFields(
        relayState: String? = nil, signedBy key: PrivateKey?, certificate: Certificate? = nil
    ) throws(CryptographyError) -> [(name: String, value: String)] {
        try fields("SAMLRequest", id: id, relayState: relayState, key: key, certificate: certificate) { text(signature: $0) }
    }

    private func text(signature: String) -> String {
        var text = head("LogoutRequest", id: id, issueInstant, destination) + ">" + issuerElement(issuer) + signature
        text += "<saml:NameID xmlns:saml=\"\(Names.assertion)\""
        // In the order of canonical attributes, so that what is signed is the text itself.
        if let nameIDFormat { text += " Format=\"\(escaped(nameIDFormat))\"" }
        if let nameQualifier { text += " NameQualifier=\"\(escaped(nameQualifier))\"" }
        if let spNameQualifier { text += " SPNameQualifier=\"\(escaped(spNameQualifier))\"" }
        text += ">\(escaped(nameID))</saml:NameID>"
        if let sessionIndex { text += "<samlp:SessionIndex>\(escaped(sessionIndex))</samlp:SessionIndex>" }
        return text + "</samlp:LogoutRequest>"
    }
}

/// Answers the identity provider's request (core §3.7.2).
public struct LogoutResponse: Sendable, Hashable {
    /// Begins with `_`.
    public var id: String
    /// When it was made.
    public var issueInstant: Instant
    /// The identity provider's address for logout responses.
    public var destination: String
    /// Our entity ID.
    public var issuer: String
    /// The request's ID.
    public var inResponseTo: String

    /// An answer that says Success.
    public init(id: String, issueInstant: Instant, destination: String, issuer: String, inResponseTo: String) {
        self.id = id
        self.issueInstant = issueInstant
        self.destination = destination
        self.issuer = issuer
        self.inResponseTo = inResponseTo
    }

    /// The message.
    public func xml() -> [UInt8] { Array(text(signature: "").utf8) }

    /// The URL that the browser is sent to; the query is signed with the key.
    ///
    /// - Throws: Where the key does not sign.
    public func redirectURL(relayState: String? = nil, signedBy key: PrivateKey?) throws(CryptographyError) -> String {
        try redirect(to: destination, parameter: "SAMLResponse", xml: xml(), relayState: relayState, signedBy: key)
    }

    /// The fields of the form that is posted to the destination.
    ///
    /// - Throws: Where the key does not sign.
    public func postFields(
        relayState: String? = nil, signedBy key: PrivateKey?, certificate: Certificate? = nil
    ) throws(CryptographyError) -> [(name: String, value: String)] {
        try fields("SAMLResponse", id: id, relayState: relayState, key: key, certificate: certificate) { text(signature: $0) }
    }

    private func text(signature: String) -> String {
        head("LogoutResponse", id: id, issueInstant, destination) + " InResponseTo=\"\(escaped(inResponseTo))\">"
            + issuerElement(issuer) + signature
            + "<samlp:Status><samlp:StatusCode Value=\"\(Names.success)\"></samlp:StatusCode></samlp:Status></samlp:LogoutResponse>"
    }
}

private func head(_ name: String, id: String, _ issueInstant: Instant, _ destination: String) -> String {
    "<samlp:\(name) xmlns:samlp=\"\(Names.protocol)\" ID=\"\(escaped(id))\" Version=\"2.0\""
        + " IssueInstant=\"\(issueInstant.rfc3339Seconds)\" Destination=\"\(escaped(destination))\""
}

private func issuerElement(_ issuer: String) -> String {
    "<saml:Issuer xmlns:saml=\"\(Names.assertion)\">\(escaped(issuer))</saml:Issuer>"
}

/// The fields of a form that carries a message of ours (bindings §3.5), signed where there is a key.
func fields(
    _ name: String, id: String, relayState: String?, key: PrivateKey?, certificate: Certificate?, text: (String) -> String
) throws(CryptographyError) -> [(name: String, value: String)] {
    var message = text("")
    if let key { message = try sign(message, id: id, placeholder: text, key: key, certificate: certificate) }
    var fields = [(name: name, value: Base64Field.encode(Array(message.utf8)))]
    if let relayState, !relayState.isEmpty { fields.append((name: "RelayState", value: relayState)) }
    return fields
}
