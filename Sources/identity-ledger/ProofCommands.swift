import ArgumentParser
import Events
import Foundation
import IdentityLedger
import Ledger

struct ProofCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proof", abstract: "That an event is in the log: a file that verifies offline (C2SP tlog-proof).",
        discussion: "Example: identity-ledger proof 42 > 42.tlog-proof")
    @OptionGroup var common: CommonOptions
    @Argument(help: "The event's sequence.") var sequence: UInt64

    func run() async throws {
        let service = try await common.openReadOnly()
        let proof = try service.proof(of: sequence, by: .commandLine())
        guard common.json else { return FileHandle.standardOutput.write(Data(proof.text.utf8)) }
        let facts: JSON = [
            "sequence": JSON(sequence), "index": JSON(proof.index),
            "leafHash": JSON(try service.ledger.snapshot().leafHash(sequence)?.hexadecimal),
            "hashes": .array(proof.hashes.map { .string($0.hexadecimal) }), "checkpoint": .string(proof.checkpoint),
        ]
        Output.facts(facts, asJSON: true)
    }
}

struct CheckProofCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-proof", abstract: "Verifies a proof offline: needs no ledger.",
        discussion: "Example: identity-ledger check-proof 42.tlog-proof --leaf-hash 5f… --log-key log.example.com+1a2b3c4d+AQ…")
    @Argument(help: "The file; - for standard input.") var file: String
    @Option(help: "The event's leaf hash, hexadecimal, as `events` gives it.") var leafHash: String
    @Option(help: "The verifier key, as /log/key gave it.") var logKey: VerifierKey
    @Flag(help: "Print facts as JSON.") var json = false

    func validate() throws {
        if [UInt8](hexadecimal: leafHash)?.count != 32 { throw ValidationError("--leaf-hash is 64 hexadecimal digits.") }
    }

    func run() async throws {
        let text = String(decoding: try contents(of: file), as: UTF8.self)
        let fault =
            LogProof(text).map { $0.fault(leafHash: [UInt8](hexadecimal: leafHash) ?? [], trusting: logKey) } ?? "The file is no proof."
        let facts: JSON = ["ok": .bool(fault == nil), "detail": JSON(fault)]
        Output.facts(facts, asJSON: json)
        if fault != nil { throw ExitStatus.doesNotHold }
    }
}
