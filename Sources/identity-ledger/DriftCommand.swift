import ArgumentParser
import Events
import IdentityLedger

struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "What is otherwise in an identity provider's responses since a day, before it breaks.",
        discussion: """
            Example: identity-ledger replay drift ORG --since 2026-11-25T00:00:00Z

            The newest responses since then are held against the 200 before. Exit status 1: something is otherwise.
            """)
    @OptionGroup var common: CommonOptions
    @Argument(help: "The Organization ID.") var organization: Identifier
    @Option(help: "From when on a response is one of now, as RFC 3339 has it; the last 24 hours if not given.") var since: Instant?

    func run() async throws {
        let view = try await common.openReadOnly().drift(organization, since: since, by: .commandLine())
        if common.json {
            Output.facts(view.json, asJSON: true)
        } else {
            Output.line("\(view.after) responses since \(view.since.rfc3339Seconds), \(view.before) before.")
            for drift in view.drifts {
                Output.line(Output.clean("\(drift.what.rawValue): \(drift.before) -> \(drift.since)"))
                Output.line(Output.clean("  \(drift.count) logins, the first is \(drift.first) at \(drift.firstAt.rfc3339Seconds)"))
                Output.line(Output.clean("  \(drift.remedy)"))
            }
            if view.drifts.isEmpty { Output.line("Nothing is otherwise.") }
        }
        if !view.drifts.isEmpty { throw ExitStatus.doesNotHold }
    }
}
