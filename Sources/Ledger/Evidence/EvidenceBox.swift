public import Events

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A response as it lies beside its event: packed, then sealed.
///
/// With the key of the login's personal data, the box alone lies there; where there are none, and in events of revision 1, the key's ID
/// (16 bytes) before it.
public enum EvidenceBox {
    /// The form that is stored beside that event, whose personal data, if it has any, are sealed with the same key.
    public static func bytes(_ sealed: Sealed, of received: AssertionReceived) -> [UInt8] {
        received.hasPersonal ? Array(sealed.box) : Array(sealed.keyID) + Array(sealed.box)
    }

    /// Stored evidence with its key's ID; nil where it can be none.
    public static func sealed(_ stored: [UInt8], of received: AssertionReceived, revision: UInt32) -> Sealed? {
        var sealed = Sealed()
        if revision >= 2, received.hasPersonal {
            sealed.keyID = received.personal.keyID
            sealed.box = Data(stored)
        } else {
            guard stored.count > 16 else { return nil }
            sealed.keyID = Data(stored.prefix(16))
            sealed.box = Data(stored.dropFirst(16))
        }
        return sealed
    }

    /// Opens it; nil where its key is gone.
    ///
    /// - Parameter dictionary: What its compressor knew, by the version.
    /// - Throws: `damaged` where it opens, and is not what was packed.
    public static func open(
        _ sealed: Sealed, _ keyRing: KeyRing, organization: Identifier, knowing dictionary: (_ version: UInt8) -> [UInt8]?
    ) throws(LedgerError) -> [UInt8]? {
        guard let packed = try keyRing.open(sealed, organization: organization) else { return nil }
        guard let plain = Packing.unpack(packed, knowing: dictionary) else {
            throw LedgerError(
                .damaged, "A kept response can't be unpacked: it is damaged, or was packed by a newer program.",
                remedy: "Run “identity-ledger verify”, or use the newest version that is in use.")
        }
        return plain
    }
}
