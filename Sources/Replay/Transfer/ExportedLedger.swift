public import Events
public import IdentityLedger
import Ledger

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An export as a ledger of its own, for as long as somebody looks into it. It lies in a directory that is made for it, and goes away with it;
/// personal data in it stays sealed, and its keys wrapped by their master key.
public final class ExportedLedger {
    /// The ledger.
    public let service: IdentityLedger
    /// What says that an event was taken from it: its root hash and its size, as the file's first line has them.
    public let origin: EventOrigin
    private let directory: String

    /// Imports a file that was verified.
    ///
    /// - Parameters:
    ///   - keys: The file of keys that belongs to it; nil: none, and personal data stays closed.
    ///   - options: How a ledger in a directory is opened: with the master key that wraps those keys.
    ///   - progress: Told how many events of the file are read.
    /// - Throws: ``Transfer/Refused``, `ServiceError`.
    public init(
        _ file: ExportFile, keys: [UInt8]?, options: (_ directory: String) -> IdentityLedger.Options,
        progress: (UInt64) -> Void = { _ in }
    ) async throws {
        guard let root = file.facts["root"]?.stringValue.flatMap({ [UInt8](hexadecimal: $0) }), root.count == 32, file.first == 1 else {
            throw Transfer.Refused(description: "The file goes on where another ended; organizations are taken from a whole one.")
        }
        let size = (file.facts["size"] ?? JSON(file.count)).integerValue ?? 0
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("identity-ledger-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        do {
            if let keys { try KeyTransfer.read(keys, for: directory).write() }
            service = try IdentityLedger.open(options(directory))
            _ = try await Transfer.append(file, to: service, progress: progress)
        } catch {
            try? FileManager.default.removeItem(atPath: directory)
            throw error
        }
        origin = .ledger(root: root, sequence: UInt64(clamping: size))
        self.directory = directory
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }
}
