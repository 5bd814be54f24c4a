import Events
import Hummingbird
import Identity

/// `/v1/openapi.json`: the administration API, described (OpenAPI 3.1).
struct DescriptionRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/v1/openapi.json", for: .programs) { _ in
            .json(APIDescription.document(server: services.url.text))
        }
    }
}

/// The description itself, made from one row per request.
enum APIDescription {
    private struct Row {
        let method: String
        let path: String
        let summary: String
        var body: JSON?
        /// nil: text.
        var answer: String? = "Object"
        var status = "200"
        var query: [String] = []
    }

    static func document(server: String) -> JSON {
        var paths: [(String, [JSON.Member])] = []
        for row in rows {
            let member = JSON.Member(row.method, operation(row))
            if let index = paths.firstIndex(where: { $0.0 == row.path }) {
                paths[index].1.append(member)
            } else {
                paths.append((row.path, [member]))
            }
        }
        return [
            "openapi": "3.1.0",
            "info": ["title": "identity-ledger", "version": "1", "description": "The administration API."],
            "servers": [["url": .string(server)]],
            "security": [["bearer": []]],
            "paths": .object(paths.map { .init($0.0, .object($0.1)) }),
            "components": ["securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]], "schemas": schemas],
        ]
    }

    private static func operation(_ row: Row) -> JSON {
        var members: [JSON.Member] = [.init("summary", .string(row.summary))]
        let names = row.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
            String($0.dropFirst().dropLast())
        }
        let parameters =
            names.map { parameter($0, in: "path", required: true) }
            + row.query.map { parameter($0, in: "query", required: false) }
        if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
        if let body = row.body { members.append(.init("requestBody", ["required": true, "content": body])) }
        let success: JSON =
            row.status == "204"
            ? ["description": "Done."]
            : row.answer.map { ["description": "Done.", "content": ["application/json": ["schema": reference($0)]]] }
                ?? ["description": "Done.", "content": ["text/plain": ["schema": ["type": "string"]]]]
        members.append(
            .init(
                "responses",
                .object([
                    .init(row.status, success),
                    .init(
                        "default",
                        [
                            "description": "Refused.",
                            "content": ["application/problem+json": ["schema": reference("Problem")]],
                        ]),
                ])))
        return .object(members)
    }

    private static func parameter(_ name: String, in place: String, required: Bool) -> JSON {
        ["name": .string(name), "in": .string(place), "required": .bool(required), "schema": ["type": "string"]]
    }

