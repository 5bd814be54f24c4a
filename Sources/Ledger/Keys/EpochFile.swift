import Crypto
import Events

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The small file of the epoch key, which wraps all other keys and is itself wrapped by the master key.
///
/// It has two places, for odd and even epochs: a new key is on disk before the old one is overwritten.
struct EpochFile: Sendable {
    let path: String
    let master: SymmetricKey
    private static let placeSize = 512

    /// The key of an epoch; nil where the file no longer, or not yet, has it.
    func key(_ number: UInt64) throws(LedgerError) -> SymmetricKey? {
        guard let bytes = try place(number), UInt64(bigEndianBytes: bytes.prefix(8)) == number else { return nil }
        guard let box = try? AES.GCM.SealedBox(combined: Data(bytes.dropFirst(8).prefix(60))),
            let key = try? AES.GCM.open(box, using: master, authenticating: Self.label(number))
        else {
            throw LedgerError(
                .masterKeyWrong, "The master key does not open the keys at \(path).",
                remedy: "Give the master key that this ledger was made with: nothing was changed.")
        }
        return SymmetricKey(data: key)
    }

    /// Writes an epoch's key into its place, over whatever was there.
    func write(_ number: UInt64, _ key: [UInt8]) throws(LedgerError) {
        guard let box = try? AES.GCM.seal(key, using: master, authenticating: Self.label(number)).combined else {
            throw LedgerError(.inputOutput, "The epoch key could not be wrapped.", remedy: "Try again.")
        }
        let bytes = number.bigEndianBytes + Array(box)
        try Files.write(bytes + [UInt8](repeating: 0, count: Self.placeSize - bytes.count), at: offset(number), of: path)
    }

    /// Overwrites every other epoch's key: what it wrapped can't be opened any more, wherever a copy of a page lies.
    func eraseAllBut(_ number: UInt64) throws(LedgerError) {
        guard let bytes = try place(number + 1), bytes.contains(where: { $0 != 0 }) else { return }
        try Files.write([UInt8](repeating: 0, count: Self.placeSize), at: offset(number + 1), of: path)
    }

    private func place(_ number: UInt64) throws(LedgerError) -> [UInt8]? {
        guard let file = try Files.read(path) else { return nil }
        let start = offset(number)
        return file.bytes.count >= start + 68 ? Array(file.bytes[start..<min(file.bytes.count, start + Self.placeSize)]) : nil
    }

    private func offset(_ number: UInt64) -> Int { Int(number % 2) * Self.placeSize }

    private static func label(_ number: UInt64) -> Data { Data("identity-ledger epoch \(number)".utf8) }
}
