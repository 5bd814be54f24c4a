import Events

/// How keys are made of identifiers, hashes and sequences: parts of fixed length side by side, numbers big-endian.
enum StateKey {
    static let service: [UInt8] = [0]  // LMDB takes no empty key

    static func join(_ parts: [UInt8]...) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts { key += part }
        return key
    }

    /// Half of a SHA-256 tells as well: nobody finds two inputs that share 128 bits of it.
    static func half(_ hash: some Collection<UInt8>) -> [UInt8] { Array(hash.prefix(16)) }

    static func domain(_ domain: String) -> [UInt8] { Array(domain.utf8) + [0] }
}

extension UInt64 {
    /// 8 bytes, so that keys sort as numbers do.
    var bigEndianBytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> (56 - 8 * UInt64($0))) } }

    init?(bigEndianBytes bytes: some Collection<UInt8>) {
        guard bytes.count == 8 else { return nil }
        self = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