    private static func reference(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

    private static func body(_ members: [(String, JSON)], required: [String] = []) -> JSON {
        let schema: JSON = [
            "type": "object", "additionalProperties": false, "properties": .object(members.map { .init($0.0, $0.1) }),
            "required": .array(required.map(JSON.string)),
        ]
        return ["application/json": ["schema": schema]]
    }

    private static let text: JSON = ["type": "string"]
    private static let flag: JSON = ["type": "boolean"]
    private static let texts: JSON = ["type": "array", "items": ["type": "string"]]
    private static let provider: JSON = [
        "application/samlmetadata+xml": ["schema": ["type": "string"]],
        "application/json": [
            "schema": [
                "type": "object", "additionalProperties": false,
                "properties": [
                    "metadataURL": ["type": "string"], "entityID": ["type": "string"], "metadataCertificate": ["type": "string"],
                ],
                "required": ["metadataURL"],
            ]
        ],
    ]
    private static let listed = ["cursor", "limit"]

    private static let rows: [Row] = [
        Row(
            method: "post", path: "/v1/organizations", summary: "Makes an organization and its first account.",
            body: body([("name", text)], required: ["name"]), status: "201"),
        Row(
            method: "get", path: "/v1/organizations", summary: "Organizations.", answer: "List", query: ["at"] + listed),
        Row(
            method: "get", path: "/v1/organizations/{org}", summary: "One organization, now or as of then.",
            query: ["at"]),
        Row(
            method: "post", path: "/v1/organizations/{org}/setup-links", summary: "A new one-time setup link.",
            status: "201"),
        Row(
            method: "put", path: "/v1/organizations/{org}/identity-provider",
            summary: "Configures the identity provider, and names whose refusals would pass now.", body: provider,
            query: ["entityID", "metadataCertificate"]),
        Row(
            method: "post", path: "/v1/organizations/{org}/identity-provider/preview",
            summary: "What a configuration would change, and who of the last logins would be locked out or let in.", body: provider,
            query: ["entityID", "metadataCertificate"]),
        Row(
            method: "post", path: "/v1/organizations/{org}/identity-provider/refresh",
            summary: "Fetches the metadata from its URL again."),
        Row(
            method: "post", path: "/v1/organizations/{org}/identity-provider/approve",
            summary: "Takes the change of the metadata that waits for a person; with `event` only if that one waits.", query: ["event"]),
        Row(
            method: "patch", path: "/v1/organizations/{org}", summary: "Gives the organization another name.",
            body: body([("name", text)], required: ["name"])),
        Row(
            method: "delete", path: "/v1/organizations/{org}/setup-links/{link}",
            summary: "Revokes a setup link, and ends the session that it opened.", status: "204"),
        Row(method: "get", path: "/v1/organizations/{org}/keys", summary: "Our keys of this organization.", answer: "List"),
        Row(
            method: "post", path: "/v1/organizations/{org}/keys", summary: "Makes and publishes the next key of a use.",
            body: body([("use", ["type": "string", "enum": ["encryption", "signing"]])], required: ["use"]), answer: "List",
            status: "201"),
        Row(
            method: "delete", path: "/v1/organizations/{org}/keys/{key}", summary: "Ends the use of a key.", answer: "List"),
        Row(
            method: "get", path: "/v1/organizations/{org}/domains", summary: "The e-mail domains that were proved.",
            answer: "List", query: listed),
        Row(
            method: "post", path: "/v1/organizations/{org}/domains", summary: "The DNS record that proves a domain.",
            body: body([("domain", text)], required: ["domain"])),
        Row(
            method: "post", path: "/v1/organizations/{org}/domains/{domain}/verify",
            summary: "Asks DNS for the record; the domain is then the organization's."),
        Row(
            method: "delete", path: "/v1/organizations/{org}/domains/{domain}", summary: "Gives the domain up.", status: "204"),
        Row(method: "get", path: "/v1/organizations/{org}/policy", summary: "The policy.", answer: "Policy"),
        Row(
            method: "patch", path: "/v1/organizations/{org}/policy", summary: "Changes the policy (RFC 7396).",
            body: [
                "application/merge-patch+json": ["schema": reference("Policy")],
                "application/json": ["schema": reference("Policy")],
            ], answer: "Policy"),
        Row(
            method: "post", path: "/v1/organizations/{org}/policy/preview", summary: "What a change of the policy would do.",
            body: [
                "application/merge-patch+json": ["schema": reference("Policy")],
                "application/json": ["schema": reference("Policy")],
            ]),
        Row(
            method: "post", path: "/v1/organizations/{org}/restore",
            summary:
                "Shows how the configuration, policy or roles differ from a moment; with `apply` brings them back by appending events.",
            body: body(
                [
                    ("at", ["type": ["string", "integer"]]),
                    ("what", ["type": "array", "items": ["enum": ["identity-provider", "policy", "roles"]]]), ("apply", flag),
                ], required: ["at"])),
        Row(
            method: "post", path: "/v1/organizations/{org}/accounts", summary: "Adds an account.",
            body: body([("name", text)], required: ["name"]), status: "201"),
        Row(
            method: "get", path: "/v1/organizations/{org}/accounts", summary: "Accounts.", answer: "List", query: listed
        ),
        Row(
            method: "post", path: "/v1/organizations/{org}/users", summary: "Brings in one user or an array of users.",
            body: [
                "application/json": [
                    "schema": ["oneOf": [reference("NewUser"), ["type": "array", "items": reference("NewUser")]]]
                ]
            ], status: "201"),
        Row(
            method: "get", path: "/v1/organizations/{org}/users", summary: "Users.", answer: "List",
            query: ["email"] + listed),
        Row(method: "get", path: "/v1/organizations/{org}/users/{user}", summary: "One user.", answer: "User"),
        Row(
            method: "delete", path: "/v1/organizations/{org}/users/{user}", summary: "Erases the person.", status: "204"
        ),
        Row(
            method: "put", path: "/v1/organizations/{org}/users/{user}/roles/{account}", summary: "Elevates or lowers.",
            body: body([("role", text)], required: ["role"]), answer: "User"),
        Row(
            method: "put", path: "/v1/organizations/{org}/users/{user}/active", summary: "Deactivates or reactivates.",
            body: body([("active", flag)], required: ["active"]), answer: "User"),
        Row(
            method: "post", path: "/v1/organizations/{org}/conversions", summary: "Password users become sso users.",
            body: body([("emails", texts), ("all", flag), ("force", flag)])),
        Row(
            method: "post", path: "/v1/organizations/{org}/conversions/revert", summary: "Back to the password.",
            body: body([("emails", texts), ("all", flag)])),
        Row(
            method: "get", path: "/v1/organizations/{org}/events",
            summary: "The organization's events; also as application/x-ndjson.", answer: "List",
            query: ["from", "type", "user"] + listed),
        Row(
            method: "get", path: "/v1/organizations/{org}/logins", summary: "The login history.", answer: "List",
            query: ["user", "since"] + listed),
        Row(
            method: "get", path: "/v1/organizations/{org}/logins/{sequence}",
            summary: "The story of a login: each check made again, what it rested on, what it changed, and that it is in the log."),
        Row(
            method: "get", path: "/v1/organizations/{org}/reports/access",
            summary: "Who could sign in in a period, who did, what changed of that and by whom, and what is worth a look.",
            query: ["from", "to"]),
        Row(
            method: "get", path: "/v1/organizations/{org}/drift",
            summary: "What is otherwise in the identity provider's responses since a day, or since an instant.", query: ["since"]),
        Row(
            method: "get", path: "/v1/events", summary: "All events; also as application/x-ndjson.", answer: "List",
            query: ["from", "type", "user", "follow", "consumer"] + listed),
        Row(
            method: "get", path: "/v1/events/{sequence}/proof",
            summary: "That the event is in the log: a C2SP tlog-proof, as text/plain.", answer: nil),
        Row(method: "get", path: "/v1/checkpoints", summary: "Checkpoints that were signed, by size.", answer: "List", query: listed),
        Row(method: "post", path: "/v1/checkpoints", summary: "Signs the log as it stands, and keeps that."),
        Row(
            method: "get", path: "/v1/consistency", summary: "That the log of one size is the beginning of that of another (RFC 6962).",
            query: ["from", "to"]),
        Row(method: "get", path: "/v1/consumers", summary: "How far consumers of the events have come.", answer: "List"),
        Row(method: "get", path: "/v1/consumers/{name}", summary: "How far a consumer has come."),
        Row(
            method: "put", path: "/v1/consumers/{name}", summary: "Keeps how far a consumer has come.",
            body: body([("sequence", ["type": "integer"])], required: ["sequence"])),
        Row(method: "delete", path: "/v1/consumers/{name}", summary: "Forgets a consumer.", status: "204"),
        Row(method: "get", path: "/v1/login-method", summary: "How a person signs in, and where.", query: ["email"]),
        Row(
            method: "post", path: "/v1/sign-ins", summary: "Exchanges a login's code for the session's facts.",
            body: body([("code", text)], required: ["code"])),
    ]

    private static var schemas: JSON {
        [
            "Object": ["type": "object"],
            "List": [
                "type": "object",
                "properties": [
                    "items": ["type": "array", "items": ["type": "object"]], "next": ["type": ["string", "null"]],
                ],
                "required": ["items", "next"],
            ],
            "Policy": [
                "type": "object", "additionalProperties": false,
                "properties": .object(
                    (PolicyDocument.json(.defaults).members ?? []).map { .init($0.name, ["default": $0.value]) }),
            ],
            "NewUser": [
                "type": "object", "additionalProperties": false, "required": ["email"],
                "properties": [
                    "email": text, "name": text, "signInMethod": ["enum": ["password", "sso"]],
                    "roles": ["type": "object"],
                ],
            ],
            "User": [
                "type": "object",
                "properties": [
                    "id": text, "email": text, "name": text, "signInMethod": ["enum": ["password", "sso"]],
                    "active": flag,
                    "roles": [
                        "type": "object", "additionalProperties": ["enum": ["member", "administrator", "owner"]],
                    ],
                    "attributes": ["type": "object", "additionalProperties": texts], "provisioned": flag,
                    "lastLoginAt": ["type": ["string", "null"]],
                ],
            ],
            "Problem": [
                "type": "object", "required": ["type", "title", "status", "detail", "code"],
                "properties": [
                    "type": text, "title": text, "status": ["type": "integer"], "detail": text, "code": text,
                    "reference": ["type": "integer"],
                ],
            ],
        ]
    }
}
