public import Events
public import LMDB

/// What folds events into rows, in the write transaction that appends them: never ahead of the log, never behind it.
public protocol Projection: Sendable {
    /// The databases that the rows lie in; the ledger opens them.
    var databases: [String] { get }

    /// Databases that an earlier version had: emptied when the rows are made anew.
    var formerDatabases: [String] { get }

    /// Another version than the stored one means that the rows have to be made anew.
    var version: UInt32 { get }

    /// Never refuses: what happened, happened.
    func fold(_ event: Event, into transaction: inout WriteTransaction) throws
}
