public import Events
public import Identity
import SwiftProtobuf

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

extension RowReader where Self: ~Copyable {
    /// A session by its digest, expired ones included.
    public borrowing func session(digest: [UInt8]) throws -> Session? {
        var session: Session? = try message(.sessions, digest)
        session?.digest = Data(digest)
        return session
    }

    /// A user's sessions, expired ones included, the newest first.
    public borrowing func sessions(_ organization: Identifier, of user: Identifier) throws -> [Session] {
        // Nobody's are older than the oldest one that there is.
        guard try row(.users, organization.bytes + user.bytes) != nil, let oldest = try rows(.sessions, prefix: [], limit: 1).first?.key
        else { return [] }
        var found: [Session] = []
        try scanRows(.userEvents, from: user.bytes + UInt64.max.bigEndianBytes, reverse: true) { key, _ in
            guard key.starts(with: user.bytes) else { return false }
            let sequence = Array(key.dropFirst(16))
            if sequence.lexicographicallyPrecedes(oldest.prefix(8)) { return false }
            if let row = try rows(.sessions, prefix: sequence, limit: 1).first, let session = try session(digest: row.key) {
                found.append(session)
            }
            return true
        }
        return found
    }

    /// The sessions of whom an identity provider names so, for single logout: a transient name's only one, else all that the person has.
    public borrowing func sessions(_ organization: Identifier, nameIDHash: [UInt8]) throws -> [Session] {
        let prefix = organization.bytes + StateKey.half(nameIDHash)
        return try rows(.names, prefix: prefix).flatMap { row throws -> [Session] in
            guard row.value.isEmpty else { return try session(digest: row.value).map { [$0] } ?? [] }
            guard let user = Identifier(bytes: row.key.dropFirst(prefix.count)) else { return [] }
            return try sessions(organization, of: user)
        }
    }

    /// A token, setup link or setup session by the digest of its secret, ended ones included.
    public borrowing func credential(digest: [UInt8]) throws -> Credential? { try message(.credentials, digest) }

    /// A token or setup link by its ID.
    public borrowing func credential(id: Identifier) throws -> Credential? {
        guard let digest = try row(.credentialIDs, id.bytes) else { return nil }
        return try message(.credentials, digest)
    }

    /// The session that a setup link opened, with the digest of its token; nil: none.
    public borrowing func setupSession(of link: Identifier) throws -> (digest: [UInt8], session: Credential)? {
        for row in try rows(.credentials, prefix: []) {
            guard let credential = try? Credential(serializedBytes: row.value) else { throw StateError.damaged(.credentials) }
            if credential.kind == .setupSession, credential.identifier == link { return (row.key, credential) }
        }
        return nil
    }

    /// Every token, setup link and setup session, in the order of issue.
    public borrowing func credentials() throws -> [Credential] {
        let all: [Credential] = try messages(.credentials, prefix: [], after: nil, limit: .max)
        return all.sorted { ($0.issuedAt, Array($0.id).hexadecimal) < ($1.issuedAt, Array($1.id).hexadecimal) }
    }

    /// The sequence of the login that used this assertion; nil: none (C32).
    public borrowing func assertion(_ key: [UInt8]) throws -> UInt64? {
        try row(.assertions, StateKey.half(key)).flatMap { UInt64(bigEndianBytes: $0) }
    }

    /// The sequence of the login that answered this request; nil: none (C34).
    public borrowing func answeredRequest(_ key: [UInt8]) throws -> UInt64? {
        try row(.requests, StateKey.half(key)).flatMap { UInt64(bigEndianBytes: $0) }
    }
}
