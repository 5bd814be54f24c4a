import Crypto
public import Events

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The keys by which a login is known to be the second of its kind.
///
/// - Invariant: They never change. Events leave out what follows from this: another formula needs a field that says which.
public enum LoginKeys {
    /// SHA-256 of organization, issuer and assertion ID (C32); the issuer's length stands before it, so that no two pairs are one.
    public static func assertion(_ organization: Identifier, issuer: String, id: String) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: organization.bytes)
        let length = UInt64(issuer.utf8.count)
        hash.update(data: length.bigEndianBytes)
        hash.update(data: Array(issuer.utf8))
        hash.update(data: Array(id.utf8))
        return Array(hash.finalize())
    }

    /// SHA-256 of organization and request ID (C34).
    public static func request(_ organization: Identifier, id: String) -> [UInt8] {
        Array(SHA256.hash(data: organization.bytes + Array(id.utf8)))
    }
}

extension AssertionReceived {
    /// What an accepted login used up of its organization: its assertion (C32), and the request that it answered (C34); nil: none.
    ///
    /// An event of revision 1 has them written out; in later ones they follow from the verified members.
    public func usedKeys(of organization: Identifier) -> (assertion: [UInt8]?, request: [UInt8]?) {
        guard accepted else { return (nil, nil) }
        var (assertion, request): ([UInt8]?, [UInt8]?)
        if !assertionKey.isEmpty {
            assertion = Array(assertionKey)
        } else if !issuer.isEmpty, !assertionID.isEmpty {
            assertion = LoginKeys.assertion(organization, issuer: issuer, id: assertionID)
        }
        if !requestKey.isEmpty {
            request = Array(requestKey)
        } else if !inResponseTo.isEmpty {
            request = LoginKeys.request(organization, id: inResponseTo)
        }
        return (assertion, request)
    }
}
