import Crypto
import LMDB

/// The Merkle tree of RFC 6962 §2.1 over the events' bytes. The hashes of complete subtrees are kept; everything else is made from
/// them with O(log n) reads.
public enum MerkleTree {
    /// SHA-256 of 0x00 and the leaf's bytes.
    public static func leafHash(_ leaf: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: leafPrefix)
        hash.update(data: leaf)
        return bytes(hash)
    }

    /// SHA-256 of 0x01 and both children.
    public static func nodeHash(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: nodePrefix)
        hash.update(data: left)
        hash.update(data: right)
        return bytes(hash)
    }

    private static let leafPrefix: [UInt8] = [0]
    private static let nodePrefix: [UInt8] = [1]

    private static func bytes(_ hash: SHA256) -> [UInt8] { unsafe hash.finalize().withUnsafeBytes { unsafe Array($0) } }

    /// The hash of no leaves: SHA-256 of nothing.
    public static var emptyRoot: [UInt8] { Array(SHA256().finalize()) }

    /// Hashes of complete subtrees: level and index within it.
    public typealias Nodes = (_ level: Int, _ index: UInt64) throws -> [UInt8]

    /// The subtrees that a new leaf completes, its own hash first: level, index, hash.
    static func completed(
        by leaf: [UInt8], at index: UInt64, _ nodes: (Int, UInt64) throws(LMDBError) -> [UInt8]
    ) throws(LMDBError) -> [(level: Int, index: UInt64, hash: [UInt8])] {
        var made = [(level: 0, index: index, hash: leaf)]
        var (level, position, hash) = (0, index, leaf)
        while position & 1 == 1 {
            hash = nodeHash(try nodes(level, position - 1), hash)
            level += 1
            position >>= 1
            made.append((level, position, hash))
        }
        return made
    }

    /// The root hash of the first `size` leaves.
    public static func root(size: UInt64, _ nodes: Nodes) throws -> [UInt8] { try hash(of: 0..<size, nodes) }

    /// RFC 6962 §2.1.1: from the leaf's sibling upwards.
    public static func inclusionProof(index: UInt64, size: UInt64, _ nodes: Nodes) throws -> [[UInt8]] {
        try path(index, in: 0..<size, nodes)
    }

    /// RFC 6962 §2.1.2: that the tree of `old` leaves is the beginning of that of `size`.
    public static func consistencyProof(old: UInt64, size: UInt64, _ nodes: Nodes) throws -> [[UInt8]] {
        if old == 0 || old >= size { return [] }
        return try subproof(old, in: 0..<size, whole: true, nodes)
    }

    /// The root that a leaf and its inclusion proof make; nil where the proof has another length (RFC 9162 §2.1.3.2).
    public static func root(leafHash: [UInt8], index: UInt64, size: UInt64, proof: [[UInt8]]) -> [UInt8]? {
        guard index < size else { return nil }
        var (position, end, hash) = (index, size - 1, leafHash)
        for sibling in proof {
            if end == 0 { return nil }
            if position & 1 == 1 || position == end {
                hash = nodeHash(sibling, hash)
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    end >>= 1
                }
            } else {
                hash = nodeHash(hash, sibling)
            }
            position >>= 1
            end >>= 1
        }
        return end == 0 ? hash : nil
    }

    // The largest power of two below the count.
    private static func split(_ range: Range<UInt64>) -> UInt64 {
        let count = range.upperBound - range.lowerBound
        return range.lowerBound + (1 << UInt64(63 - (count - 1).leadingZeroBitCount))
    }

    private static func hash(of range: Range<UInt64>, _ nodes: Nodes) throws -> [UInt8] {
        let count = range.upperBound - range.lowerBound
        if count == 0 { return emptyRoot }
        let level = count.trailingZeroBitCount
        if count == 1 << UInt64(level), range.lowerBound % count == 0 { return try nodes(level, range.lowerBound >> UInt64(level)) }
        let middle = split(range)
        return nodeHash(try hash(of: range.lowerBound..<middle, nodes), try hash(of: middle..<range.upperBound, nodes))
    }

    private static func path(_ index: UInt64, in range: Range<UInt64>, _ nodes: Nodes) throws -> [[UInt8]] {
        if range.upperBound - range.lowerBound <= 1 { return [] }
        let middle = split(range)
        if index < middle {
            return try path(index, in: range.lowerBound..<middle, nodes) + [hash(of: middle..<range.upperBound, nodes)]
        }
        return try path(index, in: middle..<range.upperBound, nodes) + [hash(of: range.lowerBound..<middle, nodes)]
    }

    private static func subproof(_ old: UInt64, in range: Range<UInt64>, whole: Bool, _ nodes: Nodes) throws -> [[UInt8]] {
        if old == range.upperBound { return whole ? [] : [try hash(of: range, nodes)] }
        let middle = split(range)
        if old <= middle {
            return try subproof(old, in: range.lowerBound..<middle, whole: whole, nodes)
                + [hash(of: middle..<range.upperBound, nodes)]
        }
        return try subproof(old, in: middle..<range.upperBound, whole: false, nodes)
            + [hash(of: range.lowerBound..<middle, nodes)]
    }
}
