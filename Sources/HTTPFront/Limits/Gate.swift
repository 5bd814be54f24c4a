import Events
import Synchronization

/// Lets one at a time through for an organization; the others wait, in order, on no thread.
final class Gate: Sendable {
    private let waiting = Mutex<[Identifier: [CheckedContinuation<Void, Never>]]>([:])

    /// Returns when nobody else is inside; then ``leave(_:)`` must follow.
    func enter(_ organization: Identifier) async {
        await withCheckedContinuation { continuation in
            let isFree = waiting.withLock { waiting in
                guard waiting[organization] == nil else {
                    waiting[organization]?.append(continuation)
                    return false
                }
                waiting[organization] = []
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    func leave(_ organization: Identifier) {
        let next = waiting.withLock { waiting -> CheckedContinuation<Void, Never>? in
            guard waiting[organization]?.isEmpty == false else {
                waiting[organization] = nil
                return nil
            }
            return waiting[organization]?.removeFirst()
        }
        next?.resume()
    }
}
