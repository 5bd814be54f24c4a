public import LMDB
public import Ledger

extension StateTable {
    var database: Database { Database(name: rawValue) }
}

// LMDB takes no empty key; no row has one, so the first byte that there is stands for "from the start".
private func start(_ key: [UInt8]) -> [UInt8] { key.isEmpty ? [0] : key }

extension WriteTransaction: RowStore {
    /// The row's value; nil where there is no such row.
    public borrowing func row(_ table: StateTable, _ key: [UInt8]) throws -> [UInt8]? { try get(table.database, key) }

    /// Rows in the order of their keys, until `body` returns false.
    public borrowing func scanRows(
        _ table: StateTable, from key: [UInt8], reverse: Bool, _ body: ([UInt8], [UInt8]) throws -> Bool
    ) throws {
        var failure: (any Error)?
        try scan(table.database, from: start(key), reverse: reverse) { key, value in
            proceeds(body, key, value, &failure)
        }
        if let failure { throw failure }
    }

    /// Sets the row.
    public mutating func putRow(_ table: StateTable, _ key: [UInt8], _ value: [UInt8]) throws {
        try put(table.database, key, value)
    }

    /// Removes the row, if it is there.
    public mutating func deleteRow(_ table: StateTable, _ key: [UInt8]) throws {
        _ = try delete(table.database, key)
    }
}

extension Snapshot: RowReader {
    /// The row's value; nil where there is no such row.
    public func row(_ table: StateTable, _ key: [UInt8]) throws -> [UInt8]? { try get(table.database, key) }

    /// Rows in the order of their keys, until `body` returns false.
    public func scanRows(
        _ table: StateTable, from key: [UInt8], reverse: Bool, _ body: ([UInt8], [UInt8]) throws -> Bool
    ) throws {
        var failure: (any Error)?
        try scan(table.database, from: start(key), reverse: reverse) { key, value in
            proceeds(body, key, value, &failure)
        }
        if let failure { throw failure }
    }
}

extension WriteContext: RowReader {
    /// The row's value; nil where there is no such row.
    public borrowing func row(_ table: StateTable, _ key: [UInt8]) throws -> [UInt8]? { try get(table.database, key) }

    /// Rows in the order of their keys, until `body` returns false.
    public borrowing func scanRows(
        _ table: StateTable, from key: [UInt8], reverse: Bool, _ body: ([UInt8], [UInt8]) throws -> Bool
    ) throws {
        var failure: (any Error)?
        try scan(table.database, from: start(key), reverse: reverse) { key, value in
            proceeds(body, key, value, &failure)
        }
        if let failure { throw failure }
    }
}

// Whether to go on; an error of `body` is carried past a scan whose own errors are typed.
private func proceeds(
    _ body: ([UInt8], [UInt8]) throws -> Bool, _ key: [UInt8], _ value: [UInt8], _ failure: inout (any Error)?
) -> Bool {
    do {
        return try body(key, value)
    } catch {
        failure = error
        return false
    }
}
