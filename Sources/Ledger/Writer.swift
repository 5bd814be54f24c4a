import Dispatch
import Events
import LMDB
import Synchronization

/// One submission on its way: what decides, and who waits.
struct Pending: Sendable {
    /// Decides; what it returns answers the caller once the commit is on disk, with the events that were appended for it.
    let attempt: @Sendable (inout WriteContext) throws -> (@Sendable ([Event]) -> Void)
    let fail: @Sendable (any Error) -> Void
}

/// The ledger's one writer: a serial queue of its own, so that a sync to disk never holds a thread of the cooperative pool.
/// What is submitted while a commit is on its way shares the next one (group commit).
final class Writer: Sendable {
    private static let batchLimit = 512
    private static let queueLimit = 20_000

    private let queue = DispatchQueue(label: "identity-ledger writer")
    private let waiting = Mutex<(pending: [Pending], isScheduled: Bool)>(([], false))

    func submit(_ pending: Pending, to ledger: Ledger) {
        enum Action { case refuse, schedule, wait }
        let action: Action = waiting.withLock { state in
            if state.pending.count >= Self.queueLimit { return .refuse }
            state.pending.append(pending)
            if state.isScheduled { return .wait }
            state.isScheduled = true
            return .schedule
        }
        switch action {
        case .wait: break
        case .schedule: queue.async { self.drain(ledger) }
        case .refuse:
            pending.fail(LedgerError(.busy, "\(Self.queueLimit) submissions wait for the ledger.", remedy: "Try again in a moment."))
        }
    }

    private func drain(_ ledger: Ledger) {
        while true {
            let batch = waiting.withLock { state -> [Pending] in
                let batch = Array(state.pending.prefix(Self.batchLimit))
                state.pending.removeFirst(batch.count)
                if batch.isEmpty { state.isScheduled = false }
                return batch
            }
            if batch.isEmpty { return }
            commit(batch, ledger)
        }
    }

    private func commit(_ batch: [Pending], _ ledger: Ledger) {
        var batch = batch
        var hasGrown = false
        // A decision that fails after it appended would leave a trace: the others are decided again without it.
        while !batch.isEmpty {
            do throws(LedgerError) {
                guard let spoiled = try attempt(batch, ledger) else { return }
                batch[spoiled.index].fail(spoiled.error)
                batch.remove(at: spoiled.index)
            } catch {
                if !hasGrown, error.cause?.code == .mapFull, (try? ledger.environment.grow()) != nil {
                    hasGrown = true
                    continue
                }
                for pending in batch { pending.fail(error) }
                return
            }
        }
    }

    /// - Returns: The submission that has to be left out; nil where everybody was answered.
    private func attempt(_ batch: [Pending], _ ledger: Ledger) throws(LedgerError) -> (index: Int, error: any Error)? {
        var context = try translating(ledger.options.directory) { () throws(LMDBError) in
            try WriteContext(try ledger.environment.beginWrite(), of: ledger)
        }
        var answers: [@Sendable () -> Void] = []
        for (index, pending) in batch.enumerated() {
            let before = context.appended.count
            do {
                let answer = try pending.attempt(&context)
                let events = Array(context.appended[before...])
                answers.append { answer(events) }
            } catch let error as LMDBError {
                throw LedgerError(error, in: ledger.options.directory)
            } catch {
                if context.appended.count != before { return (index, error) }
                answers.append { pending.fail(error) }
            }
        }
        // Nothing to write: nothing to sync.
        if !context.appended.isEmpty { try context.commit() }
        for answer in answers { answer() }
        return nil
    }
}
