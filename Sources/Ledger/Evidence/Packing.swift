import Compression

/// How bytes are made small before they are sealed or stored.
///
/// The first byte says how it was done, so that dictionaries can come without rewriting what is there.
public enum Packing {
    private static let stored: UInt8 = 0
    private static let zstandard: UInt8 = 1
    // Below that a frame's head and a compressor's start cost more than they save.
    private static let smallest = 512
    // Metadata is at most 2 MiB (C37), a response 256 KiB (C2).
    private static let limit = 2 << 20

    /// The bytes, compressed where that helps.
    public static func pack(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.count >= smallest, let small = try? Zstandard.compress(bytes, level: 1), small.count < bytes.count {
            return [zstandard] + small
        }
        return [stored] + bytes
    }

    /// What was packed; nil for a format that this program doesn't know, or damaged bytes.
    public static func unpack(_ packed: [UInt8]) -> [UInt8]? {
        switch packed.first {
        case stored: Array(packed.dropFirst())
        case zstandard: try? Zstandard.decompress(Array(packed.dropFirst()), limit: limit)
        default: nil
        }
    }
}
