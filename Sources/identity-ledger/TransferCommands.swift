import ArgumentParser
import Events
import Foundation
import IdentityLedger
import Ledger
import Replay

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "The ledger, or one organization of it, as one file; the keys of personal data apart or not at all.",
        discussion: """
            Examples: identity-ledger export ledger.export --keys ledger.keys
                      identity-ledger export example.export --organization ORG
                      identity-ledger export tuesday.export --from 120001

            With --from the file goes on where an earlier one ended: import them in their order.
            """)
    @OptionGroup var common: CommonOptions
    @Argument(help: "The file to make; it must not be there yet.") var file: String
    @Option(help: "A file for the keys of personal data, wrapped by the master key. Keep it apart.") var keys: String?
    @Option(help: "Only this organization's events.") var organization: Identifier?
    @Option(name: .customLong("from"), help: "The first event to export; what came before is in an earlier file.") var first: UInt64 = 1

    func run() async throws {
        let service = try await common.openReadOnly()
        // Both names are looked at before either file is made.
        for file in [file, keys].compactMap({ $0 }) { try refuseExisting(file) }
        let handle = try makeFile(file)
        do {
            let progress = Progress(of: try service.eventCount())
            let facts = try Transfer.export(service, organization: organization, from: first, progress: { progress($0) }) {
                try handle.write(contentsOf: Data($0))
            }
            progress.end()
            try handle.synchronize()
            if let keys {
                let handle = try makeFile(keys)
                try handle.write(contentsOf: Data(try KeyTransfer.export(service, organization: organization)))
                try handle.synchronize()
            }
            Output.facts(facts, asJSON: common.json)
        } catch {
            try? FileManager.default.removeItem(atPath: file)
            throw error
        }
    }

    private func refuseExisting(_ file: String) throws {
        guard FileManager.default.fileExists(atPath: file) else { return }
        throw ServiceError(code: "conflict", status: 409, detail: "The file \(file) is there already.", remedy: "Name another.")
    }

    private func makeFile(_ file: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: file, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: file)
        else {
            throw ServiceError(
                code: "invalid_request", status: 422, detail: "The file \(file) can't be made.", remedy: "Look at its directory.")
        }
        return handle
    }
}

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes an export into an empty ledger; verifies all of it before anything is written.",
        discussion: """
            Example: identity-ledger import ledger.export --keys ledger.keys --data ./copy --master-key-file master.key

            One organization's events are numbered anew. Without --keys the ledger gets keys of its own, and personal members stay null. A file that \
            goes on where another ended is imported after it. With --through the ledger becomes what it was at that event or instant.
            """)
    @OptionGroup var common: CommonOptions
    @Argument(help: "The export; - for standard input.") var file: String
    @Option(help: "The keys that were exported with it; they need the same master key.") var keys: String?
    @Option(help: "The verifier key that the export's checkpoint must be signed with, as /log/key gave it.") var logKey: VerifierKey?
    @Option(help: "The last event to take, by its sequence or an instant (RFC 3339); what came later is left out.") var through: Moment?

    func run() async throws {
        var hasBegun = false
        do {
            let verifying = Progress(of: 0)
            let export = try ExportFile(verifying: try ExportSource.opening(file), trusting: logKey) { verifying($0) }
            verifying.end()
            let keys = try keys.map { try KeyTransfer.read(try contents(of: $0), for: common.directory) }
            // Before the keys are written, which need no ledger yet.
            if FileManager.default.fileExists(atPath: common.directory + "/ledger/data.mdb") {
                let present = try IdentityLedger.open(common.options(directory: common.directory, readOnly: true))
                _ = try await Transfer.present(export, in: present)
            }
            try keys?.write()
            // The public URL is an event: it comes after the imported ones.
            var before = common
            before.publicURL = nil
            let service = try await before.open(create: true)
            let progress = Progress(of: export.count)
            hasBegun = true
            let facts = try await Transfer.append(export, through: through, to: service) { progress($0) }
            progress.end()
            if let url = common.publicURL { try await service.setPublicURL(url, by: .commandLine()) }
            Output.facts(facts, asJSON: common.json)
        } catch let refused as Transfer.Refused {
            Output.error(
                refused.description,
                hint: hasBegun ? "What was imported before stays; the same command goes on from there." : "Nothing was imported.")
            throw ExitStatus.doesNotHold
        }
    }
}

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "A hot copy of the log, as of one commit; the keys of personal data apart or not at all.",
        discussion: """
            Example: identity-ledger backup /backups/log --keys /elsewhere/keys

            To restore: put the directories “ledger” and “keys” side by side into a data directory.
            """)
    @OptionGroup var common: CommonOptions
    @Argument(help: "The directory to make; it becomes a data directory.") var directory: String
    @Option(help: "Another directory, for the keys of personal data, wrapped by the master key.") var keys: String?

    func run() async throws {
        let log = directory + "/ledger"
        guard !FileManager.default.fileExists(atPath: log + "/data.mdb") else {
            throw ServiceError(
                code: "conflict", status: 409, detail: "There is a ledger in \(directory) already.", remedy: "Name another directory.")
        }
        let service = try await common.openReadOnly()
        try FileManager.default.createDirectory(
            atPath: log, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try service.ledger.copyLog(to: log)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: log + "/data.mdb")
        // After the log: a key is durable before the first event that needs it, so none is missing.
        if let keys { try KeyTransfer.copy(service, to: keys) }
        // What was copied, not what is there by now: each event and hash of it, since nobody looks at a backup before it is needed.
        let copy = try IdentityLedger.open(.init(directory: directory, readOnly: true))
        let snapshot = try copy.ledger.snapshot()
        let progress = Progress(of: snapshot.head)
        let findings = try LogVerification(snapshot) { progress($0) }.findings
        progress.end()
        for finding in findings { Output.note("error: event \(finding.sequence): \(finding.detail)") }
        if !findings.isEmpty { throw ExitStatus.doesNotHold }
        Output.facts(
            [
                "directory": .string(directory), "keys": JSON(keys), "events": JSON(snapshot.head),
                "root": .string(try snapshot.root().hexadecimal),
            ], asJSON: common.json)
    }
}
