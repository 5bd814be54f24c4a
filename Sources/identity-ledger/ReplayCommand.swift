import ArgumentParser
import Events
import Foundation
import IdentityLedger
import Replay
import SAML

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Audits: decisions made again, and state made anew.",
        subcommands: [Reprove.self, WhatIfCommand.self, State.self, RebuildAll.self])

    struct Reprove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Would every recorded verdict be given again?",
            discussion: """
                Examples: identity-ledger replay reprove
                          identity-ledger replay reprove ORG --user ann@example.com --since 2026-11-01T00:00:00Z
                          identity-ledger replay reprove --outcome expired
                """)
        @OptionGroup var common: CommonOptions
        @Argument(help: "Only this organization's logins.") var organization: Identifier?
        @Option(help: "Only this user's, of the organization: an ID or an e-mail address.") var user: String?
        @Option(help: "Only from this instant on, as RFC 3339 has it.") var since: Instant?
        @Option(help: "Only before this instant.") var until: Instant?
        @Option(help: "accepted, refused, or a refusal's code.") var outcome: String?
        @Option(help: "Only responses of this identity provider, by its entity ID.") var identityProvider: String?

        func validate() throws {
            if user != nil, organization == nil { throw ValidationError("--user needs the organization.") }
            if let outcome, !["accepted", "refused"].contains(outcome), RefusalCode(rawValue: outcome) == nil {
                throw ValidationError("There is no outcome “\(outcome)”: accepted, refused, or a refusal's code.")
            }
        }

        func run() async throws {
            let service = try await common.openReadOnly()
            let progress = Progress(of: try service.eventCount())
            let selection = LoginSelection(
                organization: organization, user: user, since: since, until: until, outcome: outcome, identityProvider: identityProvider)
            let reproof = try Reproof(service, selection) { progress($0) }
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
