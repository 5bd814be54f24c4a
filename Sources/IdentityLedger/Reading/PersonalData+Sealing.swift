import Events
import Identity
import Ledger
import SwiftProtobuf

extension KeyRing {
    /// What is sealed; nil where the key is destroyed or not here.
    func personalData(_ sealed: Sealed, _ organization: Identifier) throws -> PersonalData? {
        guard let bytes = try open(sealed, organization: organization) else { return nil }
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
        return try seal(bytes, key: key, organization: organization)
    }
}
