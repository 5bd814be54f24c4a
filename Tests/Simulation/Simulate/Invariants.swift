import Events

/// What no event may say, whatever the model thinks: read from the log alone.
struct Invariants {
    /// How many events each has.
    private(set) var organizations: [Identifier: Int] = [:]
    private(set) var users: [Identifier: Int] = [:]
    private var accepted: [UInt64: AssertionReceived] = [:]
    private var used: Set<String> = []
    private var logins: Set<UInt64> = []

    /// Looks at the next event of the log.
    mutating func look(at event: Event) throws {
        if let organization = event.organizationID { organizations[organization, default: 0] += 1 }
        if let user = event.body?.user { users[user, default: 0] += 1 }
        switch event.body {
        case .assertionReceived(let received) where received.accepted:
            let key = "\(event.organization.hexadecimal) \(received.issuer) \(received.assertionID)"
            guard used.insert(key).inserted else { throw Broken("one assertion is accepted once", "a refusal", "event \(event.sequence)") }
            if !received.facts.test { accepted[event.sequence] = received }
        case .sessionStarted(let started):
            guard let login = accepted[event.causedBy], login.user == started.user else {
                throw Broken("no session without an accepted assertion", "a login of its user", "event \(event.sequence)")
            }
            guard logins.insert(event.causedBy).inserted else {
                throw Broken("one assertion starts one session", "one", "another, event \(event.sequence)")
            }
        case .userProvisioned(let provisioned):
            guard provisioned.roles.allSatisfy({ $0.role == .member }) else {
                throw Broken("nobody is provisioned above member", "member", "event \(event.sequence)")
            }
        case .roleChanged(let changed) where accepted[event.causedBy] != nil:
            guard changed.role != .owner, changed.role != .none, changed.role.rawValue > changed.former.rawValue else {
                throw Broken("a login raises roles, to administrator at most", "administrator", "\(changed.role), event \(event.sequence)")
            }
        default: break
        }
    }
}
