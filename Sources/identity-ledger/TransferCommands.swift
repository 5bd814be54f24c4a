import ArgumentParser
import Events
import Foundation
import IdentityLedger
import Ledger
import Replay

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "The whole ledger as one file; without the keys of personal data.",
        discussion: "Example: identity-ledger export ledger.export")
    @OptionGroup var common: CommonOptions
    @Argument(help: "The file to make; it must not be there yet.") var file: String
    func run() async throws {
        let service = try common.openReadOnly()
        guard !FileManager.default.fileExists(atPath: file),
            FileManager.default.createFile(atPath: file, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: file)
        else {
            throw ServiceError(
                code: "conflict", status: 409, detail: "The file \(file) is there already, or can't be made.", remedy: "Name another.")
        }
        let facts = try Transfer.export(service) { try handle.write(contentsOf: Data($0)) }
        try handle.synchronize()
        Output.facts(facts, asJSON: common.json)
    }
}

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes an export into an empty ledger; verifies all of it before anything is written.",
        discussion: "Example: identity-ledger import ledger.export --data ./copy")
    @OptionGroup var common: CommonOptions
    @Argument(help: "The export; - for standard input.") var file: String
    func run() async throws {
        let bytes = try contents(of: file)
        let service = try await common.open(create: true)
        do {
            Output.facts(try await Transfer.import(bytes, into: service), asJSON: common.json)
        } catch let refused as Transfer.Refused {
            Output.error(refused.description, hint: "Nothing was imported.")
            throw ExitStatus.doesNotHold
        } catch let damaged as EventError {
            Output.error(damaged.detail, hint: "Nothing was imported.")
            throw ExitStatus.doesNotHold
        }
    }
}

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "A hot copy of the log, as of one commit; without the keys of personal data.",
        discussion: "Example: identity-ledger backup /backups/2026-11-25")
    @OptionGroup var common: CommonOptions
    @Argument(help: "The directory to make; it becomes a data directory.") var directory: String
    func run() async throws {
        let log = directory + "/ledger"
        guard !FileManager.default.fileExists(atPath: log + "/data.mdb") else {
            throw ServiceError(code: "conflict", status: 409, detail: "There is a ledger in \(directory) already.", remedy: "Name another directory.")
        }
        try FileManager.default.createDirectory(
            atPath: log, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let service = try common.openReadOnly()
        try service.ledger.copyLog(to: log)
        Output.facts(["directory": .string(directory), "events": JSON(try service.eventCount())], asJSON: common.json)
    }
}
