public import Events
public import LMDB
public import Ledger

/// The projections as the ledger knows them: which databases they need, and how an event is folded into them.
public struct StateProjection: Projection {
    /// The one projection that there is: it has no state of its own.
    public init() {}

    /// The databases to open.
    public var databases: [String] { StateTable.allCases.map(\.rawValue) }

    /// Those of version 2 that no table has any more.
    public var formerDatabases: [String] { ["state.userSessions", "state.nameSessions"] }

    /// Another version than the stored one means: fold all events anew.
    public var version: UInt32 { StateFold.version }

    /// Folds one event in the transaction that appended it.
    public func fold(_ event: Event, into transaction: inout WriteTransaction) throws {
        try StateFold.fold(event, into: &transaction)
    }
}
