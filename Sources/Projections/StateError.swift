/// Rows or events that this program cannot interpret.
public struct StateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence about what was found.
    public let detail: String
    /// What to do.
    public let remedy: String

    static func damaged(_ table: StateTable) -> StateError {
        StateError(
            detail: "A row of \(table.rawValue) does not decode.",
            remedy: "Run `identity-ledger replay rebuild`: the projections are made anew from the events.")
    }

    static func unknownBody(_ sequence: UInt64) -> StateError {
        StateError(
            detail: "Event \(sequence) has a body that this program does not know.",
            remedy: "Use the version of identity-ledger that wrote it, or a newer one.")
    }

    /// The sentence and what to do.
    public var description: String { "\(detail) \(remedy)" }
}
