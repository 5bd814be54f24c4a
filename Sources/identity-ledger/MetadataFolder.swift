import Events
import Foundation
import Identity
import IdentityLedger

/// A folder of metadata files, one for each organization. Only regular files of it are read, none of them before it is its turn.
enum MetadataFolder {
    // No document may be larger (C37).
    private static let maximumByteCount = 2 << 20
    private static let maximumCount = 100_000

    /// The files `*.xml` in the order of their names, whose organizations have the names of the files, or those of a list.
    ///
    /// - Returns: Those, and how many others there are.
    static func files(in folder: String, names: [MetadataNameFile.Entry]) throws -> (files: [MetadataFile], others: Int) {
        guard let all = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw refused("The folder \(folder) can't be read.")
        }
        let found = all.filter { $0.lowercased().hasSuffix(".xml") }.sorted()
        guard found.count <= maximumCount else {
            throw refused("The folder has \(found.count) metadata files; at most \(maximumCount) are read at once.")
        }
        let listed = Dictionary(names.map { ($0.file, $0) }) { first, _ in first }
        var files = found.map { file in
            MetadataFile(
                file: file, organization: listed[file]?.name ?? String(file.dropLast(4)), entityID: listed[file]?.entityID
            ) { try read(folder + "/" + file) }
        }
        let present = Set(found)
        files += names.filter { !present.contains($0.file) }.map { entry in
            MetadataFile(file: entry.file, organization: entry.name) { throw refused("The list names this file; the folder has none.") }
        }
        return (files, all.count - found.count)
    }

    private static func read(_ path: String) throws -> [UInt8] {
        // Never through a link, and never waiting for a pipe.
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ELOOP
                ? refused("It is a symbolic link. Put the file itself there.")
                : refused("It can't be read. Look at its permissions.")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw refused("It is no regular file.") }
        var bytes: [UInt8] = []
        do {
            while bytes.count <= maximumByteCount, let piece = try handle.read(upToCount: maximumByteCount + 1 - bytes.count),
                !piece.isEmpty
            {
                bytes += piece
            }
        } catch {
            throw refused("It can't be read.")
        }
        guard bytes.count <= maximumByteCount else {
            throw refused("It has more than \(maximumByteCount >> 20) MiB, which no identity provider's metadata has.")
        }
        return bytes
    }

    private static func refused(_ detail: String) -> ServiceError {
        ServiceError(code: "invalid_request", status: 422, detail: detail)
    }
}
