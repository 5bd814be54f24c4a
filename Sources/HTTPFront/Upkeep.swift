import Events
import Identity
import IdentityLedger
import Logging
import ServiceLifecycle

/// What is due from time to time while the server runs: metadata fetched again (C39), refusals summed up (C50), evidence past
/// its retention taken away.
struct Upkeep: Service {
    let ledger: IdentityLedger
    let fetcher: MetadataFetcher
    let logger: Logger

    private static let period = Duration.seconds(60)
    /// After a start nobody's metadata is fetched at once: many organizations would be asked in the same moment.
    private static let firstDelaySeconds: Int64 = 300

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var due: [Identifier: Instant] = [:]
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.period)
                guard !Task.isCancelled else { break }
                await ledger.summarizeRefusals()
                await expireEvidence()
                await refresh(&due)
            }
        }
        await ledger.summarizeRefusals(all: true)
    }

    private func expireEvidence() async {
        do { try await ledger.expireEvidence() } catch {
            logger.warning("Evidence past its retention could not be taken away", metadata: ["code": "\(error.code)"])
        }
    }

    private func refresh(_ due: inout [Identifier: Instant]) async {
        let now = ledger.now
        guard let sources = try? ledger.refreshableMetadata() else { return }
        for source in sources {
            guard let moment = due[source.organization] else {
                due[source.organization] = now.adding(seconds: Self.firstDelaySeconds)
                continue
            }
            guard moment <= now, !Task.isCancelled else { continue }
            due[source.organization] = now.adding(seconds: Int64(source.hours) * 3600)
            await refresh(source.organization, from: source.metadataURL)
        }
    }

    private func refresh(_ organization: Identifier, from url: String) async {
        do {
            let bytes = try await fetcher.fetch(url)
            _ = try await ledger.refreshIdentityProvider(organization, metadata: bytes, by: .system())
        } catch {
            // A fetch that the end of the server cut off says nothing about the identity provider.
            guard !Task.isCancelled else { return }
            let problem = Problem(any: error, logger: logger)
            logger.warning(
                "Metadata could not be refreshed",
                metadata: ["organization": "\(organization)", "code": "\(problem.code)"])
            // A failed refresh changes nothing (C39), but people can see that it failed.
            try? await ledger.recordRefreshFailure(organization, reason: problem.detail, by: .system())
        }
    }
}
