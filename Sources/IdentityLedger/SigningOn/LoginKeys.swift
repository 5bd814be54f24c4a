import Crypto
import Events

/// The keys by which a login is known to be the second of its kind.
enum LoginKeys {
    /// SHA-256 of organization, issuer and assertion ID (C32); the issuer's length stands before it, so that no two pairs are one.
    static func assertion(_ organization: Identifier, issuer: String, id: String) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: organization.bytes)
        let length = UInt64(issuer.utf8.count)
        hash.update(data: (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * UInt64($0))) })
        hash.update(data: Array(issuer.utf8))
        hash.update(data: Array(id.utf8))
        return Array(hash.finalize())
    }

    /// SHA-256 of organization and request ID (C34).
    static func request(_ organization: Identifier, id: String) -> [UInt8] {
        Array(SHA256.hash(data: organization.bytes + Array(id.utf8)))
    }
}
