import Events
import IdentityLedger

/// The console's sentences that depend on facts, all in one place.
enum OperatorWords {
    static let console = "Operator's console"
    static let organizations = "Organizations"
    static let people = "People"
    static let api = "Administration API"

    static let tokenUnknown = Problem(
        "unauthorized", status: 401, "This token is not valid: it was mistyped, revoked, or has ended.",
        remedy: "Make a new one on the server: identity-ledger token create --role operator --expires-in 8h")
    static let tokenTooSmall = Problem(
        "forbidden", status: 403, "This token does not open the console: that takes an operator's, for every organization.",
        remedy: "Make one on the server: identity-ledger token create --role operator --expires-in 8h")

    static let signedInTooLongAgo = Problem(
        "unauthorized", status: 401, "You signed in more than four hours ago, which is too long for the operator's console.",
        remedy: "Sign in again, or with a token. Where your identity provider does not ask who you are, sign out there first.")

    static func concern(_ concern: OrganizationHealth.Concern) -> String {
        switch concern {
        case .failing: "Logins fail"
        case .certificateEnded: "Certificate has ended"
        case .certificateEnding: "Certificate ends soon"
        case .metadataWaiting: "Metadata change waits"
        case .notConfigured: "Not set up"
        }
    }

    static func advice(_ concern: OrganizationHealth.Concern) -> String {
        switch concern {
        case .failing: "More logins were refused than accepted in the last day. The logins page says why each one was."
        case .certificateEnded:
            "Every certificate that its identity provider signs with has ended. Ask the customer's administrator for the new metadata."
        case .certificateEnding:
            "The last certificate that its identity provider signs with ends within 30 days. Ask the customer's administrator for the new metadata."
        case .metadataWaiting:
            "Its identity provider's metadata has changed too much to be taken by itself. Look at it on the settings page."
        case .notConfigured: "It has no identity provider yet. Send its administrator a setup link."
        }
    }

    static let well = "Nothing to look at"

    static func lastLogin(_ login: OrganizationHealth.LastLogin?) -> (time: String, outcome: String) {
        guard let login else { return ("Never", "") }
        return (login.recordedAt.rfc3339Seconds, login.code.map { "refused: \($0)" } ?? "accepted")
    }

    static func lastDay(_ health: OrganizationHealth) -> String {
        guard health.accepted + health.refused > 0 else { return "No logins" }
        let counts = "\(health.accepted) accepted, \(health.refused) refused"
        return health.hasMoreLogins ? counts + " of the newest \(health.accepted + health.refused)" : counts
    }

    static func certificates(_ end: Instant?, now: Instant) -> String {
        guard let end else { return "None" }
        let days = Int64(clamping: end.nanoseconds / 1_000_000_000) - Int64(clamping: now.nanoseconds / 1_000_000_000)
        switch days / 86400 {
        case _ where days <= 0: return "Ended at \(end.rfc3339Seconds)"
        case 0: return "Ends within a day"
        case 1: return "Ends in 1 day"
        case let count: return "Ends in \(count) days"
        }
    }

    static func counted(_ overview: Overview, _ request: OverviewRequest) -> String {
        let all = overview.count == 1 ? "1 organization" : "\(overview.count) organizations"
        let found = request.search.map { "\(all) with “\($0)”" } ?? all
        guard request.needsAttention else { return "\(found)." }
        return
            "\(found); of the \(overview.lookedAt) that this page looked at, \(overview.items.count) need\(overview.items.count == 1 ? "s" : "") attention."
    }

    static func link(_ access: SetupAccess) -> (state: String, ends: String) {
        (
            access.isUsed ? "Used at \(access.since.rfc3339Seconds), in use" : "Made at \(access.since.rfc3339Seconds), not used yet",
            access.expiresAt.rfc3339Seconds
        )
    }

    static func drifts(_ count: Int) -> String {
        count == 1
            ? "One thing in its identity provider's responses is otherwise than before: the settings page says what."
            : "\(count) things in its identity provider's responses are otherwise than before: the settings page says what."
    }

    static func signsIn(_ membership: Membership) -> String {
        guard membership.user != nil else { return "Would be made by the first login, through the identity provider" }
        let way = membership.signInMethod == .sso ? "Through the identity provider" : "With a password"
        return membership.isActive ? way : "May not sign in (deactivated); else \(way.lowercased())"
    }
}
