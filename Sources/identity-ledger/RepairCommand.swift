import ArgumentParser
import IdentityLedger
import Ledger
import Replay

struct RepairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair", abstract: "Makes projections, indexes and the tree's hashes anew from the events, and says what it did.",
        discussion: """
            Example: identity-ledger repair --json

            Events, and what lies beside them, can't be made anew: what is wrong with these is said, and stays. So does a hash that doesn't hold, \
            unless a checkpoint that was signed proves that the events below it are right.
            """)
    @OptionGroup var common: CommonOptions
    @Option(help: "Where checkpoints are kept outside the ledger; else “checkpoints” in the data directory.") var checkpointDirectory:
        String?

    func run() async throws {
        let service = try await common.open(create: false)
        let progress = Progress(of: try service.eventCount())
        let kept = common.keptCheckpoints(in: checkpointDirectory).readAll()
        let repair = try await Repair(service, kept: kept) { progress($0) }
        progress.end()
        Output.facts(repair.json, asJSON: common.json)
        if !repair.ok { throw ExitStatus.doesNotHold }
    }
}
