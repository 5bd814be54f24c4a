import Events

/// The parameters of the administration API, each described once.
enum APIParameters {
    typealias Parameter = APIOperation.Parameter

    /// Of paths, by name.
    static let path: [String: Parameter] = Dictionary(
        uniqueKeysWithValues: [
            Parameter(name: "org", words: "The Organization ID.", schema: Schema.identifier, isRequired: true, place: "path"),
            Parameter(name: "user", words: "The user's ID.", schema: Schema.identifier, isRequired: true, place: "path"),
            Parameter(name: "account", words: "The account's ID.", schema: Schema.identifier, isRequired: true, place: "path"),
            Parameter(name: "link", words: "The setup link's ID.", schema: Schema.identifier, isRequired: true, place: "path"),
            Parameter(name: "key", words: "The key's ID.", schema: Schema.identifier, isRequired: true, place: "path"),
            Parameter(
                name: "domain", words: "An e-mail domain.", schema: Schema.reference("DomainName"), isRequired: true, place: "path",
                example: "example.com"),
            Parameter(
                name: "sequence", words: "The event's sequence.", schema: Schema.sequence, isRequired: true, place: "path", example: 1),
            Parameter(
                name: "name", words: "The consumer's name.", schema: Schema.reference("ConsumerName"), isRequired: true, place: "path",
                example: "warehouse"),
        ].map { ($0.name, $0) })

    static let limit = Parameter(
        name: "limit", words: "How many items a page has.",
        schema: ["type": "integer", "minimum": 1, "maximum": 1000, "default": 100])

    /// Of lists whose cursors are IDs.
    static let cursor = Parameter(
        name: "cursor", words: "What the page before gave as “next”.", schema: Schema.identifier)
    static let sequenceCursor = Parameter(
        name: "cursor", words: "What the page before gave as “next”.", schema: Schema.position)
    static let domainCursor = Parameter(
        name: "cursor", words: "What the page before gave as “next”.", schema: Schema.text)

    static let at = Parameter(
        name: "at", words: "The state after the event of this sequence, or at this instant; else the state of now.",
        schema: Schema.reference("Moment"))

    static let from = Parameter(name: "from", words: "From this sequence on.", schema: Schema.position)
    static let type = Parameter(name: "type", words: "Events of this type alone.", schema: Schema.one(of: EventBody.names))
    static let user = Parameter(name: "user", words: "Only what is about this user: an ID or an e-mail address.", schema: Schema.text)
    static let since = Parameter(
        name: "since", words: "Only what was recorded from this instant on.", schema: Schema.reference("GivenInstant"))

    static let follow = Parameter(
        name: "follow", words: "Whatever its value: the events as they come, as server-sent events that don't end by themselves.",
        schema: Schema.text)
    static let lastEventID = Parameter(
        name: "Last-Event-ID", words: "With “follow”: go on after the event of this sequence.", schema: Schema.position, place: "header")
    static let consumer = Parameter(
        name: "consumer", words: "With “follow”: go on after the position that is kept for this consumer.",
        schema: Schema.reference("ConsumerName"))

    static let entityID = Parameter(
        name: "entityID", words: "Which identity provider, where the document describes several.", schema: Schema.text)
    static let metadataCertificate = Parameter(
        name: "metadataCertificate", words: "The certificate that must have signed the document: PEM, or base64 of its DER.",
        schema: Schema.text)
}
