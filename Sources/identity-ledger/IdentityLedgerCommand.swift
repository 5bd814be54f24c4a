import ArgumentParser
import Foundation
import IdentityLedger

@main
struct IdentityLedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity-ledger",
        abstract: "Single sign-on by SAML 2.0, as a ledger.",
        discussion: """
            Begin with:
              identity-ledger organization create "Example" --public-url http://127.0.0.1:8080
              identity-ledger token create --role operator
              identity-ledger serve --listen 127.0.0.1:8080 --public-url http://127.0.0.1:8080
            """,
        version: "identity-ledger \(ProgramVersion.text)\n"
            + ProgramVersion.libraries.map { "\($0.name) \($0.version)" }.joined(separator: "\n"),
        subcommands: [
            DemoCommand.self, ServeCommand.self, OrganizationCommand.self, AccountCommand.self, UserCommand.self, TokenCommand.self,
            EventsCommand.self,
            LoginsCommand.self, ExplainCommand.self, InspectCommand.self, VerifyCommand.self, RepairCommand.self, CheckpointCommand.self,
            ProofCommand.self,
            CheckProofCommand.self, CheckBundleCommand.self,
            ConsistencyCommand.self, CheckConsistencyCommand.self, ReplayCommand.self, ReportCommand.self,
            ExportCommand.self, ImportCommand.self, MigrateCommand.self, BackupCommand.self, StatsCommand.self, RotateMasterKeyCommand.self,
            TemplatesCommand.self,
        ])

    static func main() async {
        ProcessLimits.forbidCoreDumps()
        ProcessLimits.surviveFullDisks()
        ProcessLimits.shareArenas()
        do {
            let arguments = try Settings.completed(
                Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment
            ) { CommandOptions(of: Self.self) }
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Output.end(error, parser: Self.self)
        }
    }
}
