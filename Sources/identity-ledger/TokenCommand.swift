import ArgumentParser
import Events
import IdentityLedger

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens for the administration API; stored only as digests.",
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a token and shows it, once.",
            discussion: "Example: identity-ledger token create --role operator --expires-in 90d")
        @OptionGroup var common: CommonOptions
        @Option(help: "operator or auditor.") var role: String
        @Option(help: "Good for this organization only.") var organization: Identifier?
        @Option(name: .customLong("expires-in"), help: "For example 30d, 12h or 45m; without it: never.") var expiresIn: String?
        func validate() throws {
            if !["operator", "auditor"].contains(role) { throw ValidationError("--role is operator or auditor.") }
            if let expiresIn, seconds(expiresIn) == nil { throw ValidationError("--expires-in is a number and s, m, h or d.") }
        }
        func run() async throws {
            let service = try await common.open(create: true)
            let end = expiresIn.flatMap(seconds).map { service.now.adding(seconds: $0) }
            let token = try await service.issueToken(role: role, organization: organization, expiresAt: end, by: .commandLine())
            Output.facts(token.json, asJSON: common.json)
        }
        private func seconds(_ text: String) -> Int64? {
            let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
            guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), (1...1_000_000).contains(count) else {
                return nil
            }
            return unit * count
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All tokens; never the tokens themselves.")
        @OptionGroup var common: CommonOptions
        func run() async throws {
            let items = try await common.openReadOnly().tokens(by: .commandLine()).map(\.json)
            Output.list(items, asJSON: common.json, columns: ["id", "role", "expiresAt", "revoked"])
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a token.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The token's ID.") var token: Identifier
        func run() async throws {
            try await common.open(create: false).revokeToken(token, by: .commandLine())
            Output.note("revoked \(token)")
        }
    }
}
