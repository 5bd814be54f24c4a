public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    // Bounds of one page: so many rows of the index are passed, and so many logins read.
    private static let mostPassed = 50_000
    private static let mostRead = 5000

    /// Logins that a filter finds, the newest first, in bounded time: where few are found among many, the page says how far it looked, and the
    /// next one goes on there.
    ///
    /// - Parameter before: Only those before this sequence; nil: from the newest on.
    public func logins(
        _ organization: Identifier, _ filter: LoginFilter, before: UInt64? = nil, limit: Int = 50, by caller: Caller
    ) throws(ServiceError) -> LoginPage {
        try answering {
            let snapshot = try ledger.snapshot()
            try caller.authority.check(.read, try snapshot.organization(organization))
            let search = try LoginSearchTerms(filter, user: filter.person.flatMap { try user($0, organization, in: snapshot)?.identifier })
            let first = try filter.since.map { try firstSequence(since: $0, in: snapshot) } ?? 1
            let end = try filter.until.map { try firstSequence(since: $0, in: snapshot) } ?? .max
            var next = min(before ?? .max, end)
            var logins: [LoginView] = []
            var (passed, read) = (0, 0)
            while true {
                let rows = try snapshot.newestLoginRows(organization, before: next, limit: 1000)
                for row in rows {
                    guard row.sequence >= first else { return LoginPage(logins: logins, next: nil, lookedThroughUntil: nil) }
                    guard logins.count < limit else { return LoginPage(logins: logins, next: next, lookedThroughUntil: nil) }
                    guard passed < Self.mostPassed, read < Self.mostRead else {
                        return LoginPage(logins: logins, next: next, lookedThroughUntil: try snapshot.event(next)?.recordedInstant)
                    }
                    next = row.sequence
                    passed += 1
                    guard search.mayBe(user: row.user), let event = try snapshot.event(row.sequence) else { continue }
                    read += 1
                    if search.mayBe(event), let login = try loginView(event), search.isFound(login) { logins.append(login) }
                }
                guard rows.count == 1000 else { return LoginPage(logins: logins, next: nil, lookedThroughUntil: nil) }
            }
        }
    }
}

/// What a login is compared with: first what costs least.
private struct LoginSearchTerms {
    private let filter: LoginFilter
    private let user: Identifier?
    private let address: String?

    /// - Parameter user: The user of the filter's ID or address; nil: there is none.
    init(_ filter: LoginFilter, user: Identifier?) throws {
        self.filter = filter
        self.user = user
        address = filter.person.flatMap { EmailAddress($0)?.normalized }
    }

    /// - Parameter id: As the index has it: of another user it can't be.
    func mayBe(user id: [UInt8]) -> Bool { filter.person == nil || id == user?.bytes || id.isEmpty && address != nil }

    /// Before anything is unsealed.
    func mayBe(_ event: Event) -> Bool {
        guard case .assertionReceived(let received)? = event.body else { return false }
        if let isAccepted = filter.isAccepted, received.accepted != isAccepted { return false }
        return filter.code == nil || received.code == filter.code
    }

    func isFound(_ login: LoginView) -> Bool {
        guard filter.person != nil else { return true }
        return login.user != nil && login.user == user || address != nil && login.email.flatMap { EmailAddress($0)?.normalized } == address
    }
}
