import Events
import Identity
import IdentityLedger

// MARK: - What pages show of people and their history

extension Core {
    func users(_ organization: Identifier, _ selection: UserSelection, page: Int, by caller: Caller) async throws -> UserPage {
        try await apart(directoryOf: organization, by: caller) {
            try ledger.users(organization, selection, page: page, by: caller)
        }
    }

    func userIDs(_ organization: Identifier, _ selection: UserSelection, by caller: Caller) async throws -> [Identifier] {
        try await apart(directoryOf: organization, by: caller) { try ledger.userIDs(organization, selection, by: caller) }
    }

    func users(_ organization: Identifier, _ ids: ArraySlice<Identifier>, by caller: Caller) async throws -> [UserView] {
        try await table(of: organization, waits: ids.startIndex > 0) { try ledger.users(organization, ids, by: caller) }
    }

    func userView(_ organization: Identifier, _ user: Identifier, at: String?, by caller: Caller) async throws -> UserView {
        let moment = try Self.moment(at)
        return try await apart { try ledger.user(organization, user, at: moment, by: caller) }
    }

    func logins(
        _ organization: Identifier, _ filter: LoginFilter, before: UInt64?, limit: Int, by caller: Caller
    ) async throws -> LoginPage {
        try await apart { try ledger.logins(organization, filter, before: before, limit: limit, by: caller) }
    }

    /// A piece of the spreadsheet of logins.
    func loginTable(
        _ organization: Identifier, _ filter: LoginFilter, before: UInt64?, by caller: Caller
    ) async throws -> LoginPage {
        try await table(of: organization, waits: before != nil) {
            try ledger.logins(organization, filter, before: before, limit: 1000, by: caller)
        }
    }

    func loginTally(_ organization: Identifier, by caller: Caller) async throws -> LoginTally {
        try await apart { try ledger.loginTally(organization, by: caller) }
    }

    func history(
        _ organization: Identifier, _ filter: HistoryFilter, before: UInt64?, limit: Int, by caller: Caller
    ) async throws -> HistoryPage {
        try await apart { try ledger.history(organization, filter, before: before, limit: limit, by: caller) }
    }

    /// A piece of the spreadsheet of events.
    func historyTable(
        _ organization: Identifier, _ filter: HistoryFilter, before: UInt64?, by caller: Caller
    ) async throws -> HistoryPage {
        try await table(of: organization, waits: before != nil) {
            try ledger.history(organization, filter, before: before, limit: 1000, by: caller)
        }
    }

    func historyEntry(_ sequence: UInt64, of organization: Identifier, by caller: Caller) throws -> HistoryEntry? {
        try ledger.historyEntry(sequence, of: organization, by: caller)
    }

    func event(_ sequence: UInt64, by caller: Caller) throws -> JSON? { try ledger.event(sequence, by: caller) }

    func differences(_ organization: Identifier, since at: String, by caller: Caller) async throws -> StateDifferenceView {
        guard let moment = try Self.moment(at) else { throw Problem.invalid("“at” is missing.") }
        return try await apart(for: organization) {
            try ledger.differences(organization, from: moment, mostEvents: Self.mostEventsCompared, by: caller)
        }
    }

    // A page is answered within a second or so; the command line compares what is further apart.
    private static let mostEventsCompared = 50_000

    func certificateUses(_ organization: Identifier, by caller: Caller) throws -> (uses: [CertificateUse], logins: Int) {
        try ledger.certificateUses(organization, by: caller)
    }

    func keyViews(_ organization: Identifier, by caller: Caller) throws -> [ServiceProviderKeyView] {
        try ledger.serviceProviderKeys(organization, by: caller)
    }

    func organizationView(_ organization: Identifier, at: String? = nil, by caller: Caller) async throws -> OrganizationView {
        let moment = try Self.moment(at)
        return try await apart { try ledger.organization(organization, at: moment, by: caller) }
    }
}

// MARK: - Changes, with the events that they appended

extension Core {
    func changeRole(
        _ organization: Identifier, _ user: Identifier, account: Identifier, role: Role, by caller: Caller
    ) async throws -> [UInt64] {
        try await ledger.setRole(organization, user, account: account, role: role, by: caller).recorded
    }

    func changeActive(_ organization: Identifier, _ user: Identifier, _ active: Bool, by caller: Caller) async throws -> [UInt64] {
        try await ledger.setActive(organization, user, active, by: caller).recorded
    }

    func eraseForGood(_ organization: Identifier, _ user: Identifier, by caller: Caller) async throws -> [UInt64] {
        try await ledger.eraseUser(organization, user, by: caller)
    }

    /// - Parameter emails: Whom; nil: everyone.
    func convertUsers(_ organization: Identifier, emails: [String]?, by caller: Caller) async throws -> [UInt64] {
        try await massChange(organization, isLong: IdentityLedger.isLongConversion(of: emails)) {
            try await ledger.convertUsers(organization, emails: emails, by: caller).recorded
        }
    }

    /// - Parameter emails: Whom; nil: everyone.
    func revertUsers(_ organization: Identifier, emails: [String]?, by caller: Caller) async throws -> [UInt64] {
        try await massChange(organization, isLong: IdentityLedger.isLongConversion(of: emails)) {
            try await ledger.revertUsers(organization, emails: emails, by: caller).recorded
        }
    }
}
