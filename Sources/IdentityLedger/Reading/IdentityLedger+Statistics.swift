import Events
public import Ledger
import Synchronization

extension IdentityLedger {
    /// Reads every event once, and counts.
    ///
    /// - Parameter progress: Called now and then with the sequence that was reached.
    public func statistics(progress: (UInt64) -> Void = { _ in }) throws(ServiceError) -> StatisticsView {
        try answering {
            var view = StatisticsView(storage: try ledger.storage())
            let snapshot = try ledger.snapshot()
            try snapshot.forEachDecodedEvent { sequence, _, event in
                let event = try event.get()
                view.eventsByType[event.body?.name ?? "", default: 0] += 1
                if case .assertionReceived(let received) = event.body, let evidence = try snapshot.evidence(sequence) {
                    view.keptResponses += 1
                    view.responseBytes += UInt64(received.responseSize)
                    view.evidenceBytes += UInt64(evidence.count)
                }
                if sequence % 1024 == 0 { progress(sequence) }
                return true
            }
            return view
        }
    }

    /// What the ledger's environment takes, and who reads it.
    public func storage() throws(ServiceError) -> StorageFigures { try answering { try ledger.storage() } }

    /// What the writer has done since the start.
    public var writing: WriterFigures { ledger.writing }

    /// How long judging took, in seconds, since the start.
    public var judging: Histogram { judged.withLock { $0 } }
}
