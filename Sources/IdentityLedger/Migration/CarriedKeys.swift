import Cryptography
import Events
import Identity
import Ledger

/// The keys of another ledger's organization with their private parts, each of which is that of its certificate.
struct CarriedKeys: Sendable {
    private let keys: [(id: Identifier, der: [UInt8], event: EventBody)]

    /// Those that are in use; nil where there are none, or one can't be used here.
    init?(of organization: Organization, in ring: KeyRing) {
        var keys: [(Identifier, [UInt8], EventBody)] = []
        for key in organization.keys where !key.retired {
            guard let id = Identifier(bytes: key.keyID), let stored = try? ring.privateKey(id), let own = try? PrivateKey(der: stored),
                let certificate = try? Certificate(der: Array(key.certificate)), !certificate.publicKey.isTooWeak,
                let ownPublic = try? own.publicKey.der, let certified = try? certificate.publicKey.der, ownPublic == certified,
                key.use == .signing || (key.use == .encryption && own.isRSA), let der = try? own.der
            else { return nil }
            var added = ServiceProviderKeyAdded()
            added.keyID = key.keyID
            added.use = key.use
            added.certificate = key.certificate
            keys.append((id, der, .serviceProviderKeyAdded(added)))
        }
        guard !keys.isEmpty else { return nil }
        self.keys = keys
    }

    /// What says that the organization has them.
    var events: [EventBody] { keys.map(\.event) }

    /// Whether none of their IDs is another key's here.
    func fit(_ ring: KeyRing) throws(LedgerError) -> Bool {
        for key in keys {
            if let present = try ring.privateKey(key.id), present != key.der { return false }
        }
        return true
    }

    /// Keeps them here, and overwrites none.
    ///
    /// - Returns: Whether they are here now; else one's ID is another key's.
    func store(in ring: KeyRing) throws(LedgerError) -> Bool {
        for key in keys {
            guard try ring.addPrivateKey(key.id, der: key.der) else { return false }
        }
        return true
    }
}
