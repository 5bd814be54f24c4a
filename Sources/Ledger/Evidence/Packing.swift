public import Compression

/// How bytes are made small before they are sealed or stored.
///
/// The first byte says how it was done, so that other ways can come without rewriting what is there.
public enum Packing {
    private static let stored: UInt8 = 0
    private static let zstandard: UInt8 = 1
    // Then comes the version of what the compressor knew.
    private static let zstandardKnowing: UInt8 = 2
    // Below that a frame's head and a compressor's start cost more than they save.
    private static let smallest = 512
    // Metadata is at most 2 MiB (C37), a response 256 KiB (C2).
    private static let limit = 2 << 20

    /// What a compressor knows beforehand, by its version: the same content must be found again for that version.
    public struct Dictionary: Sendable {
        let version: UInt8
        let content: ZstandardDictionary

        /// A dictionary of that version.
        public init(version: UInt8, _ content: ZstandardDictionary) {
            self.version = version
            self.content = content
        }
    }

    /// The bytes, compressed where that helps.
    public static func pack(_ bytes: [UInt8], knowing dictionary: Dictionary? = nil) -> [UInt8] {
        if bytes.count >= smallest {
            if let dictionary, let small = try? dictionary.content.compress(bytes), small.count < bytes.count {
                return [zstandardKnowing, dictionary.version] + small
            }
            if let small = try? Zstandard.compress(bytes, level: 1), small.count < bytes.count { return [zstandard] + small }
        }
        return [stored] + bytes
    }

    /// What was packed; nil for a format that this program doesn't know, or damaged bytes.
    ///
    /// - Parameter dictionary: The content of a dictionary's version; nil: there is none.
    public static func unpack(_ packed: [UInt8], knowing dictionary: (_ version: UInt8) -> [UInt8]? = { _ in nil }) -> [UInt8]? {
        switch packed.first {
        case stored: return Array(packed.dropFirst())
        case zstandard: return try? Zstandard.decompress(Array(packed.dropFirst()), limit: limit)
        case zstandardKnowing:
            guard packed.count > 2, let content = dictionary(packed[1]) else { return nil }
            return try? Zstandard.decompress(Array(packed.dropFirst(2)), dictionary: content, limit: limit)
        default: return nil
        }
    }
}
