import Events

extension APIOperations {
    static let users: [APIOperation] = [
        APIOperation(
            id: "importUsers", method: "post", path: "/v1/organizations/{org}/users", subject: .users,
            summary: "Brings in one user or an array of users: all of them, or where one is refused none.",
            body: .json(
                ["oneOf": [Schema.reference("NewUser"), Schema.list(of: Schema.reference("NewUser"))]],
                example: ["email": "ada@example.com", "name": "Ada", "signInMethod": "password"]),
            answer: .json(
                ["oneOf": [Schema.reference("User"), Schema.page(of: Schema.reference("User"))]], "A user for a user, a list for an array.",
                status: 201), refusals: [(409, ["conflict"])]),
        APIOperation(
            id: "listUsers", method: "get", path: "/v1/organizations/{org}/users", subject: .users, summary: "Users by e-mail address.",
            query: [
                .init(name: "email", words: "Only the user of this address.", schema: Schema.text), APIParameters.cursor,
                APIParameters.limit,
            ],
            answer: .json(Schema.page(of: Schema.reference("User")), "A page of users."), refusals: [(422, ["invalid_request"])]),
        APIOperation(
            id: "getUser", method: "get", path: "/v1/organizations/{org}/users/{user}", subject: .users,
            summary: "One user, now or as of then.", query: [APIParameters.at],
            answer: .json(Schema.reference("User"), "The user."), refusals: [(422, ["invalid_request"])]),
        APIOperation(
            id: "eraseUser", method: "delete", path: "/v1/organizations/{org}/users/{user}", subject: .users,
            summary: "Erases the person: the key of all personal data is destroyed.", answer: .done("The person is erased.")),
        APIOperation(
            id: "setRole", method: "put", path: "/v1/organizations/{org}/users/{user}/roles/{account}", subject: .users,
            summary: "Elevates or lowers the user in one account; “none” takes the user out of it.",
            body: .json(
                Schema.body([("role", Schema.one(of: ["none", "member", "administrator", "owner"]))]), example: ["role": "administrator"]),
            answer: .json(Schema.reference("User"), "The user after the change."), refusals: [(409, ["last_owner"])]),
        APIOperation(
            id: "setActive", method: "put", path: "/v1/organizations/{org}/users/{user}/active", subject: .users,
            summary: "Deactivates the user, which ends the user's sessions, or reactivates.",
            body: .json(Schema.body([("active", Schema.flag)]), example: ["active": false]),
            answer: .json(Schema.reference("User"), "The user after the change."), refusals: [(409, ["last_owner"])]),
        APIOperation(
            id: "getAccessReport", method: "get", path: "/v1/organizations/{org}/reports/access", subject: .users,
            summary: "Who could sign in in a period, who did, what changed of that and by whom, and what is worth a look.",
            query: [
                .init(name: "from", words: "Where the period begins; else with the ledger.", schema: Schema.reference("DayOrInstant")),
                .init(name: "to", words: "Where it ends; else now.", schema: Schema.reference("DayOrInstant")),
            ],
            answer: .json(Schema.reference("AccessReport"), "The report."), refusals: [(422, ["invalid_request"])]),
    ]

    private static let emails: (String, JSON) = ("emails", Schema.list(of: Schema.reference("EmailAddress")))
    private static let everyone: (String, JSON) = ("all", ["const": true])
    private static let notEveryone: (String, JSON) = ("all", ["const": false])

    /// Exactly one of “emails” and “all”.
    private static func whom(_ others: [(String, JSON)]) -> JSON {
        ["oneOf": [Schema.body([emails], optional: [notEveryone] + others), Schema.body([everyone], optional: others)]]
    }

    static let conversion: [APIOperation] = [
        APIOperation(
            id: "convertUsers", method: "post", path: "/v1/organizations/{org}/conversions", subject: .conversion,
            summary:
                "Password users become sso users. All at once needs one who has logged in since the identity provider was last configured, unless forced.",
            body: .json(whom([("force", Schema.flag)]), example: ["emails": ["ada@example.com"]]),
            answer: .json(Schema.reference("ChangedUsers"), "Those named, or all that changed."),
            refusals: [(404, ["not_found"]), (409, ["conversion_untested"])]),
        APIOperation(
            id: "revertConversion", method: "post", path: "/v1/organizations/{org}/conversions/revert", subject: .conversion,
            summary: "Back to the password.", body: .json(whom([]), example: ["emails": ["ada@example.com"]]),
            answer: .json(Schema.reference("ChangedUsers"), "Those named, or all that changed."), refusals: [(404, ["not_found"])]),
    ]

    static let applications: [APIOperation] = [
        APIOperation(
            id: "getLoginMethod", method: "get", path: "/v1/login-method", subject: .applications,
            summary: "How a person signs in, and where.",
            query: [
                .init(
                    name: "email", words: "The person's address.", schema: Schema.reference("EmailAddress"), isRequired: true,
                    example: "ada@example.com")
            ],
            answer: .json(Schema.reference("LoginMethod"), "The method, and where to go on."), refusals: [(422, ["invalid_request"])]),
        APIOperation(
            id: "exchangeCode", method: "post", path: "/v1/sign-ins", subject: .applications,
            summary: "Exchanges the code that a login brought to another host, once and within 60 seconds, for the session's facts.",
            body: .json(Schema.body([("code", Schema.text)]), example: ["code": "Zm9v"]),
            answer: .json(Schema.reference("SignIn"), "Who signed in, and where the person wanted to go."),
            refusals: [(404, ["not_found"])]),
        APIOperation(
            id: "getDescription", method: "get", path: "/v1/openapi.json", subject: .applications, summary: "This description.",
            answer: .json(["type": "object", "required": ["openapi"]], "OpenAPI 3.1."), isPublic: true),
    ]
}
