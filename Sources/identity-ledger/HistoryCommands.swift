import ArgumentParser
import Events
import IdentityLedger

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Reads the ledger.", discussion: "Example: identity-ledger events --from 1 --follow --json")
    @OptionGroup var common: CommonOptions
    @Option(help: "Only this organization's.") var organization: Identifier?
    @Option(help: "Only of the user with this e-mail address or ID.") var user: String?
    @Option(help: "The first sequence number.") var from: UInt64 = 1
    @Flag(help: "Go on as events are appended.") var follow = false
    @Option(help: "Begin after what was printed under this name before, and keep how far it came.") var consumer: String?

    func run() async throws {
        let service = try await (consumer == nil ? common.openReadOnly() : common.open(create: false))
        var next = try consumer.map { max(from, try service.position(of: $0, by: .commandLine()) + 1) } ?? from
        repeat {
            let filter = EventFilter(organization: organization, from: next, user: user)
            let items = try service.events(filter, page: PageRequest(limit: 1000), by: .commandLine()).items
            Output.list(items, asJSON: common.json, columns: ["sequence", "recordedAt", "type", "organization"])
            if let last = items.last?["sequence"]?.integerValue {
                next = UInt64(last) + 1
                if let consumer { try await service.setPosition(UInt64(last), of: consumer, by: .commandLine()) }
            }
            if items.isEmpty {
                if !follow { return }
                try await Task.sleep(for: .milliseconds(250))
            }
        } while true
    }
}

struct LoginsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logins", abstract: "Login history: every assertion, accepted or refused, with its reason.")
    @OptionGroup var common: CommonOptions
    @Argument(help: "The Organization ID.") var organization: Identifier
    @Option(help: "Only of the user with this e-mail address or ID.") var user: String?
    @Option(help: "Only from this instant on, as RFC 3339 has it.") var since: Instant?
    func run() async throws {
        let items = try await common.openReadOnly().logins(organization, user: user, since: since, page: .all, by: .commandLine()).items
        Output.list(items.map(\.json), asJSON: common.json, columns: ["sequence", "recordedAt", "outcome", "code", "email"])
    }
}
