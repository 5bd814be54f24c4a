import ArgumentParser
import Events
import Foundation
import HTTPFront
import Identity
import IdentityLedger
import Ledger
import Projections

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Reports for those who must answer for access.", subcommands: [Access.self, Anomalies.self])

    struct Access: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Who could sign in in a period, who did, what changed of that and by whom.",
            discussion: """
                Examples: identity-ledger report access ORG --from 2026-10-01T00:00:00Z --to 2027-01-01T00:00:00Z --html q4.html
                          identity-ledger report access ORG --csv > people.csv
                          identity-ledger report access --csv --changes > changes.csv

                Without an organization: all of them, one after the other.
                """)
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID; without it, every organization.") var organization: Identifier?
        @Option(help: "Only from this instant on, as RFC 3339 has it.") var from: Instant?
        @Option(help: "Only before this instant.") var to: Instant?
        @Flag(help: "The people as comma-separated values; with --changes the changes.") var csv = false
        @Flag(help: "With --csv: every change, one a row.") var changes = false
        @Option(help: "Write the report as a document to print, one organization's.") var html: String?

        func validate() throws {
            if [csv, html != nil, common.json].count(where: { $0 }) > 1 { throw ValidationError("Give one of --csv, --html, --json.") }
            if changes, !csv { throw ValidationError("--changes needs --csv.") }
            if html != nil, organization == nil { throw ValidationError("--html needs the organization.") }
        }

        func run() async throws {
            let service = try await common.openReadOnly()
            let period = ReportPeriod(from: from, to: to)
            let organizations = try organization.map { [$0] } ?? service.ledger.snapshot().organizations().compactMap(\.identifier)
            if csv { Output.row(CSV.row(changes ? AccessChange.columns : UserAccess.columns)) }
            let progress = Progress(of: try service.eventCount())
            for organization in organizations {
                if changes {
                    try printChanges(organization, period, service)
                } else {
                    let report = try service.accessReport(organization, period, by: .commandLine()) { progress($0) }
                    try show(report)
                }
            }
            // What belongs to no organization, such as tokens for all of them.
            if changes, organization == nil { try printChanges(nil, period, service) }
            progress.end()
        }

        private func show(_ report: AccessReport) throws {
            if csv {
                for user in report.users { Output.row(user.csv(report.organization, report.accounts)) }
            } else if let html {
                try write(try ReportDocument.html(report), to: html)
            } else if common.json {
                Output.facts(report.json, asJSON: true)
            } else {
                for line in report.lines { Output.line(line.map(Output.clean).joined(separator: "\t")) }
            }
        }

        private func printChanges(_ organization: Identifier?, _ period: ReportPeriod, _ service: IdentityLedger) throws {
            var after: UInt64? = 0
            while let last = after {
                let page = try service.accessChanges(organization, period, after: last, by: .commandLine())
                for change in page.changes { Output.row(change.csv(organization)) }
                after = page.next
            }
        }

        private func write(_ text: String, to path: String) throws {
            if path == "-" { return Output.line(text) }
            try PrivateFile.write(Array(text.utf8), to: path)
        }
    }

    struct Anomalies: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What is worth a look: refusals in bursts, elevations after a change of the identity provider, and the like.",
            discussion: "Example: identity-ledger report anomalies ORG --from 2026-11-01T00:00:00Z")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Option(help: "Only from this instant on, as RFC 3339 has it.") var from: Instant?
        @Option(help: "Only before this instant.") var to: Instant?

        func run() async throws {
            let service = try await common.openReadOnly()
            let progress = Progress(of: try service.eventCount())
            let found = try service.anomalies(organization, ReportPeriod(from: from, to: to), by: .commandLine()) { progress($0) }
            progress.end()
            Output.list(
                found.map(\.json), asJSON: common.json, columns: ["recordedAt", "severity", "kind", "detail", "email", "sequences"])
        }
    }
}
