import Events
import Synchronization

/// Bounds what takes long: one at a time for an organization, and so many for all of them (C51).
final class Turns: Sendable {
    private let atOnce: Int
    private let taken = Mutex<Set<Identifier>>([])

    init(atOnce: Int) { self.atOnce = atOnce }

    /// Whether there was room; then ``leave(_:)`` must follow.
    func enter(_ organization: Identifier) -> Bool {
        taken.withLock { $0.count < atOnce && $0.insert(organization).inserted }
    }

    func leave(_ organization: Identifier) { _ = taken.withLock { $0.remove(organization) } }
}
