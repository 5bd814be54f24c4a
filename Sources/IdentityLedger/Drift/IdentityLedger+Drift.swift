import Cryptography
public import Events
import Identity
import Ledger
import Projections
import SAML

extension IdentityLedger {
    // Bounds of one look: so many responses are judged again, and so many logins read.
    private static let mostShapes = 200
    private static let mostLogins = 2000
    private static let daySeconds: Int64 = 86400

    /// What is otherwise in an identity provider's responses since an instant, against the 200 before it. Bounded work, whatever the history.
    ///
    /// - Parameter since: nil: the last 24 hours.
    public func drift(_ organization: Identifier, since: Instant? = nil, by caller: Caller) throws(ServiceError) -> DriftView {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.read, state)
            let since = since ?? now.adding(seconds: -Self.daySeconds)
            let border = try firstSequence(since: since, in: snapshot)
            let redecider = Redecider(self, in: snapshot)
            let logins = try snapshot.newestLogins(organization, limit: Self.mostLogins).filter { $0 >= border }
            let after = try Self.responses(logins, redecider, snapshot)
            // Without any there is nothing to compare.
            let former = after.isEmpty ? [] : try snapshot.newestLogins(organization, before: border, limit: Self.mostLogins)
            let before = try Self.responses(former, redecider, snapshot)
            let untrusted = try Self.untrusted(logins, of: state?.configurationRevision ?? 0, snapshot)
            let certificates = (state?.identityProvider.signingCertificates ?? []).compactMap { try? Certificate(der: Array($0)) }
            let comparison = DriftComparison(
                before: before, since: after, clockSkewSeconds: Int64(state?.effectivePolicy.clockSkewSeconds ?? 60),
                certificateEnds: Dictionary(certificates.map { ($0.sha256, $0.notAfter) }, uniquingKeysWith: { first, _ in first }))
            return DriftView(
                since: since, before: UInt64(before.count), after: UInt64(after.count),
                drifts: [Self.drift(untrusted, certificates)].compactMap { $0 } + comparison.drifts)
        }
    }

    /// What recorded responses look like; a replayed or expired one looks as it did when it was made, and is left out.
    ///
    /// - Parameter sequences: The newest first.
    /// - Returns: In order.
    private static func responses(_ sequences: [UInt64], _ redecider: Redecider, _ snapshot: Snapshot) throws -> [ObservedResponse] {
        var found: [ObservedResponse] = []
        for sequence in sequences where found.count < mostShapes {
            guard let event = try snapshot.event(sequence), case .assertionReceived(let received)? = event.body, received.evidenceKept,
                received.code != RefusalCode.replayed.rawValue, received.code != RefusalCode.expired.rawValue,
                let shape = try redecider.shape(of: event)
            else { continue }
            let receivedAt = Instant(nanoseconds: received.facts.instant)
            found.append(ObservedResponse(sequence: sequence, receivedAt: receivedAt, shape: shape))
        }
        return found.reversed()
    }

    /// Logins that were refused for a certificate that isn't configured, under the configuration that is still in force.
    private static func untrusted(_ sequences: [UInt64], of revision: UInt64, _ snapshot: Snapshot) throws -> [Event] {
        try sequences.compactMap { sequence in
            guard let event = try snapshot.event(sequence), case .assertionReceived(let received)? = event.body,
                received.code == RefusalCode.certificateUntrusted.rawValue, received.facts.configurationRevision == revision
            else { return nil }
            return event
        }
    }

    // Those are the first sign of a rollover; they need no verified bytes.
    private static func drift(_ untrusted: [Event], _ configured: [Certificate]) -> ResponseDrift? {
        guard let first = untrusted.last else { return nil }
        let known = configured.map { "\($0.sha256.hexadecimal.prefix(16))…" }.joined(separator: ", ")
        return ResponseDrift(
            what: .untrustedCertificate, subject: "", before: known, since: "one that isn't configured", first: first.sequence,
            firstAt: first.recordedInstant, count: UInt64(untrusted.count),
            remedy:
                "Anyone can send such a response, so look at the identity provider first. If it changed its certificate there, save its new metadata, got from it and from nowhere else; if it did not, somebody else sends these."
        )
    }
}
