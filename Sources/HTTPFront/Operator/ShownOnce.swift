import Events
import Synchronization

/// Setup links on their way from the form that made them to the page that shows them, once: in no URL, and not shown again when that page is
/// loaded again.
final class ShownOnce: Sendable {
    private static let seconds: Int64 = 600
    private static let most = 1000

    private struct Place: Hashable {
        /// The form's token stands for who made it.
        let visitor: String
        let organization: Identifier
    }

    private struct Kept {
        let url: String
        let until: Instant
    }

    private let kept = Mutex<[Place: Kept]>([:])

    func put(_ url: String, of organization: Identifier, for visitor: String, at now: Instant) {
        kept.withLock { kept in
            kept = kept.filter { $0.value.until > now }
            // Whoever finds no room makes another link.
            guard kept.count < Self.most else { return }
            kept[Place(visitor: visitor, organization: organization)] = Kept(url: url, until: now.adding(seconds: Self.seconds))
        }
    }

    func take(of organization: Identifier, for visitor: String, at now: Instant) -> String? {
        kept.withLock { kept in
            guard let found = kept.removeValue(forKey: Place(visitor: visitor, organization: organization)), found.until > now else {
                return nil
            }
            return found.url
        }
    }
}
