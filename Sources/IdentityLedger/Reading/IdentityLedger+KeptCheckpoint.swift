import Identity
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

    /// Signs the log as it stands, where events have come since the newest checkpoint, and keeps that in the ledger and outside of it.
    ///
    /// - Returns: The newest checkpoint; nil: the log has no name yet.
    @discardableResult
    public func signCheckpoint(
        keepingIn kept: KeptCheckpoint? = nil, by caller: Caller
    ) async throws(ServiceError) -> SignedCheckpoint? {
        let (snapshot, newest) = try answering {
            try caller.authority.check(.read)
            let snapshot = try ledger.snapshot()
            return (snapshot, try snapshot.newestCheckpoint())
        }
        if let newest, newest.size == snapshot.head {
            // Another process may have signed it, and kept it elsewhere.
            if let kept, kept.read() != newest.note { try answering { try kept.write(newest.note, size: newest.size) } }
            return SignedCheckpoint(size: newest.size, note: newest.note)
        }
        let size = snapshot.head
        guard size > 0, let note = try checkpoint(of: snapshot) else { return nil }
        try await record { context in try context.keepCheckpoint(note, size: size) }
        if let kept { try answering { try kept.write(note, size: size) } }
        return SignedCheckpoint(size: size, note: note)
    }

    /// Checkpoints that were signed, by size. The cursor is a size.
    public func checkpoints(page: PageRequest = PageRequest(), by caller: Caller) throws(ServiceError) -> ListView<SignedCheckpoint> {
        try answering {
            try caller.authority.check(.read)
            let found = try ledger.snapshot().checkpoints(from: try Self.cursor(page), limit: page.limit == .max ? .max : page.limit + 1)
            let next = found.count > page.limit ? found.last.map { String($0.size) } : nil
            return ListView(items: found.prefix(page.limit).map { SignedCheckpoint(size: $0.size, note: $0.note) }, next: next)
        }
    }

    /// That the log of one size is the beginning of that of another; roots and hashes as they are in the tree.
    ///
    /// - Parameter size: nil: the log as it stands.
    public func consistency(
        from oldSize: UInt64, to size: UInt64? = nil, by caller: Caller
    ) throws(ServiceError) -> ConsistencyView {
        try answering {
            try caller.authority.check(.read)
            let snapshot = try ledger.snapshot()
            let size = size ?? snapshot.head
            guard oldSize <= size, size <= snapshot.head else {
                throw RuleError(
                    .invalidRequest, "There is no tree of \(max(oldSize, size)) events that one of \(oldSize) could be the beginning of.",
                    remedy: "The newest has \(snapshot.head).")
            }
            return ConsistencyView(
                proof: try snapshot.consistency(from: oldSize, to: size), oldRoot: try snapshot.root(size: oldSize),
                root: try snapshot.root(size: size))
        }
    }
}
