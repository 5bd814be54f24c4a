import Events
/// What making the tree anew from the events came to.
public struct TreeRepair: Sendable, Hashable {
    /// Hashes that were missing or wrong, and are right now.
    public fileprivate(set) var mended: UInt64 = 0
    /// Where the events and the tree don't agree and no checkpoint says which is right; nothing was changed then. A number that is missing among the
    /// events is one of them.
    public fileprivate(set) var doubtful: [UInt64] = []
}

extension WriteContext {
    /// Makes the tree's hashes anew from the events' bytes, where that hides nothing: only hashes of events that a checkpoint covers, and only
    /// if these events make the root that was signed.
    ///
    /// - Parameter checkpoints: Roots that were signed, by size.
    public mutating func repairTree(trusting checkpoints: [UInt64: [UInt8]]) throws -> TreeRepair {
        var repair = TreeRepair()
        var wrong: [(key: [UInt8], hash: [UInt8], sequence: UInt64)] = []
        var trusted: UInt64 = 0
        var tree = MerkleFrontier()
        while true {
            // In pieces: nothing can be read and written in the transaction at once.
            var piece: [(key: [UInt8], bytes: [UInt8])] = []
            try scan(Layout.events, from: (tree.size + 1).bigEndianBytes, reverse: false) { key, value in
                piece.append((key, value))
                return piece.count < 1000
            }
            if piece.isEmpty { break }
            for (key, bytes) in piece {
                let sequence = tree.size + 1
                guard key == sequence.bigEndianBytes else {
                    repair.doubtful = wrong.map(\.sequence).filter { $0 > trusted } + [sequence]
                    return repair
                }
                for node in tree.append(leafHash: MerkleTree.leafHash(bytes)) {
                    let key = Layout.node(node.level, node.index)
                    if try get(Layout.tree, key) != node.hash { wrong.append((key, node.hash, sequence)) }
                }
                if let root = checkpoints[sequence], root == tree.root { trusted = sequence }
            }
        }
        repair.doubtful = wrong.map(\.sequence).filter { $0 > trusted }
        if !repair.doubtful.isEmpty { return repair }
        for node in wrong { try put(Layout.tree, node.key, node.hash) }
        repair.mended = UInt64(wrong.count)
        return repair
    }
}
