import Cryptography
import Events
import XML

/// Judges a response from bytes and facts alone: the same facts give the same verdict.
///
/// The order is the contract's: Status, structure, signatures, facts. The first refusal counts.
///
/// - Parameter xml: The message, decoded from base64.
public func judge(response xml: [UInt8], _ facts: JudgmentFacts) -> Judgment {
    var court = Court(facts: facts)
    do throws(Refusal) {
        let claims = try court.hear(xml)
        return court.judgment(.accepted(claims))
    } catch {
        return court.judgment(.refused(error.advised(by: facts.preset)))
    }
}

/// What a response looks like, from verified bytes alone: the very hearing that judges it.
///
/// - Returns: nil where it has no assertion that verifies.
public func shape(ofResponse xml: [UInt8], _ facts: JudgmentFacts) -> ResponseShape? {
    var court = Court(facts: facts)
    _ = try? court.hear(xml)
    return court.heard.flatMap { ResponseShape($0) }
}

/// One hearing: the checks in their order, on one screen.
private struct Court {
    let facts: JudgmentFacts
    let trace: Trace
    var verified: VerifiedFacts?
    var heard: VerifiedAssertion?

    init(facts: JudgmentFacts) {
        self.facts = facts
        trace = Trace(compares: facts.explains)
    }

    func judgment(_ outcome: Judgment.Outcome) -> Judgment {
        Judgment(
            outcome: outcome, steps: trace.steps, verified: verified, preset: facts.preset,
            assertion: facts.explains ? heard.flatMap { AssertionText($0.assertion.element) } : nil)
    }

    mutating func hear(_ xml: [UInt8]) throws(Refusal) -> Claims {
        let document = try trace.step("Document", "XML 1.0; C1–C4") { () throws(Refusal) in
            (try readDocument(xml), "Well-formed, \(xml.count) bytes.")
        }
        let response = document.root
        try trace.step("Message", "core §3.3.3; C9") { () throws(Refusal) in try checkRoot(document) }
        try trace.step("Status", "core §3.2.2; C28", comparing: facts.compared(status: response)) { () throws(Refusal) in
            try checkStatus(of: response)
        }
        let place = try trace.step("Structure", "core §3.3.3; C5, C10, C11, C17") { () throws(Refusal) in
            (try checkStructure(document), "One assertion, where the schema puts it.")
        }
        if facts.requireEncryptedAssertion {
            try trace.step("Encryption", "policy") { () throws(Refusal) in try requireEncryption(place) }
        }

        let provider = try trace.step("Identity provider", "C20") { () throws(Refusal) in try configured() }
        let trust = SignatureTrust(
            certificates: provider.certificates, allowsSHA1: facts.allowSHA1Until.map { facts.keysInstant < $0 } ?? false)
        let signedResponse = try verifyIfSigned(response, "Response signature", trust)
        if let signedResponse { note(response: signedResponse) }
        let signedAssertion = try verifyAssertion(place, trust)
        let element = try trace.step(Step.signed, "core §5; C11, C17") { () throws(Refusal) in
            try requireSignature(signedResponse, signedAssertion)
        }
        let assertion = try trace.step("Assertion", "core §2.3.3; C1") { () throws(Refusal) in
            (try Assertion(reading: element, keys: facts.decryptionKeys), "Read from the signed bytes alone.")
        }
        note(assertion, element, signedResponse)
        heard = VerifiedAssertion(
            assertion: assertion, element: element, response: signedResponse, assertionIsSigned: signedAssertion != nil, place: place)
        try trace.step("Certificate", "C23", comparing: facts.compared(certificate: element.certificate)) { () throws(Refusal) in
            try checkCertificate(element, signedResponse)
        }
        try trace.step("Issuer", "core §2.2.5; C29", comparing: facts.compared(issuer: assertion, response, provider)) {
            () throws(Refusal) in
            try checkIssuer(assertion, response, provider)
        }
        let destination = response.attribute("Destination")
        try trace.step("Destination", "bindings §3.5.5.2; C30", comparing: facts.compared(destination: destination)) { () throws(Refusal) in
            try checkDestination(destination, facts)
        }
        let bearer = try trace.step(
            "Subject confirmation", "profiles §4.1.4.2; C30, C31", comparing: facts.compared(bearer: assertion)
        ) { () throws(Refusal) in
            (try findBearer(assertion, facts), "A bearer confirmation for this address holds.")
        }
        try trace.step("Audience", "core §2.5.1.4; C30", comparing: facts.compared(audience: assertion)) { () throws(Refusal) in
            try checkAudience(assertion, facts)
        }
        try trace.step("Lifetime", "core §2.5.1; C31", comparing: facts.compared(lifetime: assertion)) { () throws(Refusal) in
            try checkLifetime(assertion, facts)
        }
        let request = try trace.step(
            "Request", "profiles §4.1.4.2; C34", comparing: facts.compared(request: assertion, response)
        ) { () throws(Refusal) in
            let request = try correlate(
                confirmed: bearer.inResponseTo, response: response.attribute("InResponseTo"),
                responseIsSigned: signedResponse != nil)
            return (request, request.map { "It answers \(quoted($0))." } ?? "It answers none: unsolicited.")
        }
        verified?.inResponseTo = request
        let email = try trace.step("E-mail address", "contract", comparing: facts.compared(email: assertion)) { () throws(Refusal) in
            (try selectEmail(assertion, facts.attributeMapping), "One address.")
        }
        return Claims(
            issuer: assertion.issuer, assertionID: assertion.id, responseID: try response.required("ID"),
            inResponseTo: request, email: email, nameID: assertion.nameID, nameIDFormat: assertion.nameIDFormat,
            nameQualifier: assertion.nameQualifier, spNameQualifier: assertion.spNameQualifier, sessionIndex: assertion.sessionIndex,
            authnInstant: assertion.authnInstant,
            sessionNotOnOrAfter: assertion.sessionNotOnOrAfter, attributes: assertion.attributes,
            displayName: try displayName(assertion, facts.attributeMapping),
            groups: try groups(assertion, facts.attributeMapping), certificateSHA256: element.certificate.sha256,
            usedSHA1: element.usedSHA1 || (signedResponse?.usedSHA1 ?? false), wasEncrypted: place.isEncrypted)
    }

