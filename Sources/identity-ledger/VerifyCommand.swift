import ArgumentParser
import Events
import Foundation
import IdentityLedger
import Ledger
import Replay

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks everything that can be checked.",
        discussion: """
            Examples: identity-ledger verify --only events,tree --json
                      identity-ledger verify --checkpoint kept --log-key log.example.com+1a2b3c4d+AQ…

            With events,tree alone, what is inside an event's body is not read: the tree proves its bytes.
            Without --checkpoint, the one that the server keeps in the data directory is compared.
            """)
    @OptionGroup var common: CommonOptions
    @Option(help: "Of events, tree, evidence, projections, separated by commas.") var only: String?
    @Option(help: "A checkpoint that was kept: nothing before it may have changed. - for standard input.") var checkpoint: String?
    @Option(help: "The verifier key that the checkpoint must be signed with, as /log/key gave it; else this ledger's own.")
    var logKey: VerifierKey?

    // The process that does it finds the kept checkpoint there; nothing where there is none.
    private static let inside = "IDENTITY_LEDGER_VERIFY_CHILD"
    private static let largestCheckpoint = 1 << 16

    private var parts: Set<Verification.Part>? {
        guard let only else { return Set(Verification.Part.allCases) }
        let parts = only.split(separator: ",").map { Verification.Part(rawValue: String($0)) }
        return parts.isEmpty || parts.contains(nil) ? nil : Set(parts.compactMap { $0 })
    }

    func validate() throws {
        if parts == nil { throw ValidationError("--only takes events, tree, evidence and projections, separated by commas.") }
        if logKey != nil, checkpoint == nil { throw ValidationError("--log-key goes with --checkpoint.") }
    }

    func run() async throws {
        guard let note = ProcessInfo.processInfo.environment[Self.inside] else { return try runApart() }
        Self.endWithParent()
        let service: IdentityLedger
        do { service = try await common.openReadOnly() } catch let error as ServiceError where error.isDamage {
            return try reportDamage(error.detail)
        }
        let verification: Verification
        do { verification = try verify(service, note) } catch {
            guard let detail = Self.damage(error) else { throw error }
            return try reportDamage(detail)
        }
        Output.facts(verification.json, asJSON: common.json)
        if !verification.ok { throw ExitStatus.doesNotHold }
    }

    private func verify(_ service: IdentityLedger, _ note: String) throws -> Verification {
        let progress = Progress(of: try service.eventCount())
        defer { progress.end() }
        let own = common.keptCheckpoints().read()
        return try Verification(service, parts: parts ?? [], kept: (checkpoint == nil ? nil : note) ?? own, trusting: logKey) {
            progress($0)
        }
    }

    // However the one that asked is ended, its end of the pipe is closed then; this process is in a group of its own, which Ctrl-C does not reach.
    private static func endWithParent() {
        Thread.detachNewThread {
            _ = try? FileHandle.standardInput.readToEnd()
            Foundation.exit(ExitStatus.doesNotHold.rawValue)
        }
    }

    // A damaged page can kill the process that reads it: then the one that asked survives, and says so.
    private func runApart() throws {
        let note = try checkpoint.map { try contents(of: $0) } ?? []
        guard note.count <= Self.largestCheckpoint, !note.contains(0) else {
            throw ServiceError(
                code: "invalid_request", status: 422, detail: "The file of --checkpoint is no checkpoint.",
                remedy: "Name a file that /log/checkpoint gave.")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = Array(CommandLine.arguments.dropFirst())
        // Where a page ends it, the stack tells an operator nothing.
        let additional = [Self.inside: String(decoding: note, as: UTF8.self), "SWIFT_BACKTRACE": "enable=no"]
        process.environment = ProcessInfo.processInfo.environment.merging(additional) { $1 }
        let lifeline = Pipe()
        process.standardInput = lifeline
        try process.run()
        process.waitUntilExit()
        withExtendedLifetime(lifeline) {}
        if process.terminationReason == .exit { throw ExitCode(process.terminationStatus) }
        try reportDamage("A page of the ledger is damaged: reading it ended the checking process (signal \(process.terminationStatus)).")
    }

    // What was opened and can't be read to its end does not hold. Who is only busy, or may not read, is told so.
    private static func damage(_ error: any Error) -> String? {
        switch error {
        case let error as LedgerError where error.code == .damaged || error.code == .inputOutput: error.message
        case let error as ServiceError where error.code == "ledger_unavailable": error.detail
        default: nil
        }
    }

    private func reportDamage(_ detail: String) throws {
        let finding: JSON = ["sequence": 0, "kind": "damaged", "detail": .string(detail)]
        let facts: JSON = ["ok": false, "events": nil, "root": nil, "checkpoint": nil, "findings": [finding]]
        Output.facts(facts, asJSON: common.json)
        Output.error(detail, hint: "Stop writing to it, and restore a backup.")
        throw ExitStatus.doesNotHold
    }
}
