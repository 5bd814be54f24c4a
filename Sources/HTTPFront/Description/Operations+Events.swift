import Events

extension APIOperations {
    private static let list: [(type: String, schema: JSON)] = [
        ("application/json", Schema.page(of: Schema.reference("Event"))),
        ("application/x-ndjson", Schema.described(Schema.text, "An event a line; the next page is in the header Link.")),
        ("text/event-stream", Schema.described(Schema.text, "With “follow”: id is the sequence, event the type, data the event.")),
    ]
    private static let following = [APIParameters.follow, APIParameters.consumer, APIParameters.lastEventID]
    private static let paged = [APIParameters.from, APIParameters.type, APIParameters.sequenceCursor, APIParameters.limit]

    static let events: [APIOperation] = [
        APIOperation(
            id: "listEvents", method: "get", path: "/v1/events", subject: .events,
            summary: "All events in their order; as a list, as lines, or as they come.", query: paged + following,
            answer: APIOperation.Answer(words: "A page of events, or a stream of them.", content: list),
            refusals: [(422, ["invalid_request"])]),
        APIOperation(
            id: "listOrganizationEvents", method: "get", path: "/v1/organizations/{org}/events", subject: .events,
            summary: "The organization's events in their order; as a list, as lines, or as they come.",
            query: paged + [APIParameters.user] + following,
            answer: APIOperation.Answer(words: "A page of events, or a stream of them.", content: list),
            refusals: [(422, ["invalid_request"])]),
        APIOperation(
            id: "listLogins", method: "get", path: "/v1/organizations/{org}/logins", subject: .events,
            summary: "The login history: every assertion, accepted or refused, with its reason.",
            query: [APIParameters.user, APIParameters.since, APIParameters.sequenceCursor, APIParameters.limit],
            answer: .json(Schema.page(of: Schema.reference("Login")), "A page of logins."), refusals: [(422, ["invalid_request"])]),
        APIOperation(
            id: "explainLogin", method: "get", path: "/v1/organizations/{org}/logins/{sequence}", subject: .events,
            summary: "The story of a login: each check made again, what it rested on, what it changed, and that it is in the log.",
            answer: .json(Schema.reference("Explanation"), "The story.")),
        APIOperation(
            id: "getDrift", method: "get", path: "/v1/organizations/{org}/drift", subject: .events,
            summary: "What is otherwise in the identity provider's responses since an instant; else since a day ago.",
            query: [APIParameters.since], answer: .json(Schema.reference("Drift"), "What is otherwise.")),
        APIOperation(
            id: "listConsumers", method: "get", path: "/v1/consumers", subject: .events,
            summary: "How far every consumer of the events has come, by name.",
            answer: .json(Schema.page(of: Schema.reference("Consumer")), "All consumers.")),
        APIOperation(
            id: "getConsumer", method: "get", path: "/v1/consumers/{name}", subject: .events,
            summary: "How far a consumer has come; 0 where it never said so.",
            answer: .json(Schema.reference("Consumer"), "Its position."), refusals: [(422, ["invalid_request"])]),
        APIOperation(
            id: "setConsumer", method: "put", path: "/v1/consumers/{name}", subject: .events,
            summary: "Keeps that a consumer is done with an event and all before it.",
            body: .json(
                Schema.body([("sequence", ["type": "integer", "minimum": 0, "maximum": .integer(.max)])]), example: ["sequence": 1]),
            answer: .json(Schema.reference("Consumer"), "Its position.")),
        APIOperation(
            id: "forgetConsumer", method: "delete", path: "/v1/consumers/{name}", subject: .events, summary: "Forgets a consumer.",
            answer: .done("It has no position."), refusals: [(422, ["invalid_request"])]),
    ]

    static let log: [APIOperation] = [
        APIOperation(
            id: "proveEvent", method: "get", path: "/v1/events/{sequence}/proof", subject: .log,
            summary: "That the event is in the log: a C2SP tlog-proof, which verifies offline.",
            answer: APIOperation.Answer(words: "The proof.", content: [("text/plain", Schema.text)])),
        APIOperation(
            id: "listCheckpoints", method: "get", path: "/v1/checkpoints", subject: .log, summary: "Checkpoints that were signed, by size.",
            query: [APIParameters.sequenceCursor, APIParameters.limit],
            answer: .json(Schema.page(of: Schema.reference("Checkpoint")), "A page of checkpoints."),
            refusals: [(422, ["invalid_request"])]),
        APIOperation(
            id: "signCheckpoint", method: "post", path: "/v1/checkpoints", subject: .log,
            summary: "Signs the log as it stands, and keeps that.",
            answer: .json(Schema.reference("Checkpoint"), "The checkpoint.")),
        APIOperation(
            id: "proveConsistency", method: "get", path: "/v1/consistency", subject: .log,
            summary: "That the log of one size is the beginning of that of another (RFC 6962).",
            query: [
                .init(name: "from", words: "The size of the older tree.", schema: Schema.position, isRequired: true, example: 1),
                .init(name: "to", words: "The size of the newer tree; else of the log as it stands.", schema: Schema.position),
            ],
            answer: .json(Schema.reference("Consistency"), "The proof, and the roots that it leads from and to."),
            refusals: [(422, ["invalid_request"])]),
    ]
}
