import Events

extension APISchemas {
    private static let attributes = Schema.map(of: Schema.list(of: Schema.text))

    private static let user: [(String, JSON)] = [
        ("id", Schema.identifier), ("email", Schema.orNull(Schema.text)), ("name", Schema.orNull(Schema.text)),
        ("signInMethod", Schema.reference("SignInMethod")), ("active", Schema.flag), ("roles", Schema.reference("Roles")),
    ]
    private static let lasting: [(String, JSON)] = [("provisioned", Schema.flag), ("lastLoginAt", Schema.orNull(Schema.instant))]

    static let users: [(String, JSON)] = [
        (
            "Roles",
            [
                "type": "object", "propertyNames": Schema.identifier, "additionalProperties": Schema.reference("Role"),
                "description": "Account IDs and the role in each.",
            ]
        ),
        ("User", Schema.object(user + [("attributes", Schema.orNull(attributes))] + lasting)),
        (
            "NewUser",
            Schema.body(
                [("email", Schema.reference("EmailAddress"))],
                optional: [
                    ("name", ["anyOf": [Schema.reference("Name"), ["const": ""], Schema.null]]),
                    ("signInMethod", Schema.orNull(Schema.reference("SignInMethod"))), ("roles", Schema.orNull(Schema.reference("Roles"))),
                ])
        ),
        (
            "ChangedUsers",
            Schema.object([("items", Schema.list(of: Schema.reference("User"))), ("next", Schema.null), ("changed", Schema.count)])
        ),
        (
            "UserAccess",
            Schema.object(
                user + lasting + [
                    ("erased", Schema.flag), ("couldSignIn", Schema.flag), ("canSignIn", Schema.flag),
                    ("access", Schema.one(of: ["gained", "lost", "kept", "none"])), ("accepted", Schema.count), ("refused", Schema.count),
                    ("changes", Schema.list(of: Schema.sequence)),
                ])
        ),
        (
            "LoginMethod",
            Schema.object([
                ("method", Schema.one(of: ["password", "sso", "unknown"])),
                (
                    "choices",
                    Schema.list(of: Schema.object([("organization", Schema.identifier), ("loginURL", Schema.orNull(Schema.text))]))
                ),
            ])
        ),
        (
            "SignIn",
            Schema.object([
                ("organization", Schema.identifier), ("user", Schema.identifier), ("email", Schema.orNull(Schema.text)),
                ("name", Schema.orNull(Schema.text)),
                (
                    "accounts",
                    Schema.list(
                        of: Schema.object([("id", Schema.identifier), ("name", Schema.text), ("role", Schema.reference("Role"))]))
                ), ("attributes", attributes), ("authenticatedAt", Schema.instant), ("expiresAt", Schema.instant),
                ("relayState", Schema.orNull(Schema.text)),
            ])
        ),
    ]
}
