import Events
public import LMDB

/// How far a consumer of the events has come, under a name of its own: kept in the ledger, and no event.
public struct ConsumerPosition: Sendable, Hashable {
    /// 1 to 100 letters, digits, dots, hyphens and low lines.
    public let name: String
    /// The last event that it is done with; 0: none yet.
    public let sequence: UInt64

    /// Whether a consumer may be called so.
    public static func isName(_ text: String) -> Bool {
        (1...100).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || [0x2D, 0x2E, 0x5F].contains($0)
            }
    }
}

extension Snapshot {
    /// The last event that the consumer is done with; 0 where it never said so.
    public func position(of consumer: String) throws(LedgerError) -> UInt64 {
        guard ConsumerPosition.isName(consumer) else { return 0 }
        return try get(Layout.positions, Array(consumer.utf8)).flatMap { UInt64(bigEndianBytes: $0) } ?? 0
    }

    /// Every consumer that has a position, by name.
    public func positions() throws(LedgerError) -> [ConsumerPosition] {
        var found: [ConsumerPosition] = []
        try scan(Layout.positions, from: [0], reverse: false) { key, value in
            found.append(ConsumerPosition(name: String(decoding: key, as: UTF8.self), sequence: UInt64(bigEndianBytes: value) ?? 0))
            return true
        }
        return found
    }
}

extension WriteContext {
    /// Keeps how far a consumer has come: to be read again by ``Snapshot/position(of:)``.
    ///
    /// - Parameter sequence: nil: the consumer is forgotten.
    public mutating func setPosition(_ sequence: UInt64?, of consumer: String) throws(LMDBError) {
        let key = Array(consumer.utf8)
        if let sequence { try put(Layout.positions, key, sequence.bigEndianBytes) } else { try delete(Layout.positions, key) }
    }
}
