import Events
import Foundation
import Identity
import IdentityLedger
import Ledger
import Logging
import NIOPosix
import Projections
import ServiceLifecycle

/// What is due from time to time while the server runs: metadata fetched again (C39), refusals summed up (C50), evidence past
/// its retention taken away, certificates' ends noticed (C23), identity providers' responses compared, the log's checkpoint signed; and once, at the
/// start, users of large organizations read ahead.
struct Upkeep: Service {
    let ledger: IdentityLedger
    let fetcher: MetadataFetcher
    let metrics: Metrics
    let drifts: DriftBoard
    /// Where the newest checkpoint is kept; nil: nowhere.
    let checkpoints: KeptCheckpoint?
    let logger: Logger

    private static let period = Duration.seconds(60)
    private static let fetchesAtOnce = 8

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                // A slow metadata server holds up nothing else.
                group.addTask { await refreshAgainAndAgain() }
                group.addTask { await keepUp() }
                group.addTask {
                    await attempt("Users could not be read ahead") { try await readDirectoriesAhead() }
                }
            }
        }
        await ledger.summarizeRefusals(all: true)
        await attempt("The checkpoint could not be kept") { try await ledger.signCheckpoint(keepingIn: checkpoints, by: .system()) }
    }

    private func keepUp() async {
        var watch = ReaderWatch()
        while !Task.isCancelled {
            await attempt("Readers could not be looked at") { try careForReaders(&watch) }
            await attempt("The checkpoint could not be kept") { try await ledger.signCheckpoint(keepingIn: checkpoints, by: .system()) }
            await attempt("Certificates' ends could not be looked at") { metrics.set(try await ledger.noticeCertificateEnds()) }
            await attempt("Identity providers' responses could not be compared") { try await lookForDrift() }
            await ledger.summarizeRefusals()
            await attempt("Keys of people who are erased could not be destroyed yet") {
                try await Threads.reading.runIfActive { [ledger] in
                    try ledger.ledger.finishErasures()
                    try ledger.forgetErasedUsers()
                }
            }
            await attempt("Evidence past its retention could not be taken away") { try await ledger.expireEvidence() }
            try? await Task.sleep(for: Self.period)
        }
    }

    // One organization after another, so that the thread is free for others in between.
    private func readDirectoriesAhead() async throws {
        var last: Identifier?
        repeat {
            let after = last
            last = try await Threads.reading.runIfActive { [ledger] in try ledger.readDirectoryAhead(after: after) }
        } while last != nil && !Task.isCancelled
    }

    // Of a process that died the slot is freed; one that lives is somebody's to end.
    private func careForReaders(_ watch: inout ReaderWatch) throws {
        let cleared = try ledger.ledger.clearStaleReaders()
        if cleared > 0 {
            logger.notice("Snapshots of processes that died were let go", metadata: ["count": "\(cleared)"])
        }
        for reader in watch.look(try ledger.ledger.readers()) {
            logger.warning(
                "A process holds an old snapshot, and the ledger's file grows meanwhile",
                metadata: [
                    "process": "\(reader.process)", "commits": "\(reader.commitsBehind)",
                    "own": "\(reader.process == Int(ProcessInfo.processInfo.processIdentifier))",
                ])
        }
    }

    private func lookForDrift() async throws {
        let configured = try ledger.ledger.snapshot().organizations().filter(\.isConfigured).compactMap(\.identifier)
        for organization in drifts.due(configured, at: ledger.now) {
            guard !Task.isCancelled else { return }
            await attempt("An identity provider's responses could not be compared") {
                try await lookForDrift(of: organization)
            }
        }
    }

    private func lookForDrift(of organization: Identifier) async throws {
        do {
            let drift = try await Threads.reading.runIfActive { [ledger] in try ledger.drift(organization, by: .system()) }
            for found in drifts.set(drift.drifts, of: organization, at: ledger.now) {
                logger.notice(
                    "An identity provider's responses have changed",
                    metadata: ["organization": "\(organization)", "what": "\(found.what.rawValue)", "sequence": "\(found.first)"])
            }
        } catch {
            drifts.couldNotLook(organization, at: ledger.now)
            throw error
        }
    }

    private func attempt<Value>(_ failure: Logger.Message, _ work: () async throws -> Value) async {
        do { _ = try await work() } catch {
            guard !Task.isCancelled else { return }
            logger.warning(failure, metadata: ["code": "\(Problem(any: error, logger: logger).code)"])
        }
    }

    // MARK: - Metadata

    private func refreshAgainAndAgain() async {
        var plans: [Identifier: RefreshPlan] = [:]
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.period)
            guard !Task.isCancelled, let sources = try? ledger.refreshableMetadata() else { continue }
            let now = ledger.now
            var due: [(RefreshableMetadata, RefreshPlan)] = []
            var kept: [Identifier: RefreshPlan] = [:]
            for source in sources {
                var plan = plans[source.organization] ?? RefreshPlan(source, after: now)
                if plan.isDue(source, at: now) { due.append((source, plan)) }
                kept[source.organization] = plan
            }
            // Those whose organization or address is gone are forgotten.
            plans = kept
            for (organization, plan) in await refresh(due) { plans[organization] = plan }
        }
    }

    private func refresh(_ due: [(RefreshableMetadata, RefreshPlan)]) async -> [(Identifier, RefreshPlan)] {
        await withTaskGroup(of: (Identifier, RefreshPlan).self) { group in
            var done: [(Identifier, RefreshPlan)] = []
            var waiting = due[...]
            while !waiting.isEmpty || !group.isEmpty {
                while !group.isCancelled, let (source, plan) = waiting.first, due.count - waiting.count - done.count < Self.fetchesAtOnce {
                    waiting.removeFirst()
                    group.addTask { (source.organization, await refreshed(source, plan)) }
                }
                guard let finished = await group.next() else { break }
                done.append(finished)
            }
            return done
        }
    }

    private func refreshed(_ source: RefreshableMetadata, _ plan: RefreshPlan) async -> RefreshPlan {
        var plan = plan
        do {
            switch try await fetcher.fetch(source.metadataURL, unless: plan.validators) {
            case .unchanged: plan.succeeded(source, nil, at: ledger.now)
            case .document(let bytes, let validators):
                let view = try await ledger.refreshIdentityProvider(source.organization, metadata: bytes, by: .system())
                if view.isHeld {
                    logger.notice(
                        "Metadata changed in a way that waits for a person", metadata: ["organization": "\(source.organization)"])
                }
                plan.succeeded(source, validators, at: ledger.now)
            }
        } catch {
            // A fetch that the end of the server cut off says nothing about the identity provider.
            guard !Task.isCancelled else { return plan }
            let problem = Problem(any: error, logger: logger)
            logger.warning(
                "Metadata could not be refreshed",
                metadata: ["organization": "\(source.organization)", "code": "\(problem.code)"])
            // A failed refresh changes nothing (C39), but people can see that it failed.
            if plan.failed(source, reason: problem.detail, at: ledger.now) {
                await attempt("A failed refresh could not be recorded") {
                    try await ledger.recordRefreshFailure(source.organization, reason: problem.detail, by: .system())
                }
            }
        }
        return plan
    }
}
