public import Events
public import Ledger

/// A checkpoint that was signed: a C2SP signed note.
public struct SignedCheckpoint: JSONView {
    /// Leaves that it covers.
    public let size: UInt64
    /// The signed note.
    public let note: String

    /// Both.
    public var json: JSON { ["size": JSON(size), "checkpoint": .string(note)] }
}

/// A consistency proof with the roots that it leads from and to.
public struct ConsistencyView: JSONView {
    /// RFC 6962 §2.1.2.
    public let proof: ConsistencyProof
    /// Of the smaller tree.
    public let oldRoot: [UInt8]
    /// Of the larger tree.
    public let root: [UInt8]

    /// Hashes as lowercase hexadecimal.
    public var json: JSON {
        [
            "oldSize": JSON(proof.oldSize), "size": JSON(proof.size), "oldRoot": .string(oldRoot.hexadecimal),
            "root": .string(root.hexadecimal), "hashes": .array(proof.hashes.map { .string($0.hexadecimal) }),
        ]
    }
}
