import ArgumentParser
import Events
import Foundation
import IdentityLedger
import Replay

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Audits: decisions made again, and state made anew.",
        subcommands: [
            Reprove.self, WhatIfCommand.self, SearchCommand.self, State.self, DifferenceCommand.self, RebuildAll.self, DriftCommand.self,
        ])

    struct Reprove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Would every recorded verdict be given again?",
            discussion: """
                Examples: identity-ledger replay reprove
                          identity-ledger replay reprove ORG --user ann@example.com --since 2026-11-01T00:00:00Z
                          identity-ledger replay reprove --outcome expired
                """)
        @OptionGroup var common: CommonOptions
        @OptionGroup var logins: LoginOptions

        func run() async throws {
            let service = try await common.openReadOnly()
            let progress = Progress(of: try service.eventCount())
            let reproof = try Reproof(service, logins.selection) { progress($0) }
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
            let text = try StateAsOf.text(try await common.openReadOnly(), at: at, organization: organization)
            FileHandle.standardOutput.write(Data(text.utf8))
        }
    }

    struct RebuildAll: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rebuild", abstract: "Folds all events into new projections, compares them with the live ones, and swaps.")
        @OptionGroup var common: CommonOptions
        @Flag(help: "Compare only; nothing is swapped.") var dryRun = false
        func run() async throws {
            let service = try await (dryRun ? common.openReadOnly() : common.open(create: false))
            let progress = Progress(of: try service.eventCount())
            let rebuild = try await Rebuild(service, isDryRun: dryRun) { progress($0) }
            progress.end()
            if common.json { Output.facts(rebuild.json, asJSON: true) } else { tell(rebuild) }
            if !rebuild.equal { throw ExitStatus.doesNotHold }
        }

        private func tell(_ rebuild: Rebuild) {
            Output.facts(
                ["events": JSON(rebuild.events), "equal": .bool(rebuild.equal), "swapped": .bool(rebuild.swapped)], asJSON: false)
            for projection in rebuild.projections {
                Output.line("\(projection.name): \(projection.rows) rows, \(projection.isEqual ? "equal" : "different")")
            }
            for difference in rebuild.differences {
                Output.line(Output.clean(difference.detail))
                for member in difference.members {
                    Output.line(Output.clean("  \(member.name): \(member.before.text) becomes \(member.after.text)"))
                }
            }
            if rebuild.differencesLeftOut > 0 { Output.line("… and \(rebuild.differencesLeftOut) more.") }
        }
    }
}
