import Synchronization

/// Memory for the bodies of all requests together (C51): what arrives is counted as it arrives, so that a sender who only trickles
/// takes up little, and one who floods is refused before others are.
final class BodyBudget: Sendable {
    private let limit: Int
    private let held = Mutex(0)

    init(limit: Int = RequestLimits.bodiesBytes) { self.limit = limit }

    /// One request's part of it, given back when the request is done with.
    final class Share: Sendable {
        private let budget: BodyBudget
        private let taken = Mutex(0)

        init(of budget: BodyBudget) { self.budget = budget }

        deinit {
            let taken = taken.withLock { $0 }
            budget.held.withLock { $0 -= taken }
        }

        /// - Returns: False if there is no room for so many bytes more.
        func take(_ bytes: Int) -> Bool {
            let hasRoom = budget.held.withLock { held in
                guard held + bytes <= budget.limit else { return false }
                held += bytes
                return true
            }
            if hasRoom { taken.withLock { $0 += bytes } }
            return hasRoom
        }
    }
}
