import Events
import Synchronization

/// What was made of the ledger for some organizations, kept in memory for the next request; bounded.
final class OrganizationCache<Value: Sendable>: Sendable {
    private struct State {
        var values: [Identifier: Value] = [:]
        // The one used longest ago first.
        var order: [Identifier] = []
        var weight = 0
    }

    private let mostWeight: Int
    private let weigh: @Sendable (Value) -> Int
    private let state = Mutex(State())

    /// - Parameter mostWeight: Of all values; one that is heavier is not kept.
    init(mostWeight: Int, weigh: @escaping @Sendable (Value) -> Int) {
        self.mostWeight = mostWeight
        self.weigh = weigh
    }

    subscript(_ organization: Identifier) -> Value? {
        state.withLock { state in
            guard let value = state.values[organization] else { return nil }
            state.order.removeAll { $0 == organization }
            state.order.append(organization)
            return value
        }
    }

    /// Of all values that are kept.
    var heldWeight: Int { state.withLock { $0.weight } }

    var organizations: [Identifier] { state.withLock { $0.order } }

    func keep(_ value: Value, for organization: Identifier) {
        let weight = weigh(value)
        state.withLock { state in
            remove(organization, from: &state)
            guard weight <= mostWeight else { return }
            while state.weight + weight > mostWeight, let oldest = state.order.first { remove(oldest, from: &state) }
            state.values[organization] = value
            state.order.append(organization)
            state.weight += weight
        }
    }

    func forget(_ organization: Identifier) { state.withLock { remove(organization, from: &$0) } }

    private func remove(_ organization: Identifier, from state: inout State) {
        guard let former = state.values.removeValue(forKey: organization) else { return }
        state.weight -= weigh(former)
        state.order.removeAll { $0 == organization }
    }
}
