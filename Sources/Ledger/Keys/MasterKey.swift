import Crypto
import Events

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The key that wraps all others: from the environment, a named file, or `master.key` in the data directory.
enum MasterKey {
    /// - Returns: The key, and the path of the file that was made for it, if one was.
    static func load(_ options: LedgerOptions) throws(LedgerError) -> (key: SymmetricKey, made: String?) {
        if let text = options.masterKeyText { return (try parse(text, "the environment"), nil) }
        let path = options.masterKeyFile ?? options.directory + "/master.key"
        if let text = try read(path) { return (try parse(text, path), nil) }
        guard options.create, !options.readOnly, options.masterKeyFile == nil else {
            throw LedgerError(
                .masterKeyMissing, "The master key is not in \(path).",
                remedy: "Name its file with --master-key-file, or put it into IDENTITY_LEDGER_MASTER_KEY.")
        }
        let bytes = options.random(32)
        try write(path, bytes.hexadecimal + "\n")
        return (SymmetricKey(data: bytes), path)
    }

    private static func parse(_ text: String, _ place: String) throws(LedgerError) -> SymmetricKey {
        let digits = text.filter { !$0.isWhitespace }
        guard digits.utf8.count == 64, let bytes = [UInt8](hexadecimal: digits) else {
            throw LedgerError(
                .masterKeyWrong, "The master key in \(place) is not 64 hexadecimal digits in lower case.",
                remedy: "Give the key that this ledger was made with.")
        }
        return SymmetricKey(data: bytes)
    }

    private static func read(_ path: String) throws(LedgerError) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            if errno == ENOENT { return nil }
            throw LedgerError(
                .noPermission, "The master key in \(path) may not be read.", remedy: "Run as the user that owns the file.")
        }
        defer { close(descriptor) }
        var about = unsafe stat()
        // C54: whoever can read this file can read everything.
        guard unsafe fstat(descriptor, &about) == 0, unsafe about.st_mode & 0o077 == 0 else {
            throw LedgerError(
                .noPermission, "The master key in \(path) can be read by others than its owner.", remedy: "chmod 600 \(path)")
        }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    /// Makes a file of mode 0600 that was not there, durably.
    static func write(_ path: String, _ text: String) throws(LedgerError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let bytes = Array(text.utf8)
        guard descriptor >= 0,
            unsafe bytes.withUnsafeBytes({ unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }) == bytes.count,
            fsync(descriptor) == 0
        else {
            if descriptor >= 0 { close(descriptor) }
            throw LedgerError(
                .inputOutput, "The file \(path) could not be written.", remedy: "Look at the disk's room and the directory's owner.")
        }
        close(descriptor)
    }
}
