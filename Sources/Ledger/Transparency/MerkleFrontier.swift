/// A tree that grows leaf by leaf, made from the leaves alone: what is stored of it is not read, so that it can be held against this.
public struct MerkleFrontier: Sendable {
    /// Leaves so far.
    public private(set) var size: UInt64 = 0
    // Complete subtrees, the largest first: what RFC 6962 calls the binary form of the size.
    private var subtrees: [(level: Int, hash: [UInt8])] = []

    /// A tree without leaves.
    public init() {}

    /// Adds the next leaf.
    ///
    /// - Returns: The subtrees that it completes, its own hash first: level, index within it, hash.
    @discardableResult
    public mutating func append(leafHash: [UInt8]) -> [(level: Int, index: UInt64, hash: [UInt8])] {
        var (level, index, hash) = (0, size, leafHash)
        var completed = [(level: level, index: index, hash: hash)]
        while let left = subtrees.last, left.level == level {
            subtrees.removeLast()
            hash = MerkleTree.nodeHash(left.hash, hash)
            level += 1
            index >>= 1
            completed.append((level, index, hash))
        }
        subtrees.append((level, hash))
        size += 1
        return completed
    }

    /// The root hash of the leaves so far (RFC 6962 §2.1).
    public var root: [UInt8] {
        guard var root = subtrees.last?.hash else { return MerkleTree.emptyRoot }
        for left in subtrees.dropLast().reversed() { root = MerkleTree.nodeHash(left.hash, root) }
        return root
    }
}
