import Events
import Identity
import SAML

extension APISchemas {
    private static let addresses: [(String, JSON)] = ["acsURL", "audienceURI", "loginURL", "metadataURL"].map {
        ($0, Schema.orNull(Schema.text))
    }
    private static let alternative: [(String, JSON)] = [("alternativeACSURL", Schema.orNull(Schema.text))]

    static let organizations: [(String, JSON)] = [
        ("Account", Schema.object([("id", Schema.identifier), ("name", Schema.text)])),
        (
            "CreatedOrganization",
            Schema.object(
                [("id", Schema.identifier), ("name", Schema.text)] + addresses + [("setupURL", Schema.orNull(Schema.text))] + alternative
                    + [("accounts", Schema.list(of: Schema.reference("Account")))])
        ),
        (
            "Organization",
            Schema.object(
                [("id", Schema.identifier), ("name", Schema.text), ("createdAt", Schema.instant)] + addresses + alternative + [
                    ("accounts", Schema.list(of: Schema.reference("Account"))),
                    ("identityProvider", Schema.orNull(Schema.reference("IdentityProvider"))),
                    (
                        "heldRefresh",
                        Schema.described(Schema.orNull(Schema.sequence), "The event of a change of the metadata that waits for a person.")
                    ),
                    ("tested", Schema.flag), ("policy", Schema.reference("Policy")), ("verifiedDomains", Schema.list(of: Schema.text)),
                    ("sequence", Schema.described(Schema.count, "The state is the one after this event.")),
                ])
        ),
        ("SetupLink", Schema.object([("id", Schema.identifier), ("setupURL", Schema.orNull(Schema.text)), ("expiresAt", Schema.instant)])),
        (
            "Domain",
            Schema.object([
                ("domain", Schema.text), ("verified", Schema.flag),
                ("record", Schema.object([("name", Schema.text), ("type", ["const": "TXT"]), ("value", Schema.text)])),
            ])
        ),
        (
            "Key",
            Schema.object([
                ("id", Schema.identifier), ("use", Schema.reference("KeyUse")), ("retired", Schema.flag),
                ("certificate", Schema.reference("Certificate")),
            ])
        ),
        ("KeyUse", Schema.one(of: ["encryption", "signing"])),
        (
            "Restoration",
            Schema.object([
                ("organization", Schema.identifier), ("at", Schema.count),
                (
                    "differences",
                    Schema.list(
                        of: Schema.object([
                            ("what", Schema.text), ("before", .object([])), ("after", .object([])), ("detail", Schema.text),
                        ]))
                ), ("kept", Schema.list(of: Schema.text)),
                (
                    "refusal",
                    Schema.orNull(
                        Schema.object([("code", Schema.text), ("detail", Schema.text), ("remedy", Schema.orNull(Schema.text))]))
                ), ("applied", Schema.flag), ("events", Schema.list(of: Schema.sequence)),
            ])
        ),
    ]

    private static let provider: [(String, JSON)] = [
        ("entityID", Schema.text), ("singleSignOnURL", Schema.orNull(Schema.text)), ("singleSignOnBinding", Schema.orNull(Schema.text)),
        ("certificates", Schema.list(of: Schema.reference("Certificate"))), ("metadataURL", Schema.orNull(Schema.text)),
        ("preset", Schema.orNull(Schema.text)), ("configuredAt", Schema.orNull(Schema.instant)), ("revision", Schema.count),
        ("warnings", Schema.list(of: Schema.text)), ("wantsSignedRequests", Schema.flag), ("validUntil", Schema.orNull(Schema.instant)),
        ("metadataCertificate", Schema.orNull(Schema.reference("Certificate"))),
        ("details", Schema.orNull(Schema.reference("MetadataDetails"))),
    ]

    private static let verdicts: [(String, JSON)] = [
        ("checked", Schema.count), ("unchanged", Schema.count), ("lockedOut", Schema.count), ("letIn", Schema.count),
        ("logins", Schema.list(of: Schema.reference("VerdictChange"))), ("people", Schema.reference("Consequence")),
    ]

    static let identityProvider: [(String, JSON)] = [
        (
            "Certificate",
            Schema.object([
                ("pem", Schema.text), ("sha256", Schema.digest), ("subject", Schema.text), ("notBefore", Schema.instant),
                ("notAfter", Schema.instant),
            ])
        ),
        (
            "MetadataDetails",
            Schema.object([
                ("organizationName", Schema.orNull(Schema.text)),
                (
                    "contacts",
                    Schema.list(
                        of: Schema.object([("type", Schema.text), ("name", Schema.text), ("emails", Schema.list(of: Schema.text))]))
                ), ("attributes", Schema.list(of: Schema.text)), ("nameIDFormats", Schema.list(of: Schema.text)),
            ])
        ),
        ("IdentityProvider", Schema.object(provider)),
        (
            "ConfiguredIdentityProvider",
            Schema.object(provider + [("refusalsThatWouldPass", Schema.list(of: Schema.reference("ConsequenceGroup")))])
        ),
        (
            "IdentityProviderPreview",
            Schema.object(
                provider + [("changes", Schema.list(of: Schema.text)), ("differences", Schema.list(of: Schema.text))] + verdicts)
        ),
        (
            "MetadataURL",
            Schema.body(
                [("metadataURL", ["type": "string", "format": "uri"])],
                optional: [("entityID", Schema.orNull(Schema.text)), ("metadataCertificate", Schema.orNull(Schema.text))])
        ),
        (
            "MetadataRefresh",
            Schema.object([("changes", Schema.list(of: Schema.text)), ("held", Schema.flag), ("event", Schema.orNull(Schema.sequence))])
        ),
        (
            "VerdictChange",
            Schema.object([
                ("sequence", Schema.sequence), ("email", Schema.orNull(Schema.text)), ("before", Schema.text), ("after", Schema.text),
            ])
        ),
        (
            "ConsequenceGroup",
            Schema.object([
                ("code", Schema.text),
                (
                    "people",
                    Schema.list(
                        of: Schema.object([
                            ("email", Schema.orNull(Schema.text)), ("user", Schema.orNull(Schema.identifier)),
                            ("sequence", Schema.sequence),
                        ]))
                ),
            ])
        ),
        (
            "Consequence",
            Schema.object([
                ("lockedOut", Schema.list(of: Schema.reference("ConsequenceGroup"))),
                ("letIn", Schema.list(of: Schema.reference("ConsequenceGroup"))),
            ])
        ),
        (
            "PolicyPreview",
            Schema.object([("policy", Schema.reference("Policy")), ("changes", Schema.list(of: Schema.text))] + verdicts)
        ),
    ]
}