    private func configured() throws(Refusal) -> (TrustedIdentityProvider, String) {
        // C20: no configured key is an error, not "unsigned is fine".
        guard let provider = facts.identityProvider, !provider.certificates.isEmpty else {
            throw Refusal(
                .organizationNotConfigured, "An identity provider must be configured; this organization has none.",
                remedy: "Save the identity provider's metadata in the settings.")
        }
        return (
            provider,
            "It is \(quoted(provider.entityID)), with \(provider.certificates.count == 1 ? "one certificate" : "\(provider.certificates.count) certificates")."
        )
    }

    private func requireEncryption(_ place: AssertionPlace) throws(Refusal) -> String {
        guard place.isEncrypted else {
            throw Refusal(
                .encryptionRequired, "The assertion must be encrypted; it came in the clear.",
                remedy: "At the identity provider, turn on assertion encryption with the certificate of our metadata.")
        }
        return "The assertion is encrypted."
    }

    private mutating func verifyIfSigned(
        _ element: XMLElement, _ name: String, _ trust: SignatureTrust
    ) throws(Refusal) -> VerifiedElement? {
        guard let signature = try element.only("Signature", in: Names.signature) else { return nil }
        return try trace.step(name, "XML Signature §3.2; C11–C22", comparing: facts.compared(signature: signature)) { () throws(Refusal) in
            let verified = try verifySignature(signature, on: element, trusting: trust)
            return (verified, "It verifies with “\(verified.certificate.sha256.hexadecimal)”.")
        }
    }

    private mutating func verifyAssertion(
        _ place: AssertionPlace, _ trust: SignatureTrust
    ) throws(Refusal) -> VerifiedElement? {
        switch place {
        case .plain(let assertion): return try verifyIfSigned(assertion, "Assertion signature", trust)
        case .encrypted(let element):
            let keys = facts.decryptionKeys
            return try trace.step("Encrypted assertion", "XML Encryption; C24–C27") { () throws(Refusal) in
                (try openEncrypted(element, keys: keys, trusting: trust), "Decrypted; its own signature verifies.")
            }
        }
    }

