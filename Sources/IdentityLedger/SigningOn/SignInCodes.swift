import Events
import Synchronization

/// One-time codes that take a login to an application on another origin: each good once, for 60 seconds.
///
/// In memory alone: a code that a restart forgets costs one more click, and none is ever on disk.
final class SignInCodes: Sendable {
    struct Entry: Sendable {
        let organization: Identifier
        let session: String
        let relayState: String?
        let expiresAt: Instant
    }

    private static let lifetimeSeconds: Int64 = 60
    // As many as logins can be made in that time.
    private static let maximumCount = 250_000
    // By digest, so that no code can be found by timing.
    private let entries = Mutex<[[UInt8]: Entry]>([:])

    /// A code for the session; nil: too many are under way.
    func issue(_ organization: Identifier, session: String, relayState: String?, at now: Instant) -> String? {
        let code = Secret.make()
        let entry = Entry(
            organization: organization, session: session, relayState: relayState, expiresAt: now.adding(seconds: Self.lifetimeSeconds))
        return entries.withLock { entries in
            if entries.count >= Self.maximumCount { entries = entries.filter { now < $0.value.expiresAt } }
            guard entries.count < Self.maximumCount else { return nil }
            entries[Secret.digest(code)] = entry
            return code
        }
    }

    /// What the code stands for, which is then used up; nil: it was used, is too old, never was, or `belongs` says no.
    func take(_ code: String, at now: Instant, where belongs: (Entry) -> Bool) -> Entry? {
        let digest = Secret.digest(code)
        return entries.withLock { entries in
            guard let entry = entries[digest], belongs(entry) else { return nil }
            entries[digest] = nil
            return now < entry.expiresAt ? entry : nil
        }
    }
}
