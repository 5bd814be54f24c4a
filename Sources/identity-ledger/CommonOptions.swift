public import ArgumentParser
public import Events
import Foundation
public import HTTPFront
import Identity
public import IdentityLedger
public import Ledger

/// What every command takes: where the ledger is, its master key, and the public URL to record.
struct CommonOptions: ParsableArguments {
    @Option(help: "The ledger's directory (IDENTITY_LEDGER_DATA).")
    var data: String?

    @Option(help: "The file of the master key; else IDENTITY_LEDGER_MASTER_KEY, else master.key in the directory.")
    var masterKeyFile: String?

    @Option(name: .customLong("public-url"), help: "Where people reach the server; recorded when it is given.")
    var publicURL: String?

    // Read before the command line is parsed: Settings.swift.
    @Option(help: "A file of options that are not given here: lines of name = value, or a JSON object.")
    var config: String?

    @Flag(help: "Print facts as JSON.")
    var json = false

    var directory: String { data ?? environment("IDENTITY_LEDGER_DATA") ?? "./data" }

    private func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// How a ledger is opened, with the master key that was named.
    func options(directory: String, create: Bool = false, readOnly: Bool = false) -> IdentityLedger.Options {
        var options = IdentityLedger.Options(
            directory: directory, create: create, readOnly: readOnly, masterKeyFile: masterKeyFile,
            masterKeyText: masterKeyFile == nil ? environment("IDENTITY_LEDGER_MASTER_KEY") : nil)
        // A newer program makes its projections from the events; whoever serves meanwhile goes on.
        options.rebuilding = { done, head in
            if done % (1 << 17) < 4096 || done == head { Output.note("projections are made anew: \(done) of \(head) events") }
        }
        return options
    }

    /// Where checkpoints are kept outside of the ledger.
    func keptCheckpoints(in directory: String? = nil) -> KeptCheckpoint {
        KeptCheckpoint(directory: directory ?? self.directory + "/checkpoints")
    }

    /// Opens the ledger for a command that may write; makes it where there is none.
    func open(create: Bool) async throws -> IdentityLedger {
        let service = try IdentityLedger.open(options(directory: directory, create: create))
        if let made = service.ledger.madeMasterKey {
            Output.note("warning: the master key was made in \(made): keep a copy elsewhere, and not beside the ledger's backups")
        }
        if let publicURL { try await service.setPublicURL(publicURL, by: .commandLine()) }
        return service
    }

    /// Opens the ledger for a command that only reads; a public URL that is given and new is recorded before.
    func openReadOnly() async throws -> IdentityLedger {
        if let publicURL, try isNew(publicURL) { return try await open(create: false) }
        return try IdentityLedger.open(options(directory: directory, readOnly: true))
    }

    // Of one process a ledger is open once: this one is closed again.
    private func isNew(_ publicURL: String) throws -> Bool {
        try IdentityLedger.open(options(directory: directory, readOnly: true)).publicURL() != publicURL
    }
}

extension Identifier: ExpressibleByArgument {
    /// 32 lowercase hexadecimal digits.
    public init?(argument: String) { self.init(argument) }
}

extension Moment: ExpressibleByArgument {
    /// A sequence number or RFC 3339.
    public init?(argument: String) { self.init(argument) }
}

extension Instant: ExpressibleByArgument {
    /// RFC 3339.
    public init?(argument: String) { self.init(rfc3339: argument) }
}

extension KeyUse: ExpressibleByArgument {
    /// `encryption` or `signing`.
    public init?(argument: String) {
        guard let use = [KeyUse.encryption, .signing].first(where: { $0.name == argument }) else { return nil }
        self = use
    }
}

extension Role: ExpressibleByArgument {
    /// `member`, `administrator`, `owner`, or `none`: out of the account.
    public init?(argument: String) { self.init(name: argument) }
}

extension VerifierKey: ExpressibleByArgument {
    /// `NAME+ID+KEY`.
    public init?(argument: String) { self.init(argument) }
}

extension DNSServer: ExpressibleByArgument {
    /// An IPv4 address, and a port after a colon.
    public init?(argument: String) { self.init(argument) }
}

/// The bytes of a file; `-` is standard input.
func contents(of path: String) throws -> [UInt8] {
    if path == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    guard let data = FileManager.default.contents(atPath: path) else { throw unreadable(path) }
    return Array(data)
}

/// The bytes of a file that has a limit of its own: at most one more than that, which is enough for its reader to refuse it.
func contents(of path: String, atMost limit: Int) throws -> [UInt8] {
    guard let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path) else { throw unreadable(path) }
    var bytes: [UInt8] = []
    do {
        while bytes.count <= limit, let piece = try handle.read(upToCount: min(1 << 20, limit + 1 - bytes.count)), !piece.isEmpty {
            bytes += piece
        }
    } catch {
        throw unreadable(path)
    }
    return bytes
}

private func unreadable(_ path: String) -> ServiceError {
    ServiceError(
        code: "invalid_request", status: 422, detail: "The file \(path) can't be read.", remedy: "Look at its name and its permissions.")
}
