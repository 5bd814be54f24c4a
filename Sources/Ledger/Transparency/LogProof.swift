#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// That an event is in the log, as a file that verifies offline: a C2SP tlog-proof.
public struct LogProof: Sendable, Hashable {
    /// The leaf's index: the event's sequence − 1.
    public let index: UInt64
    /// RFC 6962 §2.1.1, from the leaf's sibling upwards; 32 bytes each.
    public let hashes: [[UInt8]]
    /// The signed note of the tree that the proof leads to.
    public let checkpoint: String

    private static let header = "c2sp.org/tlog-proof@v1"

    /// A proof of these parts.
    public init(index: UInt64, hashes: [[UInt8]], checkpoint: String) {
        self.index = index
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    /// Reads a file; nil where it is none.
    public init?(_ text: String) {
        guard let end = text.firstRange(of: "\n\n") else { return nil }
        var lines = text[..<end.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard let header = lines.popFirst(), header == Self.header else { return nil }
        if lines.first?.hasPrefix("extra ") == true { lines.removeFirst() }
        guard let line = lines.popFirst(), line.hasPrefix("index "), let index = UInt64(line.dropFirst(6)), lines.count <= 63 else {
            return nil
        }
        let hashes = lines.compactMap { line in Data(base64Encoded: String(line)).map { Array($0) } }
        guard hashes.count == lines.count, hashes.allSatisfy({ $0.count == 32 }) else { return nil }
        self.init(index: index, hashes: hashes, checkpoint: String(text[end.upperBound...]))
    }

    /// The file.
    public var text: String {
        let lines = [Self.header, "index \(index)"] + hashes.map { Data($0).base64EncodedString() }
        return lines.joined(separator: "\n") + "\n\n" + checkpoint
    }

    /// Why the leaf is not proved to be in the log of the key; nil: it is.
    public func fault(leafHash: [UInt8], trusting key: VerifierKey) -> String? {
        guard let tree = Checkpoint.read(checkpoint, trusting: key) else {
            return "The proof's checkpoint has no valid signature of the key \(key.text)."
        }
        guard MerkleTree.root(leafHash: leafHash, index: index, size: tree.size, proof: hashes) == tree.root else {
            return "The proof does not lead from this leaf to the root of the checkpoint."
        }
        return nil
    }
}
