import Events
import Identity
import SAML

extension APISchemas {
    private static func number(_ bounds: ClosedRange<Int64>) -> JSON {
        ["type": "integer", "minimum": .integer(bounds.lowerBound), "maximum": .integer(bounds.upperBound)]
    }

    private static func upTo1000(_ item: JSON) -> JSON { ["type": "array", "maxItems": 1000, "items": item] }

    // PolicyReader says what is taken.
    private static let attribute: JSON = [
        "type": "string", "minLength": 1, "maxLength": 1024, "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*$",
    ]
    private static let uri: JSON = [
        "type": "string", "minLength": 1, "maxLength": 1024,
        "pattern": "^[^\\u0000-\\u0020\\u007f-\\u009f]*:[^\\u0000-\\u0020\\u007f-\\u009f]*$",
        "examples": ["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"],
    ]

    private static let presets = Schema.one(of: IdentityProviderPreset.allCases.map(\.rawValue))

    private static let attributeMapping: [(String, JSON)] =
        [("preset", Schema.orNull(presets))]
        + ["email", "name", "firstName", "lastName", "groups"].map { ($0, Schema.orNull(attribute)) }

    /// Every member with what it may be, beside null where the document itself has null.
    private static let members: [(name: String, schema: JSON, isNullable: Bool)] = [
        ("allowUnsolicited", Schema.flag, false), ("provisionUsers", Schema.flag, false),
        ("allowedEmailDomains", upTo1000(Schema.reference("DomainName")), false),
        ("clockSkewSeconds", number(PolicyDocument.Bounds.clockSkewSeconds), false),
        ("sessionSeconds", number(PolicyDocument.Bounds.sessionSeconds), false), ("allowSHA1Until", Schema.reference("GivenInstant"), true),
        ("refuseExpiredCertificates", Schema.flag, false), ("requireSignedAssertion", Schema.flag, false),
        ("requireEncryptedAssertion", Schema.flag, false), ("signRequests", Schema.flag, false),
        ("requestBinding", Schema.one(of: ["redirect", "post"]), false), ("nameIDFormat", uri, true), ("forceAuthn", Schema.flag, false),
        ("isPassive", Schema.flag, false), ("requestedAuthnContext", uri, true),
        ("roleMapping", upTo1000(Schema.reference("RoleMapping")), false),
        ("evidenceRetentionDays", number(PolicyDocument.Bounds.evidenceRetentionDays), true),
        ("relayStateOrigins", upTo1000(["type": "string", "format": "uri", "examples": ["https://app.example.com"]]), false),
        ("landingURL", ["type": "string", "format": "uri"], true),
        ("metadataRefreshHours", number(PolicyDocument.Bounds.metadataRefreshHours), false),
        ("attributeMapping", Schema.body([], optional: attributeMapping), false),
    ]

    private static func withDefault(_ name: String, _ schema: JSON) -> JSON {
        guard let value = PolicyDocument.json(.defaults)[name] else { return schema }
        return .object((schema.members ?? []) + [.init("default", value)])
    }

    static let policy: [(String, JSON)] = [
        (
            "RoleMapping",
            Schema.body([
                ("attribute", attribute), ("value", Schema.text), ("account", Schema.identifier),
                ("role", Schema.one(of: ["member", "administrator"])),
            ])
        ),
        ("Policy", Schema.object(members.map { ($0.name, $0.isNullable ? Schema.orNull($0.schema) : $0.schema) })),
        (
            "PolicyPatch",
            Schema.described(
                Schema.body([], optional: members.map { ($0.name, withDefault($0.name, Schema.orNull($0.schema))) }),
                "RFC 7396: a member that is null goes back to its default.")
        ),
    ]
}
