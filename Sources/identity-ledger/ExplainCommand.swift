import ArgumentParser
import IdentityLedger
import Replay

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "The story of one event: of a login each check, what it rested on, what it caused.",
        discussion: """
            Example: identity-ledger explain 42

            A refusal's reference is the sequence to give.
            """)
    @OptionGroup var common: CommonOptions
    @Argument(help: "The event's sequence.") var sequence: UInt64

    func run() async throws {
        let explanation = try Explanation(try await common.openReadOnly(), sequence, by: .commandLine())
        guard !common.json else { return Output.facts(explanation.json, asJSON: true) }
        for line in explanation.lines { Output.line(Output.clean(line)) }
    }
}
