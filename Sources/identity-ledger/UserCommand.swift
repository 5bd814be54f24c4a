import ArgumentParser
import Events
import Identity
import IdentityLedger
import Ledger
import Projections

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "The people of an organization.",
        subcommands: [
            List.self, Show.self, Import.self, Convert.self, Revert.self, SetRole.self, Deactivate.self, Reactivate.self, Erase.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All users of an organization.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        func run() async throws {
            let items = try await common.openReadOnly().users(organization, page: .all, by: .commandLine()).items.map(\.json)
            Output.list(items, asJSON: common.json, columns: ["id", "email", "signInMethod", "active"])
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One user, now or at a moment.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "The e-mail address.") var email: String
        @Option(help: "A sequence number, or an instant as RFC 3339 has it.") var at: Moment?
        func run() async throws {
            let view = try await common.openReadOnly().user(organization, email: email, at: at, by: .commandLine())
            Output.facts(view.json, asJSON: common.json)
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Brings in existing users from a CSV file: all of it, or nothing.",
            discussion: "Columns: email, name, signInMethod (password or sso), and if wanted role and account.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "The CSV file; - for standard input.") var file: String
        func run() async throws {
            let service = try await common.open(create: false)
            guard let state = try service.ledger.snapshot().organization(organization) else {
                throw ServiceError(code: "organization_unknown", status: 404, detail: "There is no organization \(organization).")
            }
            let bytes = try contents(of: file, atMost: ImportFile.maximumByteCount)
            let users = try ImportFile.read(bytes, in: state)
            let imported = try await service.importUsers(organization, users, fromFile: bytes, by: .commandLine())
            Output.list(imported.map(\.json), asJSON: common.json, columns: ["id", "email", "signInMethod"])
        }
    }

    struct Convert: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Password users become single sign-on users: first one, after a test login the rest.",
            discussion: "Examples: identity-ledger user convert ORG ann@a.example\n          identity-ledger user convert ORG --all")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "E-mail addresses.") var emails: [String] = []
        @Flag(help: "Everybody who still has a password.") var all = false
        @Flag(help: "Even though no converted user has signed in yet.") var force = false
        func validate() throws {
            if all == !emails.isEmpty { throw ValidationError("Give e-mail addresses, or --all.") }
        }
        func run() async throws {
            let service = try await common.open(create: false)
            let changed = try await service.convert(organization, emails: all ? nil : emails, force: force, by: .commandLine())
            Output.facts(changed.json, asJSON: common.json)
        }
    }

    struct Revert: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Converted users go back to their password.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "E-mail addresses.") var emails: [String] = []
        @Flag(help: "Everybody who was converted.") var all = false
        func validate() throws {
            if all == !emails.isEmpty { throw ValidationError("Give e-mail addresses, or --all.") }
        }
        func run() async throws {
            let service = try await common.open(create: false)
            let changed = try await service.revertConversion(organization, emails: all ? nil : emails, by: .commandLine())
            Output.facts(changed.json, asJSON: common.json)
        }
    }

    struct SetRole: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "role", abstract: "Elevates or lowers a user in an account.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "The e-mail address.") var email: String
        @Argument(help: "The account's ID.") var account: Identifier
        @Argument(help: "member, administrator, owner, or none: out of the account.") var role: Role
        func run() async throws {
            let service = try await common.open(create: false)
            let user = try service.user(organization, email: email, by: .commandLine())
            let view = try await service.setRole(organization, user.id, account: account, role: role, by: .commandLine())
            Output.facts(view.json, asJSON: common.json)
        }
    }

    struct Deactivate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a user's access and sessions.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "The e-mail address.") var email: String
        func run() async throws { try await setActive(false, common, organization, email) }
    }

    struct Reactivate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives a user's access back.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "The e-mail address.") var email: String
        func run() async throws { try await setActive(true, common, organization, email) }
    }

    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Erases a person for good: the key of everything personal is destroyed.",
            discussion: "The events stay, and so do all hashes and proofs; who the person was can't be read from them any more.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The Organization ID.") var organization: Identifier
        @Argument(help: "The e-mail address.") var email: String
        func run() async throws {
            let service = try await common.open(create: false)
            let user = try service.user(organization, email: email, by: .commandLine())
            try await service.eraseUser(organization, user.id, by: .commandLine())
            let facts: JSON = ["id": .string(user.id.description), "erased": true]
            Output.facts(facts, asJSON: common.json)
        }
    }
}

private func setActive(_ isActive: Bool, _ common: CommonOptions, _ organization: Identifier, _ email: String) async throws {
    let service = try await common.open(create: false)
    let user = try service.user(organization, email: email, by: .commandLine())
    Output.facts(try await service.setActive(organization, user.id, isActive, by: .commandLine()).json, asJSON: common.json)
}
