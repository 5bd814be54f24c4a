import ArgumentParser
import Events
import Foundation
import IdentityLedger
import Ledger
import Replay
import SAML

struct CheckBundleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-bundle", abstract: "Verifies an evidence bundle offline: needs no ledger.",
        discussion: """
            Example: identity-ledger check-bundle 42.tar --log-key log.example.com+1a2b3c4d+AQ…

            Without --log-key the key in the bundle is believed: then it shows only that the bundle agrees with itself.
            Exit status: 0 all of it holds, 1 something does not.
            """)
    @Argument(help: "The file, as “explain --bundle” made it; - for standard input.") var file: String
    @Option(help: "The verifier key, as /log/key gave it.") var logKey: VerifierKey?
    @Flag(help: "Print facts as JSON.") var json = false

    func run() async throws {
        let check = BundleCheck(try contents(of: file), trusting: logKey)
        if json {
            Output.facts(check.json, asJSON: true)
        } else {
            for step in check.steps {
                Output.line(Output.clean("\(step.ok ? "ok     " : "FAILS  ")\(step.name) (\(step.section)): \(step.detail)"))
            }
        }
        if !check.holds { throw ExitStatus.doesNotHold }
        if !check.keyWasGiven {
            Output.note("hint: the log's key is the bundle's own word: give --log-key as you had it from elsewhere")
        }
    }
}
