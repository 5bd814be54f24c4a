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
            var look = DriftLook(Redecider(self, in: snapshot), snapshot)
            let after = try look.responses(
                try snapshot.newestLogins(organization, limit: Self.mostLogins).filter { $0 >= border }, most: Self.mostShapes)
            let untrusted = look.untrusted
            let before = try look.responses(
                try snapshot.newestLogins(organization, before: border, limit: Self.mostLogins), most: Self.mostShapes)
            let certificates = (state?.identityProvider.signingCertificates ?? []).compactMap { try? Certificate(der: Array($0)) }
            let comparison = DriftComparison(
                before: before, since: after, clockSkewSeconds: Int64(state?.effectivePolicy.clockSkewSeconds ?? 60),
                certificateEnds: Dictionary(certificates.map { ($0.sha256, $0.notAfter) }, uniquingKeysWith: { first, _ in first }))
            return DriftView(
                since: since, before: UInt64(before.count), after: UInt64(after.count),
                drifts: [Self.drift(untrusted, certificates)].compactMap { $0 } + comparison.drifts)
        }
    }

    // Logins that a key nobody configured signed are the first sign of a rollover; they need no verified bytes.
    private static func drift(_ untrusted: [Event], _ configured: [Certificate]) -> ResponseDrift? {
        guard let first = untrusted.last else { return nil }
        let known = configured.map { "\($0.sha256.hexadecimal.prefix(16))…" }.joined(separator: ", ")
        return ResponseDrift(
            what: .untrustedCertificate, before: known, since: "one that isn't configured", first: first.sequence,
            firstAt: first.recordedInstant, count: UInt64(untrusted.count),
            remedy:
                "If the identity provider changed its certificate, save its new metadata before more people are locked out. If it did not, somebody else sends these."
        )
    }
}

/// Reads what recorded responses look like.
private struct DriftLook {
    private let redecider: Redecider
    private let snapshot: Snapshot
    /// Logins refused for a certificate that isn't configured, the newest first.
    private(set) var untrusted: [Event] = []

    init(_ redecider: Redecider, _ snapshot: Snapshot) {
        self.redecider = redecider
        self.snapshot = snapshot
    }

    /// - Parameter sequences: The newest first.
    /// - Returns: In order.
    mutating func responses(_ sequences: [UInt64], most: Int) throws -> [ObservedResponse] {
        var found: [ObservedResponse] = []
        for sequence in sequences where found.count < most {
            guard let event = try snapshot.event(sequence), case .assertionReceived(let received)? = event.body else { continue }
            if received.code == RefusalCode.certificateUntrusted.rawValue { untrusted.append(event) }
            // A replayed or expired response looks as it did when it was made.
            guard received.code != RefusalCode.replayed.rawValue, received.code != RefusalCode.expired.rawValue, received.evidenceKept,
                let shape = try redecider.shape(of: event)
            else { continue }
            let receivedAt = Instant(nanoseconds: received.facts.instant)
            found.append(ObservedResponse(sequence: sequence, receivedAt: receivedAt, shape: shape))
        }
        return found.reversed()
    }
}
