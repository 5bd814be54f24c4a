import Cryptography
import Events
import XML

// What each check holds against what, for the person who mends an identity provider's settings. They decide nothing.

extension JudgmentFacts {
    func compared(status response: XMLElement) -> [Comparison] {
        var codes: [String] = []
        var place = response.children("Status", in: Names.protocol).first
        while let code = place?.children("StatusCode", in: Names.protocol).first, codes.count < 4 {
            codes.append(shown(code.attribute("Value") ?? ""))
            place = code
        }
        return [Comparison("Status", expected: Names.success, received: codes.isEmpty ? nil : codes.joined(separator: " > "))]
    }

    /// - Parameter signature: As it came: nothing of it is believed yet.
    func compared(signature: XMLElement) -> [Comparison] {
        var compared: [Comparison] = []
        let info = signature.children("SignedInfo", in: Names.signature).first
        if let method = info?.children("SignatureMethod", in: Names.signature).first?.attribute("Algorithm") {
            compared.append(
                Comparison(
                    "Signature algorithm", expected: allowSHA1Until == nil ? "SHA-256 or better" : "SHA-256 or better, or SHA-1 for now",
                    received: shown(method)))
        }
        let named = ((try? SignatureParts(reading: signature))?.namedCertificates ?? []).prefix(2).compactMap { try? Certificate(der: $0) }
        let ours = (identityProvider?.certificates ?? []).map(\.sha256.hexadecimal)
        compared.append(
            Comparison(
                "Signing certificate, SHA-256", expected: ours.joined(separator: " or "),
                received: named.isEmpty ? nil : named.map(\.sha256.hexadecimal).joined(separator: ", ")))
        return compared
    }

    func compared(certificate: Certificate) -> [Comparison] {
        [
            Comparison(
                "Validity", expected: refuseExpiredCertificates ? "valid at \(keysInstant.rfc3339Seconds)" : "looked at, not enforced",
                received: "\(certificate.notBefore.rfc3339Seconds) to \(certificate.notAfter.rfc3339Seconds)")
        ]
    }

    func compared(issuer assertion: Assertion, _ response: XMLElement, _ provider: TrustedIdentityProvider) -> [Comparison] {
        var compared = [Comparison("Issuer of the assertion", expected: provider.entityID, received: shown(assertion.issuer))]
        if let issuer = response.children("Issuer", in: Names.assertion).first?.text {
            compared.append(Comparison("Issuer of the Response", expected: provider.entityID, received: shown(issuer)))
        }
        return compared
    }

    func compared(destination: String?) -> [Comparison] {
        [Comparison("Destination", expected: acsURLs.first ?? "", received: destination.map(shown))]
    }

    func compared(bearer assertion: Assertion) -> [Comparison] {
        guard let bearer = assertion.confirmations.first(where: { $0.method == Names.bearer }) else {
            let methods = assertion.confirmations.map { shown($0.method) }
            return [Comparison("Method", expected: Names.bearer, received: methods.isEmpty ? nil : methods.joined(separator: ", "))]
        }
        return [
            Comparison("Recipient", expected: acsURLs.first ?? "", received: bearer.recipient.map(shown)), end(bearer.notOnOrAfter),
        ]
    }

    func compared(audience assertion: Assertion) -> [Comparison] {
        let audiences = (assertion.conditions?.audiences ?? []).flatMap { $0 }.prefix(4).map(shown)
        return [
            Comparison(
                "Audience", expected: serviceProviderEntityID, received: audiences.isEmpty ? nil : audiences.joined(separator: ", "))
        ]
    }

    func compared(lifetime assertion: Assertion) -> [Comparison] {
        let skew = Int64(min(clockSkewSeconds, Limits.clockSkewSeconds))
        return [
            Comparison(
                "Valid from (NotBefore)", expected: "no later than \(instant.adding(seconds: skew).rfc3339Seconds)",
                received: assertion.conditions?.notBefore?.rfc3339Seconds ?? "any time"),
            end(assertion.conditions?.notOnOrAfter, orElse: "any time"),
        ]
    }

    func compared(request assertion: Assertion, _ response: XMLElement) -> [Comparison] {
        let confirmed = assertion.confirmations.lazy.compactMap(\.inResponseTo).first
        guard confirmed != nil || response.attribute("InResponseTo") != nil else { return [] }
        return [
            Comparison(
                "InResponseTo", expected: confirmed.map { "\(shown($0)), as in the assertion" } ?? "in signed bytes",
                received: response.attribute("InResponseTo").map { "\(shown($0)), in the Response" })
        ]
    }

    func compared(email assertion: Assertion) -> [Comparison] {
        let expected = "one e-mail address"
        guard attributeMapping.email.isEmpty else {
            let values = assertion.texts(attributeMapping.email)
            return [
                Comparison(
                    "Attribute \(attributeMapping.email)", expected: expected,
                    received: values.isEmpty ? nil : values.prefix(4).map(shown).joined(separator: ", "))
            ]
        }
        return [Comparison("NameID", expected: expected, received: assertion.nameID.map(shown))]
            + AttributeNames.email.compactMap { name in
                let values = assertion.texts(name)
                guard !values.isEmpty else { return nil }
                return Comparison("Attribute \(name)", expected: expected, received: values.prefix(4).map(shown).joined(separator: ", "))
            }
    }

    private func end(_ received: Instant?, orElse none: String? = nil) -> Comparison {
        let skew = Int64(min(clockSkewSeconds, Limits.clockSkewSeconds))
        return Comparison(
            "Valid until (NotOnOrAfter)", expected: "later than \(instant.adding(seconds: -skew).rfc3339Seconds)",
            received: received?.rfc3339Seconds ?? none)
    }
}

// Without controls, cut where it is long.
private func shown(_ text: String) -> String { String(quoted(text).dropFirst().dropLast()) }
