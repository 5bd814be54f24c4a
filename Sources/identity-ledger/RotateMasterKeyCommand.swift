import ArgumentParser
import Events
import IdentityLedger
import Ledger

struct RotateMasterKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-master-key", abstract: "Has another master key wrap all keys; the former one opens nothing any more.",
        discussion: """
            Example: identity-ledger rotate-master-key --to /etc/identity-ledger/master-2.key

            Servers that run must be started again with the new key: until then they answer 503, and lose nothing. Backups of the keys that were \
            made before still need the former key.
            """)
    @OptionGroup var common: CommonOptions
    @Option(name: .customLong("to"), help: "The new master key's file; made, with mode 0600, where there is none.") var target: String

    func run() async throws {
        let service = try await common.open(create: false)
        try service.ledger.rotateMasterKey(toFile: target)
        Output.note("hint: from now on name the new key with --master-key-file \(target), also where the server starts")
        Output.facts(["masterKeyFile": .string(target)], asJSON: common.json)
    }
}
