public import Events
import Identity
import Ledger
import Projections

/// How often a certificate's key signed the last logins.
public struct CertificateUse: Sendable, Hashable {
    /// Lowercase hexadecimal.
    public let sha256: String
    /// Of the logins that were looked at.
    public var count: Int
    /// The newest of them.
    public let lastLogin: UInt64
    /// When that was recorded.
    public let lastLoginAt: Instant
}

extension IdentityLedger {
    // Enough to see a change of keys that is under way.
    private static let lastLogins = 200

    /// Which certificates' keys signed the newest logins whose signature held, the most recently used first.
    ///
    /// - Returns: Also how many of the newest logins were looked at.
    public func certificateUses(
        _ organization: Identifier, by caller: Caller
    ) throws(ServiceError) -> (uses: [CertificateUse], logins: Int) {
        try answering {
            let snapshot = try ledger.snapshot()
            try caller.authority.check(.read, try snapshot.organization(organization))
            var uses: [CertificateUse] = []
            var looked = 0
            for sequence in try snapshot.newestLogins(organization, limit: Self.lastLogins) {
                guard let event = try snapshot.event(sequence), case .assertionReceived(let received)? = event.body else { continue }
                looked += 1
                guard !received.certificateSha256.isEmpty else { continue }
                let sha256 = received.certificateSha256.hexadecimal
                if let index = uses.firstIndex(where: { $0.sha256 == sha256 }) {
                    uses[index].count += 1
                } else {
                    uses.append(CertificateUse(sha256: sha256, count: 1, lastLogin: sequence, lastLoginAt: event.recordedInstant))
                }
            }
            return (uses, looked)
        }
    }
}
