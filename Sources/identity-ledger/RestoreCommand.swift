import ArgumentParser
import Events
import Identity
import IdentityLedger

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Brings the configuration, policy or roles back to what they were, by appending events.",
        discussion: """
            Examples: identity-ledger organization restore ORG --at 2026-11-01T00:00:00Z
                      identity-ledger organization restore ORG --at 120 --only identity-provider --apply

            Without --apply only the difference is shown; the exit status is 1 where it can't be brought back. Users who came later keep
            their roles; nobody who was deactivated or erased comes back.
            """)
    @OptionGroup var common: CommonOptions
    @Argument(help: "The Organization ID.") var organization: Identifier
    @Option(help: "A sequence number, or an instant as RFC 3339 has it.") var at: Moment
    @Option(help: "identity-provider, policy, roles: some of them, separated by commas.") var only: String?
    @Flag(help: "Append the events; else the difference is only shown.") var apply = false

    func validate() throws { _ = try parts() }

    func run() async throws {
        let service = try await (apply ? common.open(create: false) : common.openReadOnly())
        let plan = try service.restorationPlan(organization, to: at, parts: try parts(), by: .commandLine())
        let view = apply ? try await service.restore(plan, by: .commandLine()) : plan.view
        if common.json {
            Output.facts(view.json, asJSON: true)
        } else {
            tell(view)
        }
        if view.refusal != nil { throw ExitStatus.doesNotHold }
    }

    private func tell(_ view: RestorationView) {
        for difference in view.differences { Output.line(Output.clean(difference.detail)) }
        for sentence in view.kept { Output.line(Output.clean(sentence)) }
        if let refusal = view.refusal {
            Output.line("It can't be brought back: \(Output.clean(refusal.description)) (\(refusal.code))")
        } else if view.differences.isEmpty {
            Output.line("It is as it was after event \(view.at); nothing was appended.")
        } else if view.events.isEmpty {
            Output.note("hint: Nothing was changed; with --apply it is brought back to what it was after event \(view.at).")
        } else {
            Output.line("events: \(view.events.map(String.init).joined(separator: ", "))")
        }
    }

    private func parts() throws -> Set<RestorablePart> {
        guard let only else { return Set(RestorablePart.allCases) }
        let parts = only.split(separator: ",").map { (name: $0, part: RestorablePart(rawValue: String($0))) }
        if let unknown = parts.first(where: { $0.part == nil }) {
            throw ValidationError("There is no part “\(unknown.name)”: identity-provider, policy, roles.")
        }
        guard !parts.isEmpty else { throw ValidationError("--only names no part: identity-provider, policy, roles.") }
        return Set(parts.compactMap(\.part))
    }
}
