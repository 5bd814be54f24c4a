public import Events

/// What reached the Assertion Consumer Service.
public struct AssertionPost: Sendable {
    /// Which of the two forms of its address was posted to.
    public enum Form: Sendable { case query, path }

    /// A request whose sealed cookie came along (C41).
    public struct Request: Sendable, Hashable {
        /// The AuthnRequest's ID.
        public let id: String
        /// Where the person wanted to go; nil: nowhere in particular.
        public let relayState: String?
        /// Whether it began as a test of the connection.
        public let isTest: Bool

        /// A request of these members.
        public init(id: String, relayState: String? = nil, isTest: Bool = false) {
            self.id = id
            self.relayState = relayState
            self.isTest = isTest
        }
    }

    /// The organization.
    public var organization: Identifier
    /// The form of the address that was posted to.
    public var form: Form
    /// The field's text: base64.
    public var response: [UInt8]
    /// As posted.
    public var relayState: String?
    /// The requests whose cookies came along.
    public var requests: [Request]
    /// The session of this browser, by its cookie or its marker (C42).
    public var currentSession: String?
    /// The answer to ``SignOnAnswer/confirm(_:)``, from our own page.
    public var confirmation: String?
    /// Whether a missing cookie may be answered by posting once again (contract: a browser's POST that comes without it).
    public var acceptsReposting: Bool
    /// nil: a new one.
    public var correlation: Identifier?

    /// A post.
    public init(
        organization: Identifier, form: Form = .query, response: [UInt8], relayState: String? = nil,
        requests: [Request] = [], currentSession: String? = nil, confirmation: String? = nil,
        acceptsReposting: Bool = false, correlation: Identifier? = nil
    ) {
        self.organization = organization
        self.form = form
        self.response = response
        self.relayState = relayState
        self.requests = requests
        self.currentSession = currentSession
        self.confirmation = confirmation
        self.acceptsReposting = acceptsReposting
        self.correlation = correlation
    }
}
