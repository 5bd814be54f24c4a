import ArgumentParser
import Events
import Identity
import IdentityLedger

struct DifferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "difference", abstract: "What is otherwise in an organization at a later moment than at an earlier one.",
        discussion: """
            Examples: identity-ledger replay difference ORG --from 2026-11-01T00:00:00Z
                      identity-ledger replay difference ORG --from 120 --to 180 --user ann@example.com

            Compared are the name, identity provider, policy, accounts, domains and keys of the organization; of its people who came, went or were
            erased, their address, sign-in method and roles. Names, attributes, sessions, tokens and setup links are not: “events” has them.
            """)
    @OptionGroup var common: CommonOptions
    @Argument(help: "The Organization ID.") var organization: Identifier
    @Option(help: "The earlier moment: a sequence number, or an instant as RFC 3339 has it.") var from: Moment
    @Option(help: "The later one; now, where it isn't given.") var to: Moment?
    @Option(help: "Only this user: an ID or an e-mail address.") var user: String?

    func run() async throws {
        let view = try await common.openReadOnly().differences(organization, from: from, to: to, user: user, by: .commandLine())
        guard !common.json else { return Output.facts(view.json, asJSON: true) }
        for difference in view.differences { Output.line(Output.clean(difference.detail)) }
        if view.differences.isEmpty {
            Output.line("Nothing of what is compared is otherwise between event \(view.from) and event \(view.to).")
        }
        if view.peopleLeftOut > 0 { Output.note("\(view.peopleLeftOut) more people had events: narrow the moments, or name a user.") }
    }
}
