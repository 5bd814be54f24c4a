import ArgumentParser
import Events
import HTTPFront
import Identity
import IdentityLedger

struct OrganizationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organization", abstract: "Customers: each with an identity provider, accounts and users.",
        subcommands: [
            Create.self, List.self, Show.self, Rename.self, Configure.self, Refresh.self, Approve.self, SetupLink.self, PolicyOf.self,
            Keys.self, DomainCommand.self, RestoreCommand.self,
        ])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an organization and its first account, of the same name.",
            discussion: "Example: identity-ledger organization create \"Example\" --json")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The organization's name.") var name: String
        func run() async throws {
            let service = try await common.open(create: true)
            Output.facts(try await service.createOrganization(name: name, by: .commandLine()).json, asJSON: common.json)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All organizations.")
        @OptionGroup var common: CommonOptions
        func run() async throws {
            let items = try await common.openReadOnly().organizations(page: .all, by: .commandLine()).items.map(\.json)
            Output.list(items, asJSON: common.json, columns: ["id", "name"])
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One organization, now or at a moment.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Option(help: "A sequence number, or an instant as RFC 3339 has it.") var at: Moment?
        func run() async throws {
            let view = try await common.openReadOnly().organization(organization, at: at, by: .commandLine())
            Output.facts(view.json, asJSON: common.json)
        }
    }

    struct Configure: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes the identity provider's metadata, from a file or a URL.",
            discussion: "Example: identity-ledger organization configure ORG --metadata idp.xml")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Option(help: "A file, - for standard input, or a URL.") var metadata: String
        @Option(name: .customLong("entity-id"), help: "Which identity provider, where the document describes several.") var entityID:
            String?
        @Option(help: "A file with the certificate that the metadata must be signed with, now and whenever it is fetched again.")
        var metadataCertificate: String?
        @Flag(help: "Let the URL lead to loopback and private addresses.") var allowPrivateMetadata = false
        func run() async throws {
            let signer = try metadataCertificate.map { path in
                guard let der = IdentityLedger.certificateBytes(String(decoding: try contents(of: path), as: UTF8.self)) else {
                    throw ServiceError(
                        code: "invalid_request", status: 422, detail: "The file \(path) holds no certificate.",
                        remedy: "Give one as PEM, or as base64.")
                }
                return der
            }
            let service = try await common.open(create: false)
            let isURL = metadata.contains("://")
            let bytes =
                isURL
                ? try await MetadataFetcher(allowPrivate: allowPrivateMetadata).fetch(metadata) : try contents(of: metadata)
            let view = try await service.configureIdentityProvider(
                organization, metadata: bytes, metadataURL: isURL ? metadata : nil, entityID: entityID, signer: signer,
                by: .commandLine())
            Output.facts(view.json, asJSON: common.json)
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives an organization another name.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "The name.") var name: String
        func run() async throws {
            let service = try await common.open(create: false)
            Output.facts(try await service.renameOrganization(organization, to: name, by: .commandLine()).json, asJSON: common.json)
        }
    }

    struct Refresh: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetches the metadata from its URL again, now.",
            discussion: "New keys are taken; another entity ID or host, or the loss of the key last used, waits for `approve`.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Flag(help: "Let the URL lead to loopback and private addresses.") var allowPrivateMetadata = false
        func run() async throws {
            let service = try await common.open(create: false)
            let url = try service.metadataURL(organization, by: .commandLine())
            let bytes = try await MetadataFetcher(allowPrivate: allowPrivateMetadata).fetch(url)
            let view = try await service.refreshIdentityProvider(organization, metadata: bytes, by: .commandLine())
            Output.facts(view.json, asJSON: common.json)
            if view.isHeld { throw ExitStatus.doesNotHold }
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes the change of the metadata that waits for a person.",
            discussion: "What it is, `organization refresh ORG` says, and the event IdentityProviderRefreshed.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Option(help: "The event that was looked at; another one that waits by now is not taken.") var event: UInt64?
        func run() async throws {
            let service = try await common.open(create: false)
            Output.facts(
                try await service.approveRefresh(organization, event: event, by: .commandLine()).json, asJSON: common.json)
        }
    }

    struct SetupLink: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "setup-link", abstract: "A one-time link for the customer's administrator; or revokes one.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Option(help: "The ID of a link that is to open nothing any more; its session ends too.") var revoke: Identifier?
        func run() async throws {
            let service = try await common.open(create: false)
            if let revoke {
                try await service.revokeSetupLink(organization, revoke, by: .commandLine())
                let facts: JSON = ["id": .string(revoke.description), "revoked": true]
                return Output.facts(facts, asJSON: common.json)
            }
            Output.facts(try await service.issueSetupLink(organization, by: .commandLine()).json, asJSON: common.json)
        }
    }

    struct Keys: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The keys that decrypt assertions and sign requests; adds the next one, retires an old one.",
            discussion: """
                Example, a rollover: identity-ledger organization keys ORG --add encryption
                                     (let the identity provider take our metadata again)
                                     identity-ledger organization keys ORG --retire KEY
                """)
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Option(help: "encryption or signing.") var add: KeyUse?
        @Option(help: "A key's ID.") var retire: Identifier?

        func validate() throws {
            if add != nil, retire != nil { throw ValidationError("Give --add or --retire, not both.") }
        }

        func run() async throws {
            let keys: [ServiceProviderKeyView]
            if let add {
                keys = try await common.open(create: false).addServiceProviderKey(organization, add, by: .commandLine())
            } else if let retire {
                keys = try await common.open(create: false).retireServiceProviderKey(organization, retire, by: .commandLine())
            } else {
                keys = try await common.openReadOnly().serviceProviderKeys(organization, by: .commandLine())
            }
            Output.list(keys.map(\.json), asJSON: common.json, columns: ["id", "use", "retired"])
        }
    }

    struct PolicyOf: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "policy", abstract: "Shows the policy, or changes members of it.",
            discussion:
                "Example: identity-ledger organization policy ORG --set allowUnsolicited=false allowedEmailDomains=a.example,b.example")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Option(name: .customLong("set"), parsing: .upToNextOption, help: "Members to change.") var assignments: [String] = []
        func run() async throws {
            if assignments.isEmpty {
                return Output.facts(try await common.openReadOnly().policy(organization, by: .commandLine()), asJSON: common.json)
            }
            let patch = try PolicyDocument.patch(assignments: assignments)
            let service = try await common.open(create: false)
            Output.facts(try await service.changePolicy(organization, patch: patch, by: .commandLine()), asJSON: common.json)
        }
    }
}

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Workspaces of the application, under an organization.", subcommands: [Create.self, List.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds an account.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "The account's name.") var name: String
        func run() async throws {
            let service = try await common.open(create: false)
            Output.facts(try await service.addAccount(organization, name: name, by: .commandLine()).json, asJSON: common.json)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The organization's accounts.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        func run() async throws {
            let items = try await common.openReadOnly().accounts(organization, page: .all, by: .commandLine()).items.map(\.json)
            Output.list(items, asJSON: common.json, columns: ["id", "name"])
        }
    }
}
