public import Events

/// The projections in memory, made by the very same fold: for the state as of then, and to compare a rebuild with.
public struct MemoryState: RowStore, Sendable {
    private var tables: [StateTable: SortedRows] = [:]
    /// Whether the indexes of events are kept beside the state.
    public let keepsIndexes: Bool

    /// The sequence that the state stands at; 0: before the first event.
    public private(set) var sequence: UInt64 = 0

    /// - Parameter onlyState: Leaves the indexes of events out, where nobody asks for them.
    public init(onlyState: Bool = false) { keepsIndexes = !onlyState }

    /// Folds the next event.
    public mutating func fold(_ event: Event) throws {
        try StateFold.fold(event, into: &self)
        sequence = event.sequence
    }

    /// The row's value; nil where there is no such row.
    public func row(_ table: StateTable, _ key: [UInt8]) -> [UInt8]? { tables[table]?.value(for: key) }

    /// Rows in the order of their keys, until `body` returns false.
    public func scanRows(
        _ table: StateTable, from key: [UInt8], reverse: Bool, _ body: ([UInt8], [UInt8]) throws -> Bool
    ) throws {
        try tables[table]?.scan(from: key, reverse: reverse, body)
    }

    /// Sets the row.
    public mutating func putRow(_ table: StateTable, _ key: [UInt8], _ value: [UInt8]) {
        tables[table, default: SortedRows()].put(value, for: key)
    }

    /// Removes the row, if it is there.
    public mutating func deleteRow(_ table: StateTable, _ key: [UInt8]) { tables[table]?.remove(key) }
}
