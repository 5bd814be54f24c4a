import Compression
import Cryptography
import Events
import XML

/// Reads a logout message that was posted (bindings §3.5). Nothing is believed of one that is not signed.
///
/// - Parameter xml: The message, decoded from base64.
public func readLogout(posted xml: [UInt8], _ facts: LogoutFacts) throws(Refusal) -> LogoutMessage {
    let provider = try facts.configured()
    let document = try readDocument(xml)
    let root = document.root
    try checkLogout(document)
    guard let signature = try root.only("Signature", in: Names.signature) else { throw logoutUnsigned }
    let trust = SignatureTrust(certificates: provider.certificates, allowsSHA1: facts.allowsSHA1)
    let verified = try verifySignature(signature, on: root, trusting: trust)
    return try facts.read(verified.root, provider)
}

/// Reads a logout message from a query (bindings §3.4), whose signature covers the octets as they were received.
///
/// - Parameter query: The raw query, without the `?`; nothing decoded, nothing in another order.
/// - Returns: The message and its RelayState.
public func readLogout(query: String, _ facts: LogoutFacts) throws(Refusal) -> (message: LogoutMessage, relayState: String?) {
    let provider = try facts.configured()
    let fields = try SignedQuery(reading: query)
    guard let signature = fields.signature, let algorithm = fields.signatureAlgorithm else { throw logoutUnsigned }
    let method = try SignatureMethod(named: algorithm)
    guard facts.allowsSHA1 || !method.usesSHA1 else {
        throw Refusal(.algorithmForbidden, "Signatures must rest on SHA-256, SHA-384 or SHA-512; this one rests on SHA-1.")
    }
    guard let key = provider.certificates.first(where: { method.verifies(signature, of: fields.octets, key: $0.publicKey) }) else {
        throw Refusal(
            .signatureInvalid, "The query's signature must verify with a configured key; it does not.",
            remedy: "If the identity provider changed its certificate, save its new metadata here.")
    }
    guard !key.publicKey.isTooWeak else { throw Refusal(.keyTooWeak, "An RSA key must have 2048 bits; the one that signed has fewer.") }
    let document = try readDocument(try fields.inflated())
    try checkLogout(document)
    guard document.root.children("Signature", in: Names.signature).isEmpty else {
        throw Refusal(.schemaViolation, "A message in a query may hold no Signature; this one holds one.")
    }
    return (try facts.read(document.root, provider), fields.relayState)
}

private let logoutUnsigned = Refusal(
    .signatureMissing, "A logout message must be signed; this one is not.",
    remedy: "At the identity provider, turn on signing of logout messages.")

private func checkLogout(_ document: XMLDocument) throws(Refusal) {
    let root = document.root
    guard root.matches("LogoutRequest", in: Names.protocol) || root.matches("LogoutResponse", in: Names.protocol) else {
        throw Refusal(.schemaViolation, "A LogoutRequest or LogoutResponse is expected; there is \(quoted(root.name)).")
    }
    try checkVersion(root)
    try checkMessage(document)
}

extension LogoutFacts {
    fileprivate var allowsSHA1: Bool { allowSHA1Until.map { instant < $0 } ?? false }

    fileprivate func configured() throws(Refusal) -> TrustedIdentityProvider {
        guard let provider = identityProvider, !provider.certificates.isEmpty else {
            throw Refusal(.organizationNotConfigured, "An identity provider must be configured; this organization has none.")
        }
        return provider
    }

    /// What verified bytes say, under the same checks as a Response.
    fileprivate func read(_ root: XMLElement, _ provider: TrustedIdentityProvider) throws(Refusal) -> LogoutMessage {
        let issuer = try root.only("Issuer", in: Names.assertion)?.value() ?? ""
        guard same(issuer, provider.entityID) else {
            throw Refusal(.issuerMismatch, "The Issuer must be \(quoted(provider.entityID)); it is \(quoted(issuer)).")
        }
        if let destination = root.attribute("Destination"), !logoutURLs.contains(where: { same($0, destination) }) {
            throw Refusal(
                .destinationMismatch,
                "The Destination must be \(logoutURLs.map(quoted).joined(separator: " or ")); it is \(quoted(destination)).")
        }
        try checkTimes(root)
        return root.matches("LogoutRequest", in: Names.protocol) ? try request(root) : try response(root)
    }

    private func checkTimes(_ root: XMLElement) throws(Refusal) {
        let skew = Int64(min(clockSkewSeconds, Limits.clockSkewSeconds))
        let issued = try SAML.instant(root, "IssueInstant")
        guard issued <= instant.adding(seconds: skew) else {
            throw Refusal(.notYetValid, "The message must be of before \(instant.rfc3339); it is of \(issued.rfc3339).")
        }
        var end = issued.adding(seconds: Self.lifetimeSeconds)
        if let text = root.attribute("NotOnOrAfter") { end = min(end, try SAML.instant(text, "NotOnOrAfter")) }
        guard instant < end.adding(seconds: skew) else {
            throw Refusal(.expired, "The message must last beyond \(instant.rfc3339); it ended at \(end.rfc3339).")
        }
    }

    private func request(_ root: XMLElement) throws(Refusal) -> LogoutMessage {
        let plain = try root.only("NameID", in: Names.assertion)
        let encrypted = try root.only("EncryptedID", in: Names.assertion)
        let opened = try encrypted.map { element throws(Refusal) in try openEncrypted(element, as: "NameID", keys: decryptionKeys) }
        guard (plain == nil) != (opened == nil), let name = plain ?? opened else {
            throw Refusal(.schemaViolation, "A LogoutRequest must name a NameID; this one names none that can be read.")
        }
        var indexes: [String] = []
        for element in root.children("SessionIndex", in: Names.protocol) { indexes.append(try element.value()) }
        return .request(id: try root.required("ID"), nameID: try name.value(), sessionIndexes: indexes)
    }

    private func response(_ root: XMLElement) throws(Refusal) -> LogoutMessage {
        guard let code = try root.only("Status", in: Names.protocol)?.only("StatusCode", in: Names.protocol) else {
            throw Refusal(.schemaViolation, "A LogoutResponse must have a StatusCode; this one has none.")
        }
        let codes = [try code.required("Value"), try code.only("StatusCode", in: Names.protocol)?.required("Value") ?? ""]
        let outcome: LogoutOutcome =
            codes.contains(Names.partialLogout) ? .partial : codes[0] == Names.success ? .complete : .failed
        return .response(inResponseTo: root.attribute("InResponseTo"), outcome: outcome)
    }
}
