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
                      identity-ledger explain 42 --reproducer .

            A refusal's reference is the sequence to give. A bundle is a tar file with all that shows the event, which an outsider
            verifies offline: by its verify.sh with openssl and xmlsec1, or with “check-bundle”. It holds personal data.
            A reproducer is the login with nobody in it, signed anew by a test key, with the same verdict: for a bug report, or as a
            fixture. Look through it before you hand it on: names of elements and comments' punctuation stay.
            """)
    @OptionGroup var common: CommonOptions
    @Argument(help: "The event's sequence.") var sequence: UInt64
    @Option(help: "Write an evidence bundle to this file instead; it must not be there yet.") var bundle: String?

    @Option(help: "Write two files into this directory instead: the login blanked and signed anew, and the test key's metadata.")
    var reproducer: String?

    func validate() throws {
        if bundle != nil, reproducer != nil { throw ValidationError("Give --bundle or --reproducer.") }
    }

    func run() async throws {
        let service = try await common.openReadOnly()
        if let bundle { return try write(try Replay.Bundle(service, sequence, by: .commandLine()), to: bundle) }
        if let reproducer { return try write(try Reproduction(service, sequence, by: .commandLine()), to: reproducer) }
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

    private func write(_ reproduction: Reproduction, to directory: String) throws {
        let name = "\(directory)/\(reproduction.reproducer.expected)-\(sequence)"
        try PrivateFile.write(reproduction.reproducer.bytes, to: name + ".response")
        if let metadata = reproduction.metadata { try PrivateFile.write(metadata, to: name + ".metadata.xml") }
        let facts: JSON = [
            "sequence": JSON(sequence), "expected": .string(reproduction.reproducer.expected), "response": .string(name + ".response"),
            "metadata": reproduction.metadata == nil ? .null : .string(name + ".metadata.xml"),
        ]
        Output.facts(facts, asJSON: common.json)
        let trust = reproduction.metadata == nil ? "" : " --metadata \(name).metadata.xml"
        Output.note("hint: identity-ledger inspect \(name).response\(trust) gives the same verdict")
    }
}
