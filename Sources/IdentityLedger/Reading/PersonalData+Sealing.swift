public import Events
public import Identity
import Ledger
import SwiftProtobuf

extension KeyRing {
    /// What is sealed; nil where the key is destroyed or not here.
    func personalData(_ sealed: Sealed, _ organization: Identifier) throws -> PersonalData? {
        guard let bytes = try open(sealed, organization: organization).flatMap({ Packing.unpack($0) }) else { return nil }
        return try PersonalData(serializedBytes: bytes)
    }

    /// A user's personal data; nil where the key is destroyed or not here.
    func personalData(_ user: User, _ organization: Identifier) throws -> PersonalData? {
        guard user.hasPersonal else { return nil }
        return try personalData(user.personal, organization)
    }
}

extension WriteContext {
    /// Seals personal data with a key.
    func seal(_ personal: PersonalData, key: Identifier, organization: Identifier) throws -> Sealed {
        let bytes: [UInt8] = try personal.serializedBytes()
        return try seal(Packing.pack(bytes), key: key, organization: organization)
    }
}

extension PersonalData {
    /// Packed bytes that personal data may have, so that an event stays below 65,535 in all.
    static let packedLimit = 32 << 10

    /// Whether an event has room for it.
    func fits() throws -> Bool {
        let bytes: [UInt8] = try serializedBytes()
        return bytes.count < Self.packedLimit || Packing.pack(bytes).count <= Self.packedLimit
    }

    /// The same, without the attributes that are too large to keep, the largest first: their names stay.
    func bounded() throws -> PersonalData {
        var bounded = self
        while true {
            if try bounded.fits() { return bounded }
            let sizes = bounded.attributes.map { $0.values.reduce(0) { $0 + $1.utf8.count } }
            guard let largest = sizes.max(), let index = sizes.firstIndex(of: largest) else { return bounded }
            bounded.attributesLeftOut.append(bounded.attributes.remove(at: index).name)
        }
    }
}

extension IdentityLedger {
    /// A user's address as it was received, for whoever has the ledger and its keys; nil where the key is destroyed or not here.
    public func email(of user: User, in organization: Identifier) -> String? {
        (try? ledger.keyRing.personalData(user, organization))?.email
    }
}