    private func requireSignature(
        _ response: VerifiedElement?, _ assertion: VerifiedElement?
    ) throws(Refusal) -> (VerifiedElement, String) {
        if let assertion { return (assertion, response == nil ? "The assertion." : "Response and assertion.") }
        guard let response else {
            throw Refusal(
                .signatureMissing, "The Response or the assertion must be signed; neither is.",
                remedy: "At the identity provider, turn on signing of the assertion.")
        }
        guard !facts.requireSignedAssertion else {
            throw Refusal(
                .signatureMissing, "The policy asks for a signed assertion; only the Response is signed.",
                remedy: "At the identity provider, turn on signing of the assertion, or change the policy.")
        }
        return (response, "The Response.")
    }

    private func checkCertificate(_ element: VerifiedElement, _ response: VerifiedElement?) throws(Refusal) -> String {
        for certificate in [response?.certificate, element.certificate].compactMap({ $0 }) {
            let isValid = certificate.notBefore <= facts.keysInstant && facts.keysInstant <= certificate.notAfter
            guard isValid || !facts.refuseExpiredCertificates else {
                throw Refusal(
                    .certificateExpired,
                    "The policy asks for a certificate that is valid at \(facts.keysInstant.rfc3339); this one is from \(certificate.notBefore.rfc3339) to \(certificate.notAfter.rfc3339).",
                    remedy: "Renew the signing certificate at the identity provider and save its metadata here.")
            }
        }
        return "Valid from \(element.certificate.notBefore.rfc3339) to \(element.certificate.notAfter.rfc3339)."
    }

    // C29: byte for byte. Of an unsigned Response the Issuer can only refuse.
    private func checkIssuer(
        _ assertion: Assertion, _ response: XMLElement, _ provider: TrustedIdentityProvider
    ) throws(Refusal) -> String {
        let remedy = "Save the metadata of the identity provider that people sign in with."
        guard same(assertion.issuer, provider.entityID) else {
            throw Refusal(
                .issuerMismatch,
                "The assertion's Issuer must be \(quoted(provider.entityID)); it is \(quoted(assertion.issuer)).",
                remedy: remedy)
        }
        if let issuer = try response.only("Issuer", in: Names.assertion)?.value(), !same(issuer, provider.entityID) {
            throw Refusal(
                .issuerMismatch,
                "The Response's Issuer must be \(quoted(provider.entityID)); it is \(quoted(issuer)).", remedy: remedy)
        }
        return "It is \(quoted(provider.entityID))."
    }

    private mutating func note(response: VerifiedElement) {
        let issuer = (try? response.root.only("Issuer", in: Names.assertion))?.text ?? ""
        verified = VerifiedFacts(
            issuer: issuer, inResponseTo: response.root.attribute("InResponseTo"),
            certificateSHA256: response.certificate.sha256, usedSHA1: response.usedSHA1, attributes: [])
    }

    private mutating func note(_ assertion: Assertion, _ element: VerifiedElement, _ response: VerifiedElement?) {
        let mapping = facts.attributeMapping
        let mapped = mapping.email.isEmpty ? nil : (try? assertion.values(mapping.email))?.first
        let usual = AttributeNames.email.lazy.compactMap { (try? assertion.values($0))?.first }.first
        let named = assertion.nameID.flatMap { EmailAddress($0)?.text }
        verified = VerifiedFacts(
            issuer: assertion.issuer, assertionID: assertion.id,
            inResponseTo: assertion.confirmations.lazy.compactMap(\.inResponseTo).first
                ?? response?.root.attribute("InResponseTo"),
            certificateSHA256: element.certificate.sha256,
            usedSHA1: element.usedSHA1 || (response?.usedSHA1 ?? false), email: mapped ?? named ?? usual,
            nameID: assertion.nameID, attributes: assertion.attributes, sessionIndex: assertion.sessionIndex)
    }
}

// Swift compares strings by canonical equivalence; identifiers are compared by their bytes.
func same(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

extension AssertionPlace {
    var isEncrypted: Bool {
        switch self {
        case .plain: false
        case .encrypted: true
        }
    }
}
