import Events
import Identity
import SAML

/// A refusal as HTTP carries it: RFC 9457 for programs, a page for people.
struct Problem: Error, Sendable, Hashable {
    /// The contract's code.
    let code: String
    let status: Int
    /// What happened, a sentence.
    let detail: String
    /// What to do about it, a sentence.
    var remedy: String?
    /// The sequence of the event that recorded it.
    var reference: UInt64?
    var retryAfterSeconds: Int?
    /// Of a refused response that a configured key signed: the checks, as far as they went. Shown to people only.
    var steps: [Step] = []
    /// Whose logins page has the whole story of the reference.
    var organization: Identifier?
    /// Where a person who isn't signed in does so, to come back to what was asked for.
    var signInAddress: String?
    /// The page that the form came from, to be opened again.
    var backAddress: String?
    /// Who is signed in, where they are refused what others may do.
    var signedInAs: String?
    /// The methods that a 405 names.
    var allow: String?
    /// What people are told about, in words of its own; nil: about the code.
    var cause: RefusalCause?
    /// The field of a page's form that it is about.
    var field: Field?

    init(
        _ code: String, status: Int, _ detail: String, remedy: String? = nil, reference: UInt64? = nil, cause: RefusalCause? = nil
    ) {
        self.code = code
        self.status = status
        self.detail = detail
        self.remedy = remedy
        self.reference = reference
        self.cause = cause
        if status == 429 || status == 503 { retryAfterSeconds = status == 429 ? 60 : 5 }
    }

    init(_ error: RuleError) {
        self.init(error.code.rawValue, status: error.httpStatus, error.detail, remedy: error.remedy)
        if error == Authority.forbidden { cause = .notPermitted }
    }

    init(_ refusal: Refusal, reference: UInt64?) {
        self.init(
            refusal.code.rawValue, status: refusal.code.httpStatus, refusal.detail, remedy: refusal.remedy,
            reference: reference)
    }

    /// A few words for the heading, the same for every problem of this code, and for programs the same in every language.
    var title: String { RefusalTexts.all[code]?.title ?? code }

    /// - Parameter url: `type` leads to the page there that explains the code.
    func json(at url: PublicURL) -> JSON {
        var members: [JSON.Member] = [
            .init("type", .string(url.address("/help/\(code)"))), .init("title", .string(title)),
            .init("status", .integer(Int64(status))),
            .init("detail", .string(remedy.map { "\(detail) \($0)" } ?? detail)), .init("code", .string(code)),
        ]
        if let reference { members.append(.init("reference", JSON(reference))) }
        return .object(members)
    }
}

extension Problem {
    /// Whether a refusal counts against its source (C50): a full or broken server (503) is not the sender's doing, and what is refused since the
    /// source is at a limit (429) is not refused for what it says.
    var countsAgainstSource: Bool { status < 429 }

    static func malformed(_ detail: String, remedy: String = "Correct it, and send it again.") -> Problem {
        Problem("request_malformed", status: 400, detail, remedy: remedy)
    }

    static func comesTwice(_ name: String, times: Int) -> Problem {
        var problem = Problem.malformed("The field “\(name)” comes \(times) times; once is expected.", remedy: "Send it once.")
        problem.cause = .comesTwice
        return problem
    }

    static func invalid(_ detail: String, status: Int = 400, in field: Field? = nil) -> Problem {
        var problem = Problem("invalid_request", status: status, detail)
        problem.field = field
        return problem
    }

    static let notFound = Problem(
        "not_found", status: 404, "There is nothing at this address.", remedy: "Check the address.")
    static let unauthorized = Problem(
        "unauthorized", status: 401, "This needs a valid token or a session.", remedy: "Sign in, or send a token.")
    static let organizationUnknown = Problem(
        "organization_unknown", status: 404, "There is no such organization.", remedy: "Check the Organization ID.")
    static let forgedForm = Problem(
        "forbidden", status: 403, "This form was not sent by a page of this site, or its page is too old.",
        remedy: "Open the page again and repeat what you did.", cause: .formTooOld)
    static let tooManyRequests = Problem(
        "too_many_requests", status: 429, "There were too many refused requests from this address.",
        remedy: "Wait a minute, then try again.")
    static let unavailable = Problem(
        "ledger_unavailable", status: 503, "The ledger can't be read or written at the moment.",
        remedy: "Try again in a few seconds; nothing was recorded.")
    static let overloaded = Problem(
        "overloaded", status: 503, "The server has no room for this request at the moment.",
        remedy: "Try again in a few seconds.")

    /// - Parameter fromProvider: Whether identity providers send to this address: then it was theirs, or their answer's.
    static func tooLarge(limit: Int, fromProvider: Bool) -> Problem {
        Problem(
            "too_large", status: 413, "The request is larger than the \(limit) bytes that are read here.", remedy: "Send less at a time.",
            cause: fromProvider ? nil : .formTooLarge)
    }

    static func method(_ allowed: [String]) -> Problem {
        var problem = Problem(
            "request_malformed", status: 405, "This address takes \(allowed.joined(separator: " and ")) only.",
            remedy: "Send the request with \(allowed.joined(separator: " or ")).", cause: .methodNotTaken)
        problem.allow = allowed.joined(separator: ", ")
        return problem
    }

    static func mediaType(read: String) -> Problem {
        Problem(
            "request_malformed", status: 415, "The body is of a media type that is not read here.", remedy: "Send \(read).",
            cause: .typeNotRead)
    }
    static let bodyTooSlow = Problem("request_malformed", status: 408, "The body did not arrive within 10 seconds.")
    static let headerTooLarge = Problem(
        "too_large", status: 431, "The request's header is larger than 16 KiB.", remedy: "Send fewer or shorter fields.")
}
