import Events
import Synchronization

/// One-time codes that take a login to an application on another origin: each good once, for 60 seconds.
///
/// In memory alone: a code that a restart forgets costs one more click, and none is ever on disk.
final class SignInCodes: Sendable {
    struct Entry: Sendable {
        let session: String
        let relayState: String?
        let expiresAt: Instant
    }

    private static let lifetimeSeconds: Int64 = 60
    private static let maximumCount = 10_000
    // By digest, so that no code can be found by timing.
    private let entries = Mutex<[[UInt8]: Entry]>([:])

    /// A code for the session; nil: too many are under way.
    func issue(session: String, relayState: String?, at now: Instant) -> String? {
        let code = Secret.make()
        let entry = Entry(
            session: session, relayState: relayState, expiresAt: now.adding(seconds: Self.lifetimeSeconds))
        return entries.withLock { entries in
            if entries.count >= Self.maximumCount { entries = entries.filter { now < $0.value.expiresAt } }
            guard entries.count < Self.maximumCount else { return nil }
            entries[Secret.digest(code)] = entry
            return code
        }
    }

    /// What the code stands for; nil: it was used, is too old, or never was.
    func take(_ code: String, at now: Instant) -> Entry? {
        guard let entry = entries.withLock({ $0.removeValue(forKey: Secret.digest(code)) }) else { return nil }
        return now < entry.expiresAt ? entry : nil
    }
}
