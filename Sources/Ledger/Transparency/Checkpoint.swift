public import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A tree's size and root hash under a signature: a C2SP tlog-checkpoint, which is a signed note.
public struct Checkpoint: Sendable, Hashable {
    /// The log's name: host and path, without a scheme.
    public let origin: String
    /// Leaves that it covers.
    public let size: UInt64
    /// 32 bytes.
    public let root: [UInt8]

    /// A checkpoint that is not signed yet.
    public init(origin: String, size: UInt64, root: [UInt8]) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// What is signed.
    public var text: String { "\(origin)\n\(size)\n\(Data(root).base64EncodedString())\n" }

    /// The note: the text, an empty line, the signature's line.
    public func signed(with key: Curve25519.Signing.PrivateKey) throws -> String {
        let signature = try key.signature(for: Data(text.utf8))
        let line = Data(VerifierKey(origin: origin, key: key.publicKey).id) + signature
        return "\(text)\n— \(origin) \(line.base64EncodedString())\n"
    }

    /// Reads a note and verifies its signature.
    ///
    /// - Returns: nil where it is no such note, or not of this log and this key.
    public static func read(_ note: String, trusting key: VerifierKey) -> Checkpoint? {
        guard let (checkpoint, signatures) = parse(note), checkpoint.origin == key.origin else { return nil }
        for line in signatures {
            let words = line.split(separator: " ")
            guard words.count == 3, words[0] == "—", words[1] == checkpoint.origin,
                let bytes = Data(base64Encoded: String(words[2])), bytes.count == 68, Array(bytes.prefix(4)) == key.id
            else { continue }
            if key.key.isValidSignature(bytes.dropFirst(4), for: Data(checkpoint.text.utf8)) { return checkpoint }
        }
        return nil
    }

    /// The note's contents and its signatures' lines; nothing is verified.
    public static func parse(_ note: String) -> (Checkpoint, [Substring])? {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 5, lines[3].isEmpty, let size = UInt64(lines[1]), let root = Data(base64Encoded: String(lines[2])),
            root.count == 32
        else { return nil }
        return (Checkpoint(origin: String(lines[0]), size: size, root: Array(root)), Array(lines[4...].filter { !$0.isEmpty }))
    }
}
