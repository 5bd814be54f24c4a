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
    private let counted = Mutex(WriterFigures())
    private let troubled = Mutex(false)
    private let waiting = Mutex<(pending: [Pending], isScheduled: Bool, isClosed: Bool)>(([], false, false))

    func submit(_ pending: Pending, to ledger: Ledger) {
        enum Action { case refuse, refuseClosed, wait }
        let action: Action = waiting.withLock { state in
            if state.isClosed { return .refuseClosed }
            if state.pending.count >= Self.queueLimit { return .refuse }
            state.pending.append(pending)
            if state.isScheduled { return .wait }
            state.isScheduled = true
            // Under the lock, so that `close` waits for it.
            queue.async { self.drain(ledger) }
            return .wait
        }
        switch action {
        case .wait: break
        case .refuseClosed: pending.fail(LedgerError(.busy, "The ledger was closed.", remedy: "Open it again."))
        case .refuse:
            pending.fail(LedgerError(.busy, "\(Self.queueLimit) submissions wait for the ledger.", remedy: "Try again in a moment."))
        }
    }

    /// Whether the last commit that needed room failed.
    var isTroubled: Bool { troubled.withLock { $0 } }

    var figures: WriterFigures {
        var figures = counted.withLock { $0 }
        figures.waiting = waiting.withLock { $0.pending.count }
        return figures
    }

    /// Waits for what was submitted before; everything later is refused.
    func close() {
        waiting.withLock { $0.isClosed = true }
        queue.sync {}
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
        var hasGrown = false
        var isNested = false
        let start = ContinuousClock.now
        while true {
            do throws(LedgerError) {
                if try attempt(batch, ledger, isNested: isNested, since: start) { return }
                // A decision threw after it had written. Now each one gets a nested transaction, which can be taken back
                // alone; that costs copies of pages, so it is not done before it is needed.
                isNested = true
            } catch {
                if !hasGrown, error.cause?.code == .mapFull, (try? ledger.environment.grow()) != nil {
                    hasGrown = true
                    continue
                }
                counted.withLock { $0.failures += 1 }
                troubled.withLock { $0 = true }
                for pending in batch { pending.fail(error) }
                return
            }
        }
    }

    /// - Returns: False if all have to decide again, each in a nested transaction; else everybody was answered.
    private func attempt(
        _ batch: [Pending], _ ledger: Ledger, isNested: Bool, since start: ContinuousClock.Instant
    ) throws(LedgerError) -> Bool {
        let directory = ledger.options.directory
        var context = try WriteContext(
            try translating(directory) { () throws(LMDBError) in try ledger.environment.beginWrite() }, of: ledger)
        var answers: [@Sendable () -> Void] = []
        for pending in batch {
            let mark = context.mark
            if isNested { try translating(directory) { () throws(LMDBError) in try context.begin() } }
            do {
                let answer = try pending.attempt(&context)
                let events = Array(context.appended[mark.count...])
                answers.append { answer(events) }
                if isNested { try context.keep() }
            } catch {
                // C22: what LMDB refused ends the batch for all, whatever the decision made of it.
                if let failure = context.failure { throw LedgerError(failure, in: directory) }
                if !isNested && context.writes != mark.writes { return false }
                context.takeBack(to: mark)
                answers.append { pending.fail(error) }
            }
            if let failure = context.failure { throw LedgerError(failure, in: directory) }
        }
        // Nothing to write: nothing to sync.
        let destroys = !context.doomed.isEmpty
        if context.writes > 0 || destroys {
            let tookRoom = context.tookRoom
            try context.commit()
            if tookRoom { troubled.withLock { $0 = false } }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            counted.withLock { figures in
                figures.commitSeconds.observe(seconds)
                figures.batchSizes.observe(Double(batch.count))
            }
        }
        // The events are on disk whatever becomes of this; what is left over is done at the next erasure, at a start, or
        // by a server within the minute, which logs why it fails.
        if destroys { try? ledger.finishErasures() }
        for answer in answers { answer() }
        return true
    }
}
