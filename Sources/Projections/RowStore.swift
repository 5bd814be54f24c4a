/// Rows of the projections as they can be read: a snapshot, a decision's transaction, or memory.
public protocol RowReader: ~Copyable {
    /// The row's value; nil where there is no such row.
    borrowing func row(_ table: StateTable, _ key: [UInt8]) throws -> [UInt8]?

    /// Rows in ascending order from `key` on, or in descending order from the last row that is not after it;
    /// `body` returns false to stop.
    borrowing func scanRows(
        _ table: StateTable, from key: [UInt8], reverse: Bool, _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
    ) throws
}

/// Rows that a fold may change.
public protocol RowStore: RowReader, ~Copyable {
    /// Whether rows of indexes are kept; false: only state is wanted.
    var keepsIndexes: Bool { get }

    mutating func putRow(_ table: StateTable, _ key: [UInt8], _ value: [UInt8]) throws
    mutating func deleteRow(_ table: StateTable, _ key: [UInt8]) throws
}

extension RowStore where Self: ~Copyable {
    /// They are, unless a store says otherwise.
    public var keepsIndexes: Bool { true }
}

extension RowReader where Self: ~Copyable {
    /// The rows whose key begins with `prefix`, in ascending order after `after`, a whole key; at most `limit`.
    public borrowing func rows(
        _ table: StateTable, prefix: [UInt8], after: [UInt8]? = nil, limit: Int = .max
    ) throws -> [(key: [UInt8], value: [UInt8])] {
        var found: [(key: [UInt8], value: [UInt8])] = []
        guard limit > 0 else { return found }
        try scanRows(table, from: after ?? prefix, reverse: false) { key, value in
            guard key.starts(with: prefix) else { return false }
            if key != after { found.append((key, value)) }
            return found.count < limit
        }
        return found
    }
}
