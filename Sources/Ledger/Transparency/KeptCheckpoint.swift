#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The newest checkpoint, kept outside the ledger's environment, so that a ledger rolled back to an old copy is noticed.
public struct KeptCheckpoint: Sendable {
    private let directory: String
    private var path: String { directory + "/latest" }

    /// - Parameter directory: It may lie on another disk, or another machine's.
    public init(directory: String) { self.directory = directory }

    /// The note; nil: none was kept yet.
    public func read() -> String? { FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } }

    /// Puts another in its place, whole or not at all.
    public func write(_ note: String) throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try Data(note.utf8).write(to: URL(filePath: path), options: .atomic)
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
        if try root(size: kept.size) == kept.root { return nil }
        return "The first \(kept.size) events are not those of the checkpoint."
    }
}
