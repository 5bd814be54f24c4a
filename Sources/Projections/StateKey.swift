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

    /// Half of a hash tells as well where only a second input for a given hash would do harm: that takes 2^128 tries. Two inputs of one's own
    /// that share 128 bits take 2^64, and gain nothing: the organization is hashed too, so that an identity provider only gets its own second
    /// assertion refused (C32), a request's ID needs our MAC (C34), and the hash of a NameID is keyed.
    static func half(_ hash: some Collection<UInt8>) -> [UInt8] { Array(hash.prefix(16)) }

    static func domain(_ domain: String) -> [UInt8] { Array(domain.utf8) + [0] }
}
