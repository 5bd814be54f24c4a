import Events
import Identity
import LMDB
public import Ledger

extension IdentityLedger {
    /// The last event that a consumer of the events is done with; 0 where it never said so.
    public func position(of consumer: String, by caller: Caller) throws(ServiceError) -> UInt64 {
        try answering {
            try Self.check(consumer, caller)
            return try ledger.snapshot().position(of: consumer)
        }
    }

    /// Every consumer that has a position, by name.
    public func positions(by caller: Caller) throws(ServiceError) -> [ConsumerPosition] {
        try answering {
            try caller.authority.check(.read)
            return try ledger.snapshot().positions()
        }
    }

    /// Keeps that a consumer is done with an event and all before it; nil: forgets the consumer.
    public func setPosition(_ sequence: UInt64?, of consumer: String, by caller: Caller) async throws(ServiceError) {
        try answering { try Self.check(consumer, caller) }
        try await record { context in
            if let sequence, sequence > context.head {
                throw RuleError(
                    .invalidRequest, "There is no event \(sequence) yet.", remedy: "The newest is \(context.head).")
            }
            try context.setPosition(sequence, of: consumer)
        }
    }

    private static func check(_ consumer: String, _ caller: Caller) throws {
        try caller.authority.check(.read)
        guard ConsumerPosition.isName(consumer) else {
            throw RuleError(
                .invalidRequest, "A consumer's name has 1 to 100 letters, digits, dots, hyphens and low lines.", remedy: "Choose another.")
        }
    }
}
