import LMDB

/// Whether the pages under the ledger hang together, whatever lies in its rows.
extension Snapshot {
    /// What is wrong, in sentences; empty: nothing.
    ///
    /// - Parameters:
    ///   - parts: Whose databases are read; those that are small always are.
    ///   - projections: The projections' too.
    public func structureFaults(_ parts: LogVerification.Parts = .all, projections: Bool = true) throws(LedgerError) -> [String] {
        var databases = [Layout.meta, Layout.checkpoints, Layout.erasures, Layout.positions]
        if parts.contains(.events) { databases.append(Layout.events) }
        if parts.contains(.tree) { databases.append(Layout.tree) }
        if parts.contains(.evidence) { databases += [Layout.evidence, Layout.untrusted] }
        if projections { databases += ledger.projection.databases.map(Database.init(name:)) }
        return try reading { [databases] transaction throws(LMDBError) in
            let known = Set(ledger.databases.map(\.name))
            let unknown = try transaction.databaseNames().filter { !known.contains($0) }
            var faults = unknown.map { "There is a database “\($0)”, which no ledger has." }
            for database in databases {
                if let fault = try transaction.structureFault(database) { faults.append(fault) }
            }
            return faults
        }
    }
}
