import ArgumentParser
import Events
import Foundation
import Identity
import IdentityLedger
import Ledger
import Replay

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Takes organizations and users over from another system, or from another ledger.",
        discussion: """
            Nothing is written without --apply: first look at what would be. The same again changes nothing.
            Metadata first, then the users: identity-ledger migrate metadata FOLDER --apply
                                            identity-ledger migrate users FILE.csv --apply
            """,
        subcommands: [Metadata.self, Users.self, LedgerExport.self])

    struct Metadata: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "An organization for each metadata file of a folder, named after the file.",
            discussion: """
                Example: identity-ledger migrate metadata ./metadata --names names.csv

                An organization that a migration made under the name is configured if it has no identity provider, or the same one; one that was \
                made otherwise only where the list has its Organization ID in place of the name.
                """)
        @OptionGroup var common: CommonOptions
        @OptionGroup var migration: MigrationOptions
        @Argument(help: "The folder; its files *.xml are read.") var folder: String
        @Option(help: "A CSV file of other names, columns: file, name, and if wanted entityID.") var names: String?

        func run() async throws {
            let names = try names.map { try MetadataNameFile.read(try contents(of: $0, atMost: MetadataNameFile.maximumByteCount)) } ?? []
            let (files, others) = try MetadataFolder.files(in: folder, names: names)
            if others > 0 { Output.note("\(others) other things in \(folder) are left out: their names don't end with .xml") }
            let service = try await migration.open(common)
            try await migration.run(common) { mode, progress, tell in
                try await service.migrateMetadata(files, mode, by: .commandLine(), progress: progress, tell: tell)
            }
        }
    }

    struct Users: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Existing users of many organizations, from a CSV file.",
            discussion: """
                Example: identity-ledger migrate users users.csv

                Columns: organization (its ID or its exact name), email, name, signInMethod (password or sso), and if wanted role and account. \
                Who is here already stays as they are.
                """)
        @OptionGroup var common: CommonOptions
        @OptionGroup var migration: MigrationOptions
        @Argument(help: "The CSV file; - for standard input.") var file: String

        func run() async throws {
            let bytes = try contents(of: file, atMost: ImportFile.maximumByteCount)
            let service = try await migration.open(common)
            try await migration.run(common) { mode, progress, tell in
                try await service.migrateUsers(bytes, mode, by: .commandLine(), progress: progress, tell: tell)
            }
        }
    }

    struct LedgerExport: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ledger", abstract: "The organizations of another ledger's export, into a ledger that has events already.",
            discussion: """
                Example: identity-ledger migrate ledger other.export --keys other.keys --keys-master-key-file other.master.key

                Their state is taken over, under the same IDs: accounts, identity provider, policy, keys, users and roles. Logins, sessions and proofs \
                stay in the export. Into an empty ledger `import` takes all of it.
                """)
        @OptionGroup var common: CommonOptions
        @OptionGroup var migration: MigrationOptions
        @Argument(help: "The export; - for standard input.") var file: String
        @Option(help: "The keys that were exported with it: without them users can't be taken over.") var keys: String?
        @Option(help: "The other ledger's master key, which those keys need.") var keysMasterKeyFile: String?
        @Option(help: "The verifier key that the export's checkpoint must be signed with, as /log/key gave it.") var logKey: VerifierKey?

        func validate() throws {
            if (keys == nil) != (keysMasterKeyFile == nil) {
                throw ValidationError("Give --keys and --keys-master-key-file together.")
            }
        }

        func run() async throws {
            let service = try await migration.open(common)
            guard try service.eventCount() > 0 else {
                throw ServiceError(
                    code: "conflict", status: 409, detail: "This ledger is empty.",
                    remedy: "Use `identity-ledger import \(file)`, which takes all of it, its logins and proofs too.")
            }
            do {
                let reading = Progress(of: 0)
                let export = try ExportFile(verifying: try ExportSource.opening(file), trusting: logKey) { reading($0) }
                let other = try await ExportedLedger(
                    export, keys: try keys.map { try contents(of: $0) },
                    options: { .init(directory: $0, create: true, masterKeyFile: keysMasterKeyFile) }, progress: { reading($0) })
                reading.end()
                try await migration.run(common) { mode, progress, tell in
                    try await service.migrateOrganizations(
                        of: other.service, hasKeys: keys != nil, origin: other.origin, mode, by: .commandLine(),
                        progress: { progress($0, 0) }, tell: tell)
                }
            } catch let refused as Transfer.Refused {
                Output.error(refused.description, hint: "Nothing was changed.")
                throw ExitStatus.doesNotHold
            }
        }
    }
}

/// What each migration takes, and how it is told.
struct MigrationOptions: ParsableArguments {
    @Flag(help: "Write it; else it is only shown.") var apply = false
    @Flag(help: "With --apply: write the rest where something is refused; else nothing is written then.") var skipRefused = false

    func validate() throws {
        if skipRefused && !apply { throw ValidationError("--skip-refused needs --apply.") }
    }

    func open(_ common: CommonOptions) async throws -> IdentityLedger {
        try await apply ? common.open(create: false) : common.openReadOnly()
    }

    /// Does it, telling each item as it is done, then the totals.
    func run(
        _ common: CommonOptions,
        _ migrate: (
            _ mode: MigrationMode, _ progress: (UInt64, UInt64) -> Void, _ tell: (MigrationItem) -> Void
        ) async throws -> MigrationTotals
    ) async throws {
        // Where the items themselves go by on the terminal, they are the progress.
        let showsProgress = isatty(STDOUT_FILENO) == 0
        var progress: Progress?
        let mode: MigrationMode = apply ? (skipRefused ? .skippingRefused : .whole) : .dryRun
        let totals = try await migrate(
            mode,
            { done, total in
                guard showsProgress else { return }
                if progress == nil { progress = Progress(of: total) }
                progress?(done)
            }, { Output.list([$0.json], asJSON: common.json, columns: ["outcome", "place", "detail"]) })
        progress?.end()
        tell(totals, asJSON: common.json)
        if totals[.refused] > 0 { throw ExitStatus.doesNotHold }
    }

    private func tell(_ totals: MigrationTotals, asJSON: Bool) {
        if asJSON {
            Output.line(totals.json.text)
        } else {
            let counts = MigrationItem.Outcome.allCases.filter { totals[$0] > 0 }.map { "\(totals[$0]) \($0.words(done: totals.applied))" }
            Output.line(counts.isEmpty ? "There is nothing in it." : counts.joined(separator: ", ") + ".")
        }
        let refused = totals[.refused]
        if apply && !totals.applied {
            Output.error(
                "Nothing was changed, since \(refused) \(refused == 1 ? "is" : "are") refused.",
                hint: "Correct what is refused, or take the rest with --skip-refused.")
        } else if refused > 0 && !apply {
            Output.note(
                "hint: Nothing was changed. Correct what is refused"
                    + (totals.changesSomething ? ", or write the rest with --apply --skip-refused." : "."))
        } else if !totals.changesSomething {
            Output.note("hint: Nothing \(apply ? "was" : "is to be") changed.")
        } else if !apply {
            Output.note("hint: Nothing was changed; with --apply it is written.")
        }
    }
}

extension MigrationItem.Outcome {
    fileprivate func words(done: Bool) -> String {
        switch self {
        case .created: done ? "created" : "to create"
        case .configured: done ? "configured" : "to configure"
        case .broughtIn: done ? "brought in" : "to bring in"
        case .unchanged: "unchanged"
        case .kept: "kept as they are"
        case .refused: "refused"
        }
    }
}
