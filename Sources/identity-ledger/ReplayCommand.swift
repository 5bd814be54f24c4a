import ArgumentParser
import Events
import Foundation
import IdentityLedger
import Replay

/// Runs this program again with other arguments, and hands its output through.
///
/// A damaged page can kill the process that reads it: then the one that asked survives, and says so.
private func runAgain(_ arguments: [String], environment: [String: String]) throws -> (reason: Process.TerminationReason, status: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    try process.run()
    process.waitUntilExit()
    return (process.terminationReason, process.terminationStatus)
}

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks everything that can be checked.",
        discussion: "Example: identity-ledger verify --only events,tree --json")
    @OptionGroup var common: CommonOptions
    @Option(help: "Of events, tree, evidence, projections, separated by commas.") var only: String?
    @Option(help: "A checkpoint that was kept: nothing before it may have changed.") var checkpoint: String?

    private static let inside = "IDENTITY_LEDGER_VERIFY_CHILD"

    private var parts: Set<Verification.Part>? {
        guard let only else { return Set(Verification.Part.allCases) }
        let parts = only.split(separator: ",").map { Verification.Part(rawValue: String($0)) }
        return parts.contains(nil) ? nil : Set(parts.compactMap { $0 })
    }

    func validate() throws {
        if parts == nil { throw ValidationError("--only takes events, tree, evidence and projections, separated by commas.") }
    }

    func run() async throws {
        if ProcessInfo.processInfo.environment[Self.inside] == nil {
            let ended = try runAgain(Array(CommandLine.arguments.dropFirst()), environment: [Self.inside: "1"])
            if ended.reason == .exit { throw ExitCode(ended.status) }
            let detail = "A page of the ledger is damaged: reading it ended the checking process (signal \(ended.status))."
            let finding: JSON = ["sequence": 0, "kind": "damaged", "detail": .string(detail)]
            let facts: JSON = ["ok": false, "events": nil, "root": nil, "checkpoint": nil, "findings": [finding]]
            Output.facts(facts, asJSON: common.json)
            Output.error(detail, hint: "Stop writing to it, and restore a backup.")
            throw ExitStatus.doesNotHold
        }
        let note = try checkpoint.map { String(decoding: try contents(of: $0), as: UTF8.self) }
        let service = try common.openReadOnly()
        let progress = Progress(of: try service.eventCount())
        let verification = try Verification(service.ledger, parts: parts ?? [], checkpoint: note) { progress($0) }
        progress.end()
        Output.facts(verification.json, asJSON: common.json)
        if !verification.ok { throw ExitStatus.doesNotHold }
    }
}

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Audits: decisions made again, and state made anew.",
        subcommands: [Reprove.self, WhatIfCommand.self, State.self, RebuildAll.self])

    struct Reprove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Would every recorded verdict be given again?")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Only this organization's logins.") var organization: Identifier?
        @Option(help: "Only from this instant on, as RFC 3339 has it.") var since: Instant?
        func run() async throws {
            let service = try common.openReadOnly()
            let progress = Progress(of: try service.eventCount())
            let reproof = try Reproof(service, organization: organization, since: since) { progress($0) }
            progress.end()
            Output.facts(reproof.json, asJSON: common.json)
            if reproof.different > 0 { throw ExitStatus.doesNotHold }
        }
    }

    struct State: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The whole state at a moment, in a canonical order.")
        @OptionGroup var common: CommonOptions
        @Option(help: "A sequence number, or an instant as RFC 3339 has it.") var at: Moment?
        @Option(help: "Only this organization.") var organization: Identifier?
        func run() async throws {
            let text = try StateAsOf.text(try common.openReadOnly(), at: at, organization: organization)
            FileHandle.standardOutput.write(Data(text.utf8))
        }
    }

    struct RebuildAll: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rebuild", abstract: "Folds all events into new projections, compares them with the live ones, and swaps.")
        @OptionGroup var common: CommonOptions
        func run() async throws {
            let service = try await common.open(create: false)
            let progress = Progress(of: try service.eventCount())
            let rebuild = try await Rebuild(service) { progress($0) }
            progress.end()
            Output.facts(rebuild.json, asJSON: common.json)
            if !rebuild.equal { throw ExitStatus.doesNotHold }
        }
    }
}
