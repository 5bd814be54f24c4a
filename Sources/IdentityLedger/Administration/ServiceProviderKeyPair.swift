import Cryptography
import Events
import Ledger

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A new key of the service provider: made before the writer is entered, since that takes long.
struct ServiceProviderKeyPair: Sendable {
    // Long, since identity providers pin it: its end is of no meaning to them (C23).
    private static let validityDays: Int64 = 20 * 365

    let id = Identifier.random()
    let certificate: Certificate
    private let use: KeyUse

    /// Makes the self-signed certificate of a new key, and keeps the private part in the ring: it is durable before the
    /// event that names it (C55: each use has keys of its own).
    init(_ use: KeyUse, _ key: PrivateKey, commonName: String, now: Instant, ring: KeyRing) throws {
        self.use = use
        let seconds = Int64(now.nanoseconds / 1_000_000_000)
        certificate = try key.selfSignedCertificate(
            commonName: commonName, notBefore: seconds - 3600, notAfter: seconds + Self.validityDays * 86400)
        try ring.storePrivateKey(id, der: key.der)
    }

    var event: EventBody {
        var added = ServiceProviderKeyAdded()
        added.keyID = id.data
        added.use = use
        added.certificate = .init(certificate.der)
        return .serviceProviderKeyAdded(added)
    }
}
