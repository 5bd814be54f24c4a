import ArgumentParser
import Events
import HTTPFront
import IdentityLedger

struct DomainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "domain", abstract: "An organization's e-mail domains, proved by a DNS record.",
        discussion: """
            Example: identity-ledger organization domain show ORG example.com
                     (set the TXT record that it names)
                     identity-ledger organization domain verify ORG example.com
            """,
        subcommands: [List.self, Show.self, Verify.self, Remove.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The domains that were proved.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        func run() async throws {
            let items = try await common.openReadOnly().domains(organization, page: .all, by: .commandLine()).items
            Output.list(items.map(\.json), asJSON: common.json, columns: ["domain", "verified"])
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The TXT record that proves a domain.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "The domain.") var domain: String
        func run() async throws {
            let view = try await common.openReadOnly().domain(domain, organization, by: .commandLine())
            Output.facts(view.json, asJSON: common.json)
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Asks DNS for the record, and records that the domain is proved.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "The domain.") var domain: String
        @Option(help: "Ask this server, ADDRESS or ADDRESS:PORT, instead of the machine's.") var dnsServer: DNSServer?
        func run() async throws {
            let service = try await common.open(create: false)
            let wanted = try service.domain(domain, organization, by: .commandLine())
            let records = try await TextRecords(server: dnsServer).records(of: wanted.recordName)
            let view = try await service.verifyDomain(domain, organization, records: records, by: .commandLine())
            Output.facts(view.json, asJSON: common.json)
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The domain is no longer the organization's.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "The domain.") var domain: String
        func run() async throws {
            let service = try await common.open(create: false)
            try await service.removeDomain(domain, organization, by: .commandLine())
            let facts: JSON = ["domain": .string(domain), "removed": true]
            Output.facts(facts, asJSON: common.json)
        }
    }
}
