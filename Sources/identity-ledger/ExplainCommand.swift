import ArgumentParser
import Events
import IdentityLedger
import Replay

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "The story of one event: of a login each check, what it rested on, what it caused.",
        discussion: """
            Examples: identity-ledger explain 42
                      identity-ledger explain 42 --bundle 42.tar

            A refusal's reference is the sequence to give. A bundle is a tar file with all that shows the event, which an outsider
            verifies offline: by its verify.sh with openssl and xmlsec1, or with “check-bundle”. It holds personal data.
            """)
    @OptionGroup var common: CommonOptions
    @Argument(help: "The event's sequence.") var sequence: UInt64
    @Option(help: "Write an evidence bundle to this file instead; it must not be there yet.") var bundle: String?

    func run() async throws {
        let service = try await common.openReadOnly()
        if let bundle { return try write(try Replay.Bundle(service, sequence, by: .commandLine()), to: bundle) }
        let explanation = try Explanation(service, sequence, by: .commandLine())
        guard !common.json else { return Output.facts(explanation.json, asJSON: true) }
        for line in explanation.lines { Output.line(Output.clean(line)) }
    }

    private func write(_ bundle: Replay.Bundle, to file: String) throws {
        let bytes = bundle.bytes
        try PrivateFile.write(bytes, to: file)
        let facts: JSON = [
            "sequence": JSON(bundle.sequence), "file": .string(file), "bytes": JSON(UInt64(bytes.count)),
            "response": .bool(bundle.hasResponse), "files": .array(bundle.names.map(JSON.string)),
        ]
        Output.facts(facts, asJSON: common.json)
        Output.note("warning: the bundle holds personal data; only you can read the file")
        if !bundle.hasResponse { Output.note("note: the response is not in it: its README.md says why") }
    }
}
