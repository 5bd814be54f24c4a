/// A tree that grows leaf by leaf, made from the leaves alone: what is stored of it is not read, so that it can be held against this.
public struct MerkleFrontier: Sendable {
    /// Leaves so far.
    public private(set) var size: UInt64 = 0
    // Complete subtrees, the largest first: what RFC 6962 calls the binary form of the size.
    private var subtrees: [(level: Int, hash: [UInt8])] = []

    /// A tree without leaves.
    public init() {}

    /// A tree of so many leaves, of which only the complete subtrees' hashes are known, the largest subtree first; nil where there must be
    /// more hashes of them, or fewer, or others than of 32 bytes.
    public init?(size: UInt64, hashes: [[UInt8]]) {
        guard hashes.count == size.nonzeroBitCount, hashes.allSatisfy({ $0.count == 32 }) else { return nil }
        self.size = size
        let levels = (0..<64).reversed().filter { size >> UInt64($0) & 1 == 1 }
        subtrees = zip(levels, hashes).map { ($0, $1) }
    }

    /// The complete subtrees' hashes, the largest first.
    public var hashes: [[UInt8]] { subtrees.map(\.hash) }

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
