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
    /// - Throws: `damaged` where it opens, and is not what was packed.
    public static func open(
        _ stored: [UInt8], _ keyRing: KeyRing, organization: Identifier, knowing dictionary: (_ version: UInt8) -> [UInt8]?
    ) throws(LedgerError) -> [UInt8]? {
        guard stored.count > 16, let key = Identifier(bytes: stored.prefix(16)) else { return nil }
        var sealed = Sealed()
        sealed.keyID = key.data
        sealed.box = .init(stored.dropFirst(16))
        guard let packed = try keyRing.open(sealed, organization: organization) else { return nil }
        guard let plain = Packing.unpack(packed, knowing: dictionary) else {
            throw LedgerError(
                .damaged, "A kept response can't be unpacked: it is damaged, or was packed by a newer program.",
                remedy: "Run “identity-ledger verify”, or use the newest version that is in use.")
        }
        return plain
    }
}
