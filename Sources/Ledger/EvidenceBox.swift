import Compression
public import Events

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Evidence as it lies beside its event: compressed, then sealed. Stored as the key's ID (16 bytes) and the box.
///
/// The first byte within says how it was compressed, so that dictionaries can come without rewriting what is there.
public enum EvidenceBox {
    private static let stored: UInt8 = 0
    private static let zstandard: UInt8 = 1
    // A response is at most 256 KiB (C2).
    private static let limit = 1 << 20

    /// What is to be sealed.
    public static func pack(_ bytes: [UInt8]) -> [UInt8] {
        if let small = try? Zstandard.compress(bytes, level: 1), small.count < bytes.count { return [zstandard] + small }
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

    /// The form that is stored.
    public static func bytes(_ sealed: Sealed) -> [UInt8] { Array(sealed.keyID) + Array(sealed.box) }

    /// Opens stored evidence; nil where its key is gone.
    public static func open(_ stored: [UInt8], _ keyRing: KeyRing, organization: Identifier) throws(LedgerError) -> [UInt8]? {
        guard stored.count > 16, let key = Identifier(bytes: stored.prefix(16)) else { return nil }
        var sealed = Sealed()
        sealed.keyID = key.data
        sealed.box = .init(stored.dropFirst(16))
        return try keyRing.open(sealed, organization: organization).flatMap { unpack($0) }
    }
}
