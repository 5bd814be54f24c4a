import Events
import Identity
import Testing

@Suite struct `The policy` {
    @Test func `has the contract's members and defaults`() {
        #expect(
            PolicyDocument.json(.defaults).text == """
                {"allowUnsolicited":true,"provisionUsers":true,"allowedEmailDomains":[],"clockSkewSeconds":60,\
                "sessionSeconds":28800,"allowSHA1Until":null,"refuseExpiredCertificates":false,\
                "requireSignedAssertion":false,"requireEncryptedAssertion":false,"signRequests":false,\
                "requestBinding":"redirect","nameIDFormat":null,"forceAuthn":false,"isPassive":false,"requestedAuthnContext":null,\
                "roleMapping":[],"evidenceRetentionDays":null,"relayStateOrigins":[],"landingURL":null,\
                "metadataRefreshHours":24,"attributeMapping":{"preset":null,"email":null,"name":null,"firstName":null,\
                "lastName":null,"groups":null}}
                """)
    }

    @Test func `merges a patch, and null goes back to the default`() throws {
        var given = try Given()
        try change(
            &given,
            #"{"allowUnsolicited":false,"clockSkewSeconds":120,"attributeMapping":{"email":"mail","groups":"g"}}"#)
        try change(&given, #"{"clockSkewSeconds":null,"attributeMapping":{"groups":null}}"#)
        let policy = try given.organization.effectivePolicy
        #expect(!policy.allowUnsolicited)
        #expect(policy.clockSkewSeconds == 60)
        #expect(policy.attributeMapping.email == "mail")
        #expect(policy.attributeMapping.groups.isEmpty)
        #expect(try given.organization.policyRevision == UInt64(given.events.count))
    }

    @Test func `that is the same already is no event, and the event names what changed`() throws {
        let given = try Given()
        #expect(try decidePolicy(patch: ["allowUnsolicited": true], of: given.organization).isEmpty)
        #expect(try decidePolicy(patch: [:], of: given.organization).isEmpty)
        let bodies = try decidePolicy(patch: ["signRequests": true, "provisionUsers": true], of: given.organization)
        guard case .policyChanged(let changed) = try #require(bodies.first) else { return }
        #expect(changed.members == ["signRequests"])
    }

    @Test(arguments: [
        (#"{"allowUnsolicted":false}"#, "allowUnsolicted"), (#"{"attributeMapping":{"mail":"x"}}"#, "mail"),
        (#"{"roleMapping":[{"attribute":"a","value":"b","account":"c","role":"member","x":1}]}"#, "x"),
        (#"{"allowUnsolicited":"false"}"#, "allowUnsolicited"), (#"{"allowUnsolicited":0}"#, "allowUnsolicited"),
        (#"{"clockSkewSeconds":301}"#, "clockSkewSeconds"), (#"{"clockSkewSeconds":-1}"#, "clockSkewSeconds"),
        (#"{"clockSkewSeconds":1.5}"#, "clockSkewSeconds"), (#"{"sessionSeconds":0}"#, "sessionSeconds"),
        (#"{"allowSHA1Until":"tomorrow"}"#, "allowSHA1Until"), (#"{"requestBinding":"artifact"}"#, "requestBinding"),
        (#"{"nameIDFormat":"email"}"#, "nameIDFormat"),
        (#"{"allowedEmailDomains":["@example.com"]}"#, "allowedEmailDomains"),
        (#"{"allowedEmailDomains":["localhost"]}"#, "allowedEmailDomains"),
        (#"{"allowedEmailDomains":"example.com"}"#, "allowedEmailDomains"),
        (#"{"relayStateOrigins":["https://a.example/path"]}"#, "relayStateOrigins"),
        (#"{"relayStateOrigins":["javascript:alert(1)"]}"#, "relayStateOrigins"),
        (#"{"landingURL":"//evil.example"}"#, "landingURL"),
        (#"{"landingURL":"https://user@evil.example"}"#, "landingURL"),
        (#"{"evidenceRetentionDays":0}"#, "evidenceRetentionDays"),
        (#"{"attributeMapping":{"email":""}}"#, "attributeMapping.email"),
    ])
    func `refuses by name what it can't be`(_ patch: String, _ name: String) throws {
        let given = try Given()
        let refusal = #expect(throws: RuleError.self) {
            try decidePolicy(patch: JSON(parsing: patch), of: given.organization)
        }
        #expect(refusal?.code == .invalidRequest)
        #expect(refusal?.detail.contains("“\(name)”") == true)
    }

    @Test(arguments: ["owner", "none", "Member"]) func `maps no role above administrator`(_ role: String) throws {
        let mapping: JSON = [
            "attribute": "groups", "value": "all", "account": .string(Given.account.description), "role": .string(role),
        ]
        #expect(throws: RuleError.self) {
            try decidePolicy(patch: ["roleMapping": [mapping]], of: Given().organization)
        }
    }

    @Test func `maps roles in this organization's accounts alone`() throws {
        let mapping: JSON = [
            "attribute": "groups", "value": "all", "account": .string(Identifier.numbered(99).description),
            "role": "member",
        ]
        #expect(throws: RuleError.self) {
            try decidePolicy(patch: ["roleMapping": [mapping]], of: Given().organization)
        }
    }

    @Test func `takes assignments from the command line`() throws {
        let patch = try PolicyDocument.patch(assignments: [
            "allowUnsolicited=false", "allowedEmailDomains=Example.com,example.org", "sessionSeconds=60",
            "landingURL=https://a.example/x?y=z",
            "attributeMapping.email=mail", "attributeMapping.name=cn", "evidenceRetentionDays=30", "relayStateOrigins=",
            "allowSHA1Until=2027-01-01T00:00:00Z",
        ])
        let policy = try PolicyDocument.merged(patch, into: .defaults, of: Given().organization)
        #expect(!policy.allowUnsolicited)
        #expect(policy.allowedEmailDomains == ["example.com", "example.org"])
        #expect(policy.sessionSeconds == 60)
        #expect(policy.landingURL == "https://a.example/x?y=z")
        #expect(policy.attributeMapping.email == "mail")
        #expect(policy.attributeMapping.name == "cn")
        #expect(policy.retentionDays == 30)
        #expect(policy.relayStateOrigins.isEmpty)
        #expect(policy.sha1AllowedUntil == Instant(rfc3339: "2027-01-01T00:00:00Z"))
        #expect(throws: RuleError.self) { try PolicyDocument.patch(assignments: ["unknown=1"]) }
        #expect(throws: RuleError.self) { try PolicyDocument.patch(assignments: ["allowUnsolicited"]) }
    }

    private func change(_ given: inout Given, _ patch: String) throws {
        try given.happened(try decidePolicy(patch: JSON(parsing: patch), of: given.organization))
    }
}
