import Synchronization

/// Memory for the bodies of all requests together (C51). What arrives is counted as it arrives, so that a sender who only trickles takes up
/// little; a quarter of it is the most that one source may hold, so that no single one leaves others without.
final class BodyBudget: Sendable {
    private struct Held: Sendable {
        var all = 0
        var bySource: [String: Int] = [:]
    }

    private let limit: Int
    private let held = Mutex(Held())

    init(limit: Int) { self.limit = limit }

    /// One request's part of it, given back when the request is done with.
    final class Share: Sendable {
        /// How far the body is read.
        enum Reading: Sendable { case untouched, begun, ended }

        private let budget: BodyBudget
        private let source: String
        private let taken = Mutex(0)
        private let progress = Mutex(Reading.untouched)

        var reading: Reading {
            get { progress.withLock { $0 } }
            set { progress.withLock { $0 = newValue } }
        }

        init(of budget: BodyBudget, for source: String) {
            self.budget = budget
            self.source = source
        }

        deinit {
            let taken = taken.withLock { $0 }
            guard taken > 0 else { return }
            budget.held.withLock { held in
                held.all -= taken
                let left = (held.bySource[source] ?? 0) - taken
                held.bySource[source] = left > 0 ? left : nil
            }
        }

        /// - Returns: False if there is no room for so many bytes more.
        func take(_ bytes: Int) -> Bool {
            let hasRoom = budget.held.withLock { held in
                let own = (held.bySource[source] ?? 0) + bytes
                guard held.all + bytes <= budget.limit, own <= budget.limit / 4 else { return false }
                held.all += bytes
                held.bySource[source] = own
                return true
            }
            if hasRoom { taken.withLock { $0 += bytes } }
            return hasRoom
        }
    }
}
