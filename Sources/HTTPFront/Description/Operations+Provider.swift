import Events

extension APIOperations {
    private static let metadata = APIOperation.Body(
        content: [
            ("application/samlmetadata+xml", Schema.text), ("application/xml", Schema.text), ("text/xml", Schema.text),
            ("application/json", Schema.reference("MetadataURL")),
        ], example: ["metadataURL": "https://idp.example.com/metadata"])

    private static let unusable = (
        status: 422,
        codes: ["metadata_invalid", "no_signing_key", "key_too_weak", "metadata_unreachable", "metadata_address_forbidden"]
    )

    static let identityProvider: [APIOperation] = [
        APIOperation(
            id: "configureIdentityProvider", method: "put", path: "/v1/organizations/{org}/identity-provider", subject: .identityProvider,
            summary: "Configures the identity provider by its metadata or where that is, and names whose refusals would pass now.",
            query: [APIParameters.entityID, APIParameters.metadataCertificate], body: metadata,
            answer: .json(Schema.reference("ConfiguredIdentityProvider"), "As it is configured now."), refusals: [unusable]),
        APIOperation(
            id: "previewIdentityProvider", method: "post", path: "/v1/organizations/{org}/identity-provider/preview",
            subject: .identityProvider,
            summary: "What a configuration would change, and who of the last logins would be locked out or let in. Saves nothing.",
            query: [APIParameters.entityID, APIParameters.metadataCertificate], body: metadata,
            answer: .json(Schema.reference("IdentityProviderPreview"), "As it would be configured."), refusals: [unusable]),
        APIOperation(
            id: "refreshIdentityProvider", method: "post", path: "/v1/organizations/{org}/identity-provider/refresh",
            subject: .identityProvider, summary: "Fetches the metadata from its URL again.",
            answer: .json(Schema.reference("MetadataRefresh"), "What was different, and is in force now."),
            refusals: [unusable, (409, ["metadata_change_held", "organization_not_configured", "conflict"])]),
        APIOperation(
            id: "approveMetadataChange", method: "post", path: "/v1/organizations/{org}/identity-provider/approve",
            subject: .identityProvider, summary: "Takes the change of the metadata that waits for a person.",
            query: [
                .init(name: "event", words: "Only if the change of this event is the one that waits.", schema: Schema.sequence)
            ],
            answer: .json(Schema.reference("IdentityProvider"), "As it is configured now."),
            refusals: [(404, ["not_found"]), (409, ["conflict", "organization_not_configured"]), (422, ["invalid_request"])]),
        APIOperation(
            id: "listKeys", method: "get", path: "/v1/organizations/{org}/keys", subject: .identityProvider,
            summary: "Our keys of this organization, oldest first, retired ones included.",
            answer: .json(Schema.page(of: Schema.reference("Key")), "All keys.")),
        APIOperation(
            id: "addKey", method: "post", path: "/v1/organizations/{org}/keys", subject: .identityProvider,
            summary: "Makes and publishes the next key of a use, beside the current one.",
            body: .json(Schema.body([("use", Schema.reference("KeyUse"))]), example: ["use": "signing"]),
            answer: .json(Schema.page(of: Schema.reference("Key")), "All keys.", status: 201), refusals: [(409, ["conflict"])]),
        APIOperation(
            id: "retireKey", method: "delete", path: "/v1/organizations/{org}/keys/{key}", subject: .identityProvider,
            summary: "Ends the use of a key: it signs and decrypts nothing more.",
            answer: .json(Schema.page(of: Schema.reference("Key")), "All keys."), refusals: [(409, ["conflict"])]),
    ]

    private static let patch = APIOperation.Body(
        content: [
            ("application/merge-patch+json", Schema.reference("PolicyPatch")), ("application/json", Schema.reference("PolicyPatch")),
        ], example: ["allowUnsolicited": false])

    static let policy: [APIOperation] = [
        APIOperation(
            id: "getPolicy", method: "get", path: "/v1/organizations/{org}/policy", subject: .policy, summary: "The policy in force.",
            answer: .json(Schema.reference("Policy"), "Every member.")),
        APIOperation(
            id: "changePolicy", method: "patch", path: "/v1/organizations/{org}/policy", subject: .policy,
            summary: "Changes the policy (RFC 7396).", body: patch,
            answer: .json(Schema.reference("Policy"), "The policy after the change.")),
        APIOperation(
            id: "previewPolicy", method: "post", path: "/v1/organizations/{org}/policy/preview", subject: .policy,
            summary: "What a change of the policy would do to the last logins. Saves nothing.", body: patch,
            answer: .json(Schema.reference("PolicyPreview"), "The policy as it would be, and what it would do.")),
    ]
}
