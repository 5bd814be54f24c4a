import Foundation
import IdentityLedger
import Replay

/// Where an export is read from. It is read twice, from the same open file; what can't be read twice goes into one first.
enum ExportSource {
    /// - Parameter path: `-` is standard input.
    static func opening(_ path: String) throws -> () throws -> ExportFile.Source {
        guard let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path) else { throw unreadable(path) }
        let isFile = path != "-" && (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType == .typeRegular
        let file = isFile ? handle : try copied(handle, path)
        return {
            try file.seek(toOffset: 0)
            return { Array(try file.read(upToCount: $0) ?? Data()) }
        }
    }

    private static func copied(_ source: FileHandle, _ path: String) throws -> FileHandle {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("identity-ledger-\(UUID().uuidString)").path
        guard FileManager.default.createFile(atPath: copy, contents: nil, attributes: [.posixPermissions: 0o600]),
            let writer = FileHandle(forWritingAtPath: copy), let reader = FileHandle(forReadingAtPath: copy)
        else { throw unreadable(path) }
        // It has no name any more, and ends with this process.
        try FileManager.default.removeItem(atPath: copy)
        while let piece = try source.read(upToCount: 1 << 20), !piece.isEmpty { try writer.write(contentsOf: piece) }
        return reader
    }

    private static func unreadable(_ path: String) -> ServiceError {
        ServiceError(
            code: "invalid_request", status: 422, detail: "The file \(path) can't be read.", remedy: "Look at its name and its permissions."
        )
    }
}
