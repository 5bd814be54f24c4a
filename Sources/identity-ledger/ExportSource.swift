import Foundation
import IdentityLedger
import Replay

/// Where an export is read from: it is read twice, so standard input goes into a file first.
enum ExportSource {
    /// - Parameter path: `-` is standard input.
    static func opening(_ path: String) throws -> () throws -> ExportFile.Source {
        if path != "-" { return { try read(path) } }
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("identity-ledger-\(UUID().uuidString)").path
        guard FileManager.default.createFile(atPath: copy, contents: nil, attributes: [.posixPermissions: 0o600]),
            let writer = FileHandle(forWritingAtPath: copy), let reader = FileHandle(forReadingAtPath: copy)
        else { throw unreadable(path) }
        // It has no name any more, and ends with this process.
        try FileManager.default.removeItem(atPath: copy)
        while let piece = try FileHandle.standardInput.read(upToCount: 1 << 20), !piece.isEmpty { try writer.write(contentsOf: piece) }
        return {
            try reader.seek(toOffset: 0)
            return { Array(try reader.read(upToCount: $0) ?? Data()) }
        }
    }

    private static func read(_ path: String) throws -> ExportFile.Source {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw unreadable(path) }
        return { Array(try handle.read(upToCount: $0) ?? Data()) }
    }

    private static func unreadable(_ path: String) -> ServiceError {
        ServiceError(
            code: "invalid_request", status: 422, detail: "The file \(path) can't be read.", remedy: "Look at its name and its permissions."
        )
    }
}
