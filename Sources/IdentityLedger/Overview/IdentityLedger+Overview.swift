import Cryptography
public import Events
import Identity
import Ledger
import Projections
import SAML

extension IdentityLedger {
    private static let daySeconds: Int64 = 86400
    // Of one organization so many logins are read, and for one page so many rows: whatever the ledger holds, a page has its price.
    private static let mostLogins = 50
    private static let mostRows = 20_000

    /// Organizations by name with how they do: read is what the page needs.
    public func overview(_ request: OverviewRequest = OverviewRequest(), by caller: Caller) throws(ServiceError) -> Overview {
        try answering {
            try caller.authority.check(.administer)
            let snapshot = try ledger.snapshot()
            let found = try organizationDirectory(in: snapshot).find(request.search)
            var start = 0
            if let cursor = request.cursor {
                guard let last = found.firstIndex(where: { $0.id == cursor }) else {
                    throw RuleError(.invalidRequest, "This cursor is none that a page gave.", remedy: "Start without one.")
                }
                start = last + 1
            }
            let border = try firstSequence(since: now.adding(seconds: -Self.daySeconds), in: snapshot)
            var items: [OrganizationHealth] = []
            var (looked, rows) = (0, 0)
            for entry in found[start...] {
                guard items.count < request.limit, rows < Self.mostRows else { break }
                looked += 1
                guard let organization = try snapshot.organization(entry.id) else { continue }
                let health = try health(organization, entry.id, since: border, rows: &rows, in: snapshot)
                if health.needsAttention || !request.needsAttention { items.append(health) }
            }
            let end = start + looked
            return Overview(
                items: items, next: end < found.count && looked > 0 ? found[end - 1].id : nil, count: found.count, lookedAt: looked)
        }
    }

    /// How one organization does.
    public func health(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> OrganizationHealth {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.read, state)
            guard let state else { throw Authority.organizationUnknown }
            let border = try firstSequence(since: now.adding(seconds: -Self.daySeconds), in: snapshot)
            var rows = 0
            return try health(state, organization, since: border, rows: &rows, in: snapshot)
        }
    }

    private func health(
        _ organization: Organization, _ id: Identifier, since border: UInt64, rows: inout Int, in snapshot: Snapshot
    ) throws -> OrganizationHealth {
        var last: OrganizationHealth.LastLogin?
        var (accepted, refused, failed, isMore) = (0, 0, 0, false)
        var lastUsed: [UInt8]?
        for sequence in try snapshot.newestLogins(id, limit: Self.mostLogins + 1) {
            guard sequence >= border || last == nil else { break }
            guard accepted + refused < Self.mostLogins else {
                isMore = true
                break
            }
            rows += 1
            guard let event = try snapshot.event(sequence), case .assertionReceived(let received)? = event.body else { continue }
            if received.accepted, lastUsed == nil { lastUsed = Array(received.certificateSha256) }
            last = last ?? .init(sequence: sequence, recordedAt: event.recordedInstant, code: received.accepted ? nil : received.code)
            guard sequence >= border else { break }
            if received.accepted { accepted += 1 } else { refused += 1 }
            if !received.accepted, Self.isLogin(received.code) { failed += 1 }
        }
        let certificates = organization.identityProvider.signingCertificates.compactMap { try? Certificate(der: Array($0)) }
        // The organization's own row, and the search for its newest login.
        rows += 2 + certificates.count
        let ends = certificates.map(\.notAfter)
        let end = ends.filter { $0 > now }.min() ?? ends.max()
        let hasEnded = certificates.contains { $0.notAfter <= now && $0.sha256 == lastUsed }
        let held = organization.heldRefresh == 0 ? nil : organization.heldRefresh
        return OrganizationHealth(
            id: id, name: organization.name, createdAt: Instant(nanoseconds: organization.createdAt),
            isConfigured: organization.isConfigured, lastLogin: last, accepted: accepted, refused: refused, hasMoreLogins: isMore,
            certificatesEnd: end, heldRefresh: held,
            concerns: concerns(organization, failing: failed > accepted, certificatesEnd: end, hasEnded: hasEnded, held: held))
    }

    // What can't be read (400, 413), and what was used before (409), says nothing of the identity provider: anyone can send it, and again.
    private static func isLogin(_ code: String) -> Bool {
        RefusalCode(rawValue: code).map { ![400, 409, 413].contains($0.httpStatus) } ?? true
    }

    private func concerns(
        _ organization: Organization, failing: Bool, certificatesEnd: Instant?, hasEnded: Bool, held: UInt64?
    ) -> [OrganizationHealth.Concern] {
        guard organization.isConfigured else { return [.notConfigured] }
        var concerns: [OrganizationHealth.Concern] = failing ? [.failing] : []
        if let certificatesEnd {
            if certificatesEnd <= now || hasEnded {
                concerns.append(.certificateEnded)
            } else if certificatesEnd <= now.adding(seconds: CertificateEnds.noticeSeconds) {
                concerns.append(.certificateEnding)
            }
        }
        if held != nil { concerns.append(.metadataWaiting) }
        return concerns
    }
}
