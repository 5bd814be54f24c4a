public import Events
import Identity
import Ledger
import Projections

/// A way in for the customer's administrator that is still open: a link that nobody used, or the session that one opened.
public struct SetupAccess: Sendable, Hashable {
    /// The link's ID, by which either is revoked.
    public let link: Identifier
    /// When the link was made, or used.
    public let since: Instant
    /// When it ends by itself.
    public let expiresAt: Instant
    /// Whether the link was used, and its session goes on.
    public let isUsed: Bool
}

extension IdentityLedger {
    /// An organization's setup links that can still be used, and the sessions of those that were; the newest first.
    public func openSetupLinks(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> [SetupAccess] {
        try answering {
            let snapshot = try ledger.snapshot()
            try caller.authority.check(.administer, try snapshot.organization(organization))
            return try snapshot.credentials(of: organization).compactMap { credential -> SetupAccess? in
                guard credential.kind == .setupLink || credential.kind == .setupSession, credential.isValid(at: now),
                    let id = credential.identifier
                else { return nil }
                return SetupAccess(
                    link: id, since: Instant(nanoseconds: credential.issuedAt), expiresAt: Instant(nanoseconds: credential.expiresAt),
                    isUsed: credential.kind == .setupSession)
            }.sorted { ($1.since, $1.link) < ($0.since, $0.link) }
        }
    }
}
