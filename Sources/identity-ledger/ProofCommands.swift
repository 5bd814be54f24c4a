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

struct CheckpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "Signs the log as it stands and keeps that; or lists what was signed.",
        discussion: "Example: identity-ledger checkpoint > kept.checkpoint")
    @OptionGroup var common: CommonOptions
    @Option(help: "Where it is kept outside the ledger; else “checkpoints” in the data directory.") var checkpointDirectory: String?
    @Flag(help: "Print what was signed so far, as JSON, one checkpoint a line.") var list = false

    func run() async throws {
        guard !list else {
            let items = try await common.openReadOnly().checkpoints(page: .all, by: .commandLine()).items
            return Output.list(items.map(\.json), asJSON: true, columns: ["size", "checkpoint"])
        }
        let service = try await common.open(create: false)
        guard let signed = try await service.signCheckpoint(keepingIn: common.keptCheckpoints(in: checkpointDirectory), by: .commandLine())
        else {
            throw ServiceError(
                code: "not_found", status: 404, detail: "The log has no name yet, or no key to sign with.",
                remedy: "Give --public-url once.")
        }
        guard common.json else { return FileHandle.standardOutput.write(Data(signed.note.utf8)) }
        Output.facts(signed.json, asJSON: true)
    }
}

struct ConsistencyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consistency", abstract: "That the log of one size is the beginning of that of another (RFC 6962).",
        discussion: "Example: identity-ledger consistency 100 --json > proof.json")
    @OptionGroup var common: CommonOptions
    @Argument(help: "Events of the smaller log.") var from: UInt64
    @Argument(help: "Events of the larger log; else as it stands.") var to: UInt64?

    func run() async throws {
        let view = try await common.openReadOnly().consistency(from: from, to: to, by: .commandLine())
        Output.facts(view.json, asJSON: common.json)
    }
}

struct CheckConsistencyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-consistency", abstract: "Verifies a consistency proof between two checkpoints offline: needs no ledger.",
        discussion:
            "Example: identity-ledger check-consistency old.checkpoint new.checkpoint proof.json --log-key log.example.com+1a2b3c4d+AQ…")
    @Argument(help: "The older checkpoint.") var old: String
    @Argument(help: "The newer checkpoint.") var new: String
    @Argument(help: "The proof, as “consistency --json” printed it; - for standard input.") var proof: String
    @Option(help: "The verifier key, as /log/key gave it.") var logKey: VerifierKey
    @Flag(help: "Print facts as JSON.") var json = false

    func run() async throws {
        let fault = try fault()
        Output.facts(["ok": .bool(fault == nil), "detail": JSON(fault)], asJSON: json)
        if fault != nil { throw ExitStatus.doesNotHold }
    }

    private func fault() throws -> String? {
        func checkpoint(_ file: String) throws -> Checkpoint? {
            Checkpoint.read(String(decoding: try contents(of: file), as: UTF8.self), trusting: logKey)
        }
        guard let old = try checkpoint(old) else { return "The older checkpoint has no valid signature of the key." }
        guard let new = try checkpoint(new) else { return "The newer checkpoint has no valid signature of the key." }
        let facts = try? JSON(parsing: Array(try contents(of: proof)))
        let hashes = (facts?["hashes"]?.arrayValue ?? []).compactMap { $0.stringValue.flatMap { [UInt8](hexadecimal: $0) } }
        let proof = ConsistencyProof(oldSize: old.size, size: new.size, hashes: hashes)
        return proof.holds(oldRoot: old.root, root: new.root)
            ? nil : "The proof does not lead from the older checkpoint to the newer one."
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
