public import Events

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A response as it lies beside its event: packed, then sealed. Stored as the key's ID (16 bytes) and the box.
public enum EvidenceBox {
    /// The form that is stored.
    public static func bytes(_ sealed: Sealed) -> [UInt8] { Array(sealed.keyID) + Array(sealed.box) }

    /// Opens stored evidence; nil where its key is gone.
    ///
    /// - Parameter dictionary: What its compressor knew, by the version.
    public static func open(
        _ stored: [UInt8], _ keyRing: KeyRing, organization: Identifier, knowing dictionary: (_ version: UInt8) -> [UInt8]? = { _ in nil }
    ) throws(LedgerError) -> [UInt8]? {
        guard stored.count > 16, let key = Identifier(bytes: stored.prefix(16)) else { return nil }
        var sealed = Sealed()
        sealed.keyID = key.data
        sealed.box = .init(stored.dropFirst(16))
        return try keyRing.open(sealed, organization: organization).flatMap { Packing.unpack($0, knowing: dictionary) }
    }
}
