import Events
import IdentityLedger

// MARK: - Reports

extension Core {
    func accessReport(
        _ organization: Identifier, _ period: ReportPeriod, mostChanges: Int = IdentityLedger.mostChanges, by caller: Caller
    ) async throws -> AccessReport {
        try await table(of: organization) { try ledger.accessReport(organization, period, mostChanges: mostChanges, by: caller) }
    }

    func accessChanges(
        _ organization: Identifier, _ period: ReportPeriod, after: UInt64, by caller: Caller
    ) async throws -> (changes: [AccessChange], next: UInt64?) {
        try await table(of: organization, waits: after > 0) {
            try ledger.accessChanges(organization, period, after: after, by: caller)
        }
    }

    /// The report of a test of the connection, whose every check is made again on the spot.
    func testReport(_ organization: Identifier, _ sequence: UInt64, by caller: Caller) async throws -> JudgmentReport {
        try await table(of: organization, waits: true) { try ledger.testReport(organization, login: sequence, by: caller) }
    }

    func drift(_ organization: Identifier, since: String?, by caller: Caller) async throws -> JSON {
        let instant = since.flatMap { Instant(rfc3339: $0) }
        guard since == nil || instant != nil else { throw Problem.invalid("“since” is an instant such as 2026-11-25T00:00:00Z.") }
        return try await apart { try ledger.drift(organization, since: instant, by: caller).json }
    }
}

extension ReportPeriod {
    /// The period that a query names: instants, or days that stand for their beginning (UTC).
    init(_ query: Fields) throws {
        self.init(
            from: try query.typed("from").map { try PeriodQuery.instant($0, "from") },
            to: try query.typed("to").map { try PeriodQuery.instant($0, "to") })
    }
}
