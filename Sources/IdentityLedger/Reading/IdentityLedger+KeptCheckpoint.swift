public import Ledger

extension IdentityLedger {
    /// Refuses a ledger that the kept checkpoint shows to be an old copy, or another one.
    public func check(_ kept: KeptCheckpoint) throws(ServiceError) {
        guard let note = kept.read() else { return }
        let fault = try answering { try self.fault(ofOwn: note, in: try ledger.snapshot()) }
        guard let fault else { return }
        throw ServiceError(
            code: "ledger_unavailable", status: 503, detail: "This ledger is not the one that the kept checkpoint is of. \(fault)",
            remedy:
                "Restore the newest copy. If this one is to be used all the same, take the checkpoint's file away, and tell your auditors.")
    }

    /// Keeps the log's checkpoint of now, where there is a newer one than was kept.
    ///
    /// - Returns: How many events it covers; nil: the log has no name yet.
    @discardableResult
    public func keep(_ kept: KeptCheckpoint, after size: UInt64 = 0) throws(ServiceError) -> UInt64? {
        try answering {
            let snapshot = try ledger.snapshot()
            guard snapshot.head > size, let note = try checkpoint(of: snapshot) else { return size }
            try kept.write(note)
            return snapshot.head
        }
    }
}
