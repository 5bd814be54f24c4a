/// That a log of one size is the beginning of the log of another (RFC 6962 §2.1.2).
public struct ConsistencyProof: Sendable, Hashable {
    /// Leaves of the smaller tree.
    public let oldSize: UInt64
    /// Leaves of the larger tree.
    public let size: UInt64
    /// 32 bytes each.
    public let hashes: [[UInt8]]

    /// A proof of these parts.
    public init(oldSize: UInt64, size: UInt64, hashes: [[UInt8]]) {
        self.oldSize = oldSize
        self.size = size
        self.hashes = hashes
    }

    /// Whether it leads from the one root to the other (RFC 9162 §2.1.4.2).
    public func holds(oldRoot: [UInt8], root: [UInt8]) -> Bool {
        guard oldSize <= size else { return false }
        if oldSize == size { return hashes.isEmpty && oldRoot == root }
        if oldSize == 0 { return hashes.isEmpty && oldRoot == MerkleTree.emptyRoot }
        var path = hashes[...]
        // An old tree that is a complete subtree is its own first hash.
        if oldSize & (oldSize - 1) == 0 { path = [oldRoot] + path }
        guard let first = path.popFirst() else { return false }
        var (position, end) = (oldSize - 1, size - 1)
        while position & 1 == 1 {
            position >>= 1
            end >>= 1
        }
        var (old, new) = (first, first)
        for hash in path {
            if end == 0 { return false }
            if position & 1 == 1 || position == end {
                old = MerkleTree.nodeHash(hash, old)
                new = MerkleTree.nodeHash(hash, new)
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    end >>= 1
                }
            } else {
                new = MerkleTree.nodeHash(new, hash)
            }
            position >>= 1
            end >>= 1
        }
        return end == 0 && old == oldRoot && new == root
    }
}

extension Snapshot {
    /// The proof between two sizes.
    ///
    /// - Throws: `damaged` where the tree lacks a hash.
    public func consistency(from oldSize: UInt64, to size: UInt64) throws -> ConsistencyProof {
        ConsistencyProof(oldSize: oldSize, size: size, hashes: try consistencyProof(old: oldSize, size: size))
    }
}
