import Foundation
import IdentityLedger

/// Files that hold personal data: made anew, and readable for their owner alone from the first moment.
enum PrivateFile {
    static func write(_ bytes: [UInt8], to path: String) throws {
        // Never through a link, and never into a file that somebody laid there.
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST
                ? ServiceError(code: "conflict", status: 409, detail: "The file \(path) is there already.", remedy: "Name another.")
                : ServiceError(
                    code: "invalid_request", status: 422, detail: "The file \(path) can't be made.",
                    remedy: "Look at its name and the permissions of its directory.")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
    }
}
