#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Checkpoints kept outside the ledger's environment, so that a ledger rolled back to an old copy is noticed: `latest`, and each one under the
/// number of its leaves.
public struct KeptCheckpoint: Sendable {
    private let directory: String
    private var path: String { directory + "/latest" }

    /// - Parameter directory: It may lie on another disk, or another machine's.
    public init(directory: String) { self.directory = directory }

    /// The note; nil: none was kept yet.
    public func read() -> String? { FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } }

    /// Every note that is kept, in no order.
    public func readAll() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { UInt64($0) != nil }.compactMap { name in
            FileManager.default.contents(atPath: "\(directory)/\(name)").map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Keeps another: beside the earlier ones, and in the place of the newest; each whole or not at all.
    public func write(_ note: String, size: UInt64) throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for file in ["\(directory)/\(size)", path] { try Data(note.utf8).write(to: URL(filePath: file), options: .atomic) }
    }
}

extension Snapshot {
    /// What does not hold of a note that was kept: who signed it, and whether this log goes on from it. nil: it holds.
    public func fault(of note: String, trusting key: VerifierKey) throws -> String? {
        guard let (kept, _) = Checkpoint.parse(note) else { return "The file is no checkpoint." }
        guard kept.origin == key.origin else {
            return "The checkpoint is one of the log “\(kept.origin)”, not of “\(key.origin)”."
        }
        guard Checkpoint.read(note, trusting: key) != nil else { return "The checkpoint has no valid signature of the key \(key.text)." }
        guard kept.size <= head else { return "The checkpoint covers \(kept.size) events; this ledger has \(head)." }
        do { if try root(size: kept.size) == kept.root { return nil } } catch let error as LedgerError where error.code == .damaged {
            return "The checkpoint of \(kept.size) events can't be compared. \(error.message)"
        }
        return "The first \(kept.size) events are not those of the checkpoint."
    }
}
