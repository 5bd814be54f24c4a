public import Events
public import Identity
import SwiftProtobuf

extension RowReader where Self: ~Copyable {
    /// A session by the digest of its token, expired ones included.
    public borrowing func session(digest: [UInt8]) throws -> Session? { try message(.sessions, digest) }

    /// A user's sessions, expired ones included.
    public borrowing func sessions(_ organization: Identifier, of user: Identifier) throws -> [Session] {
        let prefix = organization.bytes + user.bytes
        return try rows(.userSessions, prefix: prefix).compactMap {
            try session(digest: Array($0.key.dropFirst(prefix.count + 8)))
        }
    }

    /// The sessions of whom an identity provider names so, for single logout.
    public borrowing func sessions(_ organization: Identifier, nameIDHash: [UInt8]) throws -> [Session] {
        let prefix = organization.bytes + nameIDHash
        return try rows(.nameSessions, prefix: prefix).compactMap {
            try session(digest: Array($0.key.dropFirst(prefix.count)))
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
        try row(.assertions, key).flatMap { UInt64(bigEndianBytes: $0) }
    }

    /// The sequence of the login that answered this request; nil: none (C34).
    public borrowing func answeredRequest(_ key: [UInt8]) throws -> UInt64? {
        try row(.requests, key).flatMap { UInt64(bigEndianBytes: $0) }
    }
}
