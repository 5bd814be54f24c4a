import ArgumentParser
import IdentityLedger

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Figures: events by type, bytes by database, evidence, free pages, readers.",
        discussion: """
            Example: identity-ledger stats --json

            A reader that stays many commits behind keeps the file growing: end its process if nothing ends by itself.
            """)
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let service = try await common.openReadOnly()
        let progress = Progress(of: try service.eventCount())
        let statistics = try service.statistics { progress($0) }
        progress.end()
        Output.facts(statistics.json, asJSON: common.json)
    }
}
