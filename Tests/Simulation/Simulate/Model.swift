import Events

/// What the service must say and do, in plain Swift: written from the contract and SECURITY.md, and never asking the code that it watches.
///
/// Organizations, users and the like are known by their numbers; instants are whole seconds since the Unix epoch.
struct Model {
    struct Policy: Equatable {
        var allowUnsolicited = true
        var provisionUsers = true
        var allowedEmailDomains: [String] = []
        var clockSkewSeconds: Int64 = 60
        var sessionSeconds: Int64 = 28_800
        var allowSHA1Until: Int64?
        var refuseExpiredCertificates = false
        var requireSignedAssertion = false
        var requireEncryptedAssertion = false
        var roleMapping: [Mapping] = []
        var evidenceRetentionDays: Int64?
    }

    /// Who is in the group has this role in the account.
    struct Mapping: Equatable {
        var group: String
        var account: Int
        var role: Role
    }

    struct Provider: Equatable {
        var entity: Int
        var keys: [Int]
    }

    struct Account {
        let id: Identifier
        let name: String
    }

    struct User {
        let id: Identifier
        /// As it was received last.
        var email: String
        var name: String
        var attributes: [Attempt.Attribute] = []
        var isConverted: Bool
        var isActive = true
        var isErased = false
        var isProvisioned = false
        /// By the account's number; who was removed has an entry of no role.
        var roles: [Int: Role] = [:]
        var lastLogin: Int64?

        var address: String { email.lowercased() }
    }

    struct ServiceProviderKey {
        let id: Identifier
        let isForSigning: Bool
        var isRetired = false
    }

    /// A login as the history shows it.
    struct Login: Equatable {
        var code: String
        var user: Int?
        var isTest: Bool
    }

    struct Organization {
        let id: Identifier
        var name: String
        var accounts: [Account]
        var provider: Provider?
        /// Waits for a person.
        var held: Provider?
        var isTested = false
        var policy = Policy()
        var verifiedDomains: [String] = []
        var users: [User] = []
        var keys: [ServiceProviderKey] = []
        var noticed: Set<Int> = []
        /// Issuer and assertion ID of accepted logins.
        var used: Set<String> = []
        /// Requests that were answered.
        var answered: Set<String> = []
        /// Issuer and persistent NameID → user.
        var persistent: [String: Int] = [:]
        /// The key that verified the newest accepted login.
        var lastKey: Int?
        var logins: [Login] = []
        /// C50: the minute, and how many refusals it has; what was over the bound and waits to be summarized.
        var refusals: (minute: Int64, admitted: Int, over: Int) = (0, 0, 0)
        /// Responses that were refused already.
        var refused: Set<String> = []

        /// The user of an address now.
        func user(_ email: String) -> Int? { users.firstIndex { !$0.isErased && $0.address == email.lowercased() } }
    }

    struct Session {
        let token: String
        let organization: Int
        let user: Int
        let expires: Int64
        var isEnded = false
        /// Whether it had expired already when it was to be ended: perhaps nothing was done about it.
        var mayBeEnded = false
        /// What the identity provider calls the person.
        let nameID: String
        let login: UInt64
    }

    var organizations: [Organization] = []
    var sessions: [Session] = []
    var requests: [Attempt.Request] = []
    /// By what was sent: to be sent again.
    var sent: [Attempt] = []
    /// How many events were acknowledged.
    var events: UInt64 = 0
    /// Of the newest event: never goes backwards.
    var recorded: Int64 = 0

    /// Whether a session must hold, must not, or may (nil): one that ended by the newest event's instant may be gone, and a clock that
    /// went back doesn't bring it again.
    func isValid(_ session: Session, at now: Int64) -> Bool? {
        let user = organizations[session.organization].users[session.user]
        if session.isEnded || now >= session.expires || !user.isActive || user.isErased { return false }
        return session.expires > recorded && !session.mayBeEnded ? true : nil
    }

    /// Ends sessions; how many `SessionEnded` that makes: those that expired need no end.
    mutating func end(at now: Int64, _ wanted: (Session) -> Bool) -> ClosedRange<Int> {
        var (least, most) = (0, 0)
        for index in sessions.indices where !sessions[index].isEnded && wanted(sessions[index]) {
            most += 1
            guard sessions[index].expires > max(recorded, now) && !sessions[index].mayBeEnded else {
                sessions[index].mayBeEnded = true
                continue
            }
            least += 1
            sessions[index].isEnded = true
        }
        return least...most
    }
}

/// What a step must come to.
struct Expectation {
    var outcome: String
    /// The events that it appends, without `SessionEnded`.
    var events: [String] = []
    var sessionsEnded: ClosedRange<Int> = 0...0

    static func refused(_ code: String) -> Expectation { Expectation(outcome: code) }
}
