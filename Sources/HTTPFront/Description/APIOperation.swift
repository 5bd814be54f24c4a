import Events

/// One request of the administration API, as it is described.
struct APIOperation: Sendable {
    enum Subject: String, CaseIterable, Sendable {
        case organizations = "Organizations"
        case identityProvider = "Identity provider"
        case policy = "Policy"
        case users = "Users"
        case conversion = "Conversion"
        case events = "Events and logins"
        case log = "Transparency"
        case applications = "Applications"

        /// In an address.
        var slug: String { rawValue.lowercased().split(separator: " ").joined(separator: "-") }
    }

    struct Parameter: Sendable {
        let name: String
        let words: String
        let schema: JSON
        var isRequired = false
        /// `query`, `path` or `header`.
        var place = "query"
        var example: JSON?
    }

    struct Body: Sendable {
        /// Media types, each with its schema.
        let content: [(type: String, schema: JSON)]
        var example: JSON?
    }

    struct Answer: Sendable {
        var status = 200
        let words: String
        /// Media types, each with its schema; none: there is no body.
        var content: [(type: String, schema: JSON)] = []
    }

    let id: String
    let method: String
    let path: String
    let subject: Subject
    let summary: String
    var query: [Parameter] = []
    var body: Body?
    let answer: Answer
    /// Beside those that every operation may give, and those that follow from path and body: status and codes.
    var refusals: [(status: Int, codes: [String])] = []
    /// Whether it needs no token.
    var isPublic = false

    /// The names in the path's braces.
    var pathNames: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    var parameters: [Parameter] { pathNames.compactMap { APIParameters.path[$0] } + query }

    /// What any request, or any with a token or a body, may be refused with: status and codes.
    static let general: [Int: [String]] = [
        400: ["invalid_request", "request_malformed"], 401: ["unauthorized"], 403: ["forbidden"], 408: ["request_malformed"],
        413: ["too_large"], 415: ["request_malformed"], 431: ["too_large"], 503: ["ledger_unavailable", "overloaded"],
    ]

    /// Every status but success, ascending, with its codes.
    var problems: [(status: Int, codes: [String])] {
        let statuses = [400, 431, 503] + (isPublic ? [] : [401, 403]) + (body == nil ? [] : [408, 413, 415])
        var found = Self.general.filter { statuses.contains($0.key) }
        if !pathNames.isEmpty { found[404] = ["not_found"] }
        if pathNames.contains("org") { found[404, default: []].append("organization_unknown") }
        if body != nil { found[422] = ["invalid_request"] }
        for refusal in refusals { found[refusal.status, default: []] += refusal.codes }
        return found.sorted { $0.key < $1.key }.map { (status: $0.key, codes: Set($0.value).sorted()) }
    }
}

extension APIOperation.Answer {
    static func json(_ schema: JSON, _ words: String, status: Int = 200) -> Self {
        Self(status: status, words: words, content: [("application/json", schema)])
    }

    static func done(_ words: String) -> Self { Self(status: 204, words: words) }
}

extension APIOperation.Body {
    static func json(_ schema: JSON, example: JSON? = nil) -> Self {
        Self(content: [("application/json", schema)], example: example)
    }
}
