import Crypto
import Events

/// The key that wraps all others: from the environment, a named file, or `master.key` in the data directory.
enum MasterKey {
    /// - Returns: The key, nil where a reader has none, and the path of the file that was made for it, if one was.
    static func load(_ options: LedgerOptions) throws(LedgerError) -> (key: SymmetricKey?, made: String?) {
        if let text = options.masterKeyText { return (try parse(text, "the environment"), nil) }
        let path = options.masterKeyFile ?? options.directory + "/master.key"
        if let text = try read(path) { return (try parse(text, path), nil) }
        // Who only reads can do without: personal data stays closed.
        if options.readOnly, options.masterKeyFile == nil { return (nil, nil) }
        // Made once, with the first keys. Where there are keys, another master key would be of no use.
        guard options.masterKeyFile == nil, !Files.exists("\(options.directory)/keys/\(KeyRing.epochFileName)") else {
            throw LedgerError(
                .masterKeyMissing, "The master key is not in \(path).",
                remedy: "Name its file with --master-key-file, or put it into IDENTITY_LEDGER_MASTER_KEY.")
        }
        let bytes = options.random(32)
        if try Files.make(path, Array((bytes.hexadecimal + "\n").utf8)) { return (SymmetricKey(data: bytes), path) }
        // Another process made it first.
        guard let text = try read(path) else {
            throw LedgerError(.inputOutput, "The master key in \(path) came and went.", remedy: "Try again.")
        }
        return (try parse(text, path), nil)
    }

    /// Makes a file of a new master key; one that is there already is taken.
    ///
    /// - Returns: The key, as the file has it.
    static func make(_ path: String, random: (Int) -> [UInt8]) throws(LedgerError) -> String {
        _ = try Files.make(path, Array((random(32).hexadecimal + "\n").utf8))
        guard let text = try read(path) else {
            throw LedgerError(.inputOutput, "The master key in \(path) came and went.", remedy: "Try again.")
        }
        return text
    }

    static func parse(_ text: String, _ place: String) throws(LedgerError) -> SymmetricKey {
        let digits = text.filter { !$0.isWhitespace }
        guard digits.utf8.count == 64, let bytes = [UInt8](hexadecimal: digits) else {
            throw LedgerError(
                .masterKeyWrong, "The master key in \(place) is not 64 hexadecimal digits in lower case.",
                remedy: "Give a file that holds a master key and nothing else.")
        }
        return SymmetricKey(data: bytes)
    }

    private static func read(_ path: String) throws(LedgerError) -> String? {
        guard let file = try Files.read(path) else { return nil }
        // C54: whoever can read this file can read everything.
        guard file.mode & 0o077 == 0 else {
            throw LedgerError(
                .noPermission, "The master key in \(path) can be read by others than its owner.", remedy: "chmod 600 \(path)")
        }
        return String(decoding: file.bytes, as: UTF8.self)
    }
}
