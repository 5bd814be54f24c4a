/// What making the tree anew from the events came to.
public struct TreeRepair: Sendable, Hashable {
    /// Hashes that were missing or wrong, and are right now.
    public fileprivate(set) var mended: UInt64 = 0
    /// Events whose bytes don't have the hash that was kept, and no checkpoint says which of the two is right: nothing was changed then.
    public fileprivate(set) var doubtful: [UInt64] = []
}

extension WriteContext {
    /// Makes the tree's hashes anew from the events' bytes, where that hides nothing: a leaf is mended only where a checkpoint that was signed
    /// earlier says that the events are those that were appended.
    ///
    /// - Parameter checkpoints: Roots that were signed, by size.
    public mutating func repairTree(trusting checkpoints: [UInt64: [UInt8]]) throws -> TreeRepair {
        var repair = TreeRepair()
        var wrong: [(key: [UInt8], hash: [UInt8], leaf: UInt64?)] = []
        var trusted: UInt64 = 0
        var stack: [(level: Int, hash: [UInt8])] = []
        var next: UInt64 = 1
        while true {
            var piece: [(sequence: UInt64, bytes: [UInt8])] = []
            try scan(Layout.events, from: next.bigEndianBytes, reverse: false) { key, value in
                piece.append((UInt64(bigEndianBytes: key) ?? 0, value))
                return piece.count < 1000
            }
            guard let last = piece.last?.sequence else { break }
            for (sequence, bytes) in piece {
                var (level, index, hash) = (0, sequence - 1, MerkleTree.leafHash(bytes))
                while true {
                    let key = Layout.node(level, index)
                    if try get(Layout.tree, key) != hash { wrong.append((key, hash, level == 0 ? sequence : nil)) }
                    guard let left = stack.last, left.level == level else { break }
                    stack.removeLast()
                    hash = MerkleTree.nodeHash(left.hash, hash)
                    level += 1
                    index >>= 1
                }
                stack.append((level, hash))
                if let root = checkpoints[sequence], root == Self.root(stack) { trusted = sequence }
            }
            next = last + 1
        }
        repair.doubtful = wrong.compactMap(\.leaf).filter { $0 > trusted }
        if !repair.doubtful.isEmpty { return repair }
        for node in wrong { try put(Layout.tree, node.key, node.hash) }
        repair.mended = UInt64(wrong.count)
        return repair
    }

    private static func root(_ stack: [(level: Int, hash: [UInt8])]) -> [UInt8] {
        var hashes = stack.map(\.hash)
        guard var root = hashes.popLast() else { return MerkleTree.emptyRoot }
        while let left = hashes.popLast() { root = MerkleTree.nodeHash(left, root) }
        return root
    }
}
