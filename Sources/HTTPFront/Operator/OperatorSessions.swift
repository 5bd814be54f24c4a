import Crypto
import Events
import IdentityLedger
import Synchronization

/// The console's sessions, in memory alone: signing out ends one for good, and a restart ends them all. The operator's token itself is not kept;
/// who asks is looked up by its ID each time, so that a session ends with the token.
final class OperatorSessions: Sendable {
    static let lifetimeSeconds = IdentityLedger.operatorSessionSeconds
    // More than there are operators; the oldest goes.
    private static let most = 1000

    private struct Session {
        let token: Identifier
        let endsAt: Instant
    }

    private let sessions = Mutex<[SHA256.Digest: Session]>([:])

    /// - Returns: The cookie's value, of which only the digest is kept (C40).
    func begin(_ token: Identifier, at now: Instant) -> String {
        let secret = Self.secret()
        sessions.withLock { sessions in
            sessions = sessions.filter { $0.value.endsAt > now }
            if sessions.count >= Self.most, let oldest = sessions.min(by: { $0.value.endsAt < $1.value.endsAt }) {
                sessions[oldest.key] = nil
            }
            sessions[Self.digest(secret)] = Session(token: token, endsAt: now.adding(seconds: Self.lifetimeSeconds))
        }
        return secret
    }

    /// The token that began the session; nil: there is none, or it has ended.
    func token(_ secret: String, at now: Instant) -> Identifier? {
        sessions.withLock { sessions in
            guard let session = sessions[Self.digest(secret)], session.endsAt > now else { return nil }
            return session.token
        }
    }

    func end(_ secret: String) { _ = sessions.withLock { $0.removeValue(forKey: Self.digest(secret)) } }

    /// 256 bits from the system's generator.
    static func secret() -> String { Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max) }) }

    private static func digest(_ secret: String) -> SHA256.Digest { SHA256.hash(data: Array(secret.utf8)) }
}
