import Synchronization

/// Bounds how much is under way at once: never an unbounded queue (C51).
final class Admission: Sendable {
    private let limit: Int
    private let count = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    /// Whether there was room; then ``leave()`` must follow.
    func enter() -> Bool {
        let before = count.wrappingAdd(1, ordering: .relaxed).oldValue
        if before < limit { return true }
        count.wrappingSubtract(1, ordering: .relaxed)
        return false
    }

    func leave() { count.wrappingSubtract(1, ordering: .relaxed) }
}
