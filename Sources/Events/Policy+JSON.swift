#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Policy {
    /// The policy with the API's names, every member present (contract: policy members).
    public var json: JSON {
        [
            "allowUnsolicited": .bool(allowUnsolicited),
            "provisionUsers": .bool(provisionUsers),
            "allowedEmailDomains": .array(allowedEmailDomains.map(JSON.string)),
            "clockSkewSeconds": .integer(Int64(clockSkewSeconds)),
            "sessionSeconds": .integer(Int64(sessionSeconds)),
            "allowSHA1Until": allowSha1Until == 0 ? .null : JSON(Instant(nanoseconds: allowSha1Until)),
            "refuseExpiredCertificates": .bool(refuseExpiredCertificates),
            "requireSignedAssertion": .bool(requireSignedAssertion),
            "requireEncryptedAssertion": .bool(requireEncryptedAssertion),
            "signRequests": .bool(signRequests),
            "requestBinding": .string(requestBinding),
            "nameIDFormat": Self.text(nameIDFormat),
            "forceAuthn": .bool(forceAuthn),
            "isPassive": .bool(isPassive),
            "requestedAuthnContext": Self.text(requestedAuthnContext),
            "roleMapping": .array(roleMapping.map(\.json)),
            "evidenceRetentionDays": hasEvidenceRetentionDays ? .integer(Int64(evidenceRetentionDays)) : .null,
            "relayStateOrigins": .array(relayStateOrigins.map(JSON.string)),
            "landingURL": Self.text(landingURL),
            "metadataRefreshHours": .integer(Int64(metadataRefreshHours)),
            "attributeMapping": [
                "preset": Self.text(attributeMapping.preset), "email": Self.text(attributeMapping.email),
                "name": Self.text(attributeMapping.name), "firstName": Self.text(attributeMapping.firstName),
                "lastName": Self.text(attributeMapping.lastName), "groups": Self.text(attributeMapping.groups),
            ],
        ]
    }

    private static func text(_ text: String) -> JSON { text.isEmpty ? .null : .string(text) }
}

extension RoleMapping {
    fileprivate var json: JSON {
        [
            "attribute": .string(attribute), "value": .string(value), "account": .string(account.hexadecimal),
            "role": .string(role.name),
        ]
    }
}
