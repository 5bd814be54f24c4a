/// The description's sentences that belong to no single request.
enum APIWords {
    static let introduction =
        "Organizations, identity providers, policies, users, events and the log. Every request carries a token; errors are problems of RFC 9457, whose “code” says what happened and whose “detail” says what to do. Lists come in pages: the next one is asked for with the cursor that “next” gives. Instants are RFC 3339 in UTC."
    static let bearer = "A token is made on the server: identity-ledger token create --role operator. An auditor's token reads."
    static let shapes = "Shapes"

    static func status(_ status: Int) -> String {
        switch status {
        case 400: "The request is not of the form that is read here."
        case 401: "There is no token, or none that is valid."
        case 403: "The token does not allow this."
        case 404: "There is no such thing, or it is another organization's."
        case 408: "The body did not arrive within 10 seconds."
        case 409: "It can't be done as things stand."
        case 413: "The body is too large."
        case 415: "The body is of a media type that is not read here."
        case 422: "What was sent is understood and can't be used."
        case 431: "The header is larger than 16 KiB."
        case 503: "The ledger or the server can't do it at the moment; nothing was recorded."
        default: "Refused."
        }
    }

    /// Where a parameter stands, for the page.
    static func place(_ place: String) -> String {
        switch place {
        case "path": "in the path"
        case "header": "as a header"
        default: "in the query"
        }
    }
}
