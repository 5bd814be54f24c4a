import Events
import IdentityLedger
import Ledger
import Replay
import TestSupport
import Testing

/// The retention of some responses was over when the file was made; what says so comes after the event at which the import is to end.
@Suite struct `An import that ends before its responses were taken away` {
    @Test func `of a whole ledger says itself which are gone, verifies, and can be exported again`() async throws {
        let vendor = try await Vendor()
        let cut = try await logins(vendor)
        try await expire(vendor)
        let copy = try await restored(vendor, organization: nil, through: cut)
        let expired = try copy.expired()
        let logins = try vendor.ledger.newestLogins(vendor.organization, limit: 10, by: vendor.operate).compactMap {
            $0.json["sequence"]?.integerValue
        }.map(UInt64.init)
        #expect(logins.count == 5)
        #expect(expired.map { [$0.last, $0.first] } == [[logins[0], logins[4]]])
        try copy.verify()
    }

    @Test func `of one organization speaks of the events as they are numbered there`() async throws {
        let vendor = try await Vendor()
        // Events of another organization lie between, so that numbers change.
        let other = try await vendor.ledger.createOrganization(name: "Between", by: vendor.operate)
        _ = try await vendor.ledger.renameOrganization(other.id, to: "Still between", by: vendor.operate)
        let cut = try await logins(vendor)
        try await expire(vendor)
        let copy = try await restored(vendor, organization: vendor.organization, through: cut)
        let expired = try copy.expired()
        #expect(expired.count == 1)
        let snapshot = try copy.service.ledger.snapshot()
        for run in expired {
            for sequence in [run.first, run.last] {
                guard case .assertionReceived? = try snapshot.event(sequence)?.body else {
                    Issue.record("event \(sequence) is no login")
                    continue
                }
            }
        }
        try copy.verify()
    }

    @Test func `leaves out those that are still there`() async throws {
        let vendor = try await Vendor()
        _ = try await logins(vendor)
        try await expire(vendor)
        vendor.clock.advance(seconds: 60)
        _ = try await vendor.signIn("later@example.com")
        let cut = try vendor.ledger.eventCount()
        vendor.clock.advance(seconds: 40 * 86_400)
        _ = try await vendor.signIn("newest@example.com")
        #expect(try await vendor.ledger.expireEvidence() == 1)
        let copy = try await restored(vendor, organization: nil, through: cut)
        // The first event came with the file; the second one explains the login after it.
        let expired = try copy.expired()
        #expect(expired.count == 2)
        #expect(expired.last?.first == expired.last?.last)
        try copy.verify()
    }

    /// Five logins of one new user; the sequence of the newest event.
    private func logins(_ vendor: Vendor) async throws -> UInt64 {
        _ = try await vendor.importUsers(["ann@example.com"], method: .sso)
        for _ in 0..<5 {
            _ = try #require(try await vendor.signIn("ann@example.com").signedIn)
            vendor.clock.advance(seconds: 1)
        }
        return try vendor.ledger.eventCount()
    }

    private func expire(_ vendor: Vendor) async throws {
        _ = try await vendor.ledger.changePolicy(vendor.organization, patch: ["evidenceRetentionDays": 30], by: vendor.operate)
        vendor.clock.advance(seconds: 31 * 86_400)
        #expect(try await vendor.ledger.expireEvidence() == 5)
    }

    private func restored(_ vendor: Vendor, organization: Identifier?, through cut: UInt64) async throws -> Copy {
        let last = Moment.sequence(cut)
        return try await Copy(of: vendor.ledger, organization: organization, through: last, now: vendor.clock.now)
    }
}

/// A ledger made of an export, up to some event.
private struct Copy {
    let service: IdentityLedger
    private let directory: TemporaryDirectory
    private let now: Instant

    init(of ledger: IdentityLedger, organization: Identifier?, through last: Moment?, now: Instant) async throws {
        directory = try TemporaryDirectory()
        self.now = now
        service = try IdentityLedger.open(.init(directory: directory.path, create: true, mapSizeBytes: 1 << 28, clock: { now }))
        let file = try Self.export(ledger, organization: organization, now: now)
        _ = try await Transfer.append(file, through: last, to: service)
    }

    static func export(_ ledger: IdentityLedger, organization: Identifier?, now: Instant) throws -> ExportFile {
        var bytes: [UInt8] = []
        _ = try Transfer.export(ledger, organization: organization) { bytes += $0 }
        return try ExportFile(
            verifying: { [bytes] in
                var rest = bytes[...]
                return { count in
                    defer { rest = rest.dropFirst(count) }
                    return Array(rest.prefix(count))
                }
            }, latest: now)
    }

    func expired() throws -> [EvidenceExpired] {
        var found: [EvidenceExpired] = []
        try service.ledger.snapshot().forEachDecodedEvent { _, _, event in
            if case .evidenceExpired(let expired)? = try event.get().body { found.append(expired) }
            return true
        }
        return found
    }

    /// Nothing is missing without a word, and what it exports is whole.
    func verify() throws {
        #expect(try LogVerification(service.ledger.snapshot()).findings.isEmpty)
        _ = try Self.export(service, organization: nil, now: now)
    }
}
