public import Events
public import Identity
import SwiftProtobuf

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

extension RowReader where Self: ~Copyable {
    /// A session by its ID, expired ones included.
    public borrowing func session(_ id: [UInt8]) throws -> Session? {
        var session: Session? = try message(.sessions, id)
        session?.id = Data(id)
        return session
    }

    /// A user's sessions that started with this event or a later one, expired ones included, the newest first. Needs the indexes.
    public borrowing func sessions(_ organization: Identifier, of user: Identifier, since first: UInt64 = 1) throws -> [Session] {
        // Nobody's are older than the oldest one that there is.
        guard try row(.users, organization.bytes + user.bytes) != nil, let oldest = try rows(.sessions, prefix: [], limit: 1).first?.key
        else { return [] }
        let first = max(first, UInt64(bigEndianBytes: oldest.prefix(8)) ?? 0)
        var found: [Session] = []
        try scanRows(.userEvents, from: user.bytes + UInt64.max.bigEndianBytes, reverse: true) { key, _ in
            guard key.starts(with: user.bytes), let sequence = UInt64(bigEndianBytes: key.dropFirst(16)), sequence >= first else {
                return false
            }
            if let session = try session(startedBy: sequence), session.user == user.data, session.organization == organization.data {
                found.append(session)
            }
            return true
        }
        return found
    }

    /// Sessions of whom an identity provider names so, for single logout: those of a transient name, else all that the person has; the caller keeps
    /// those that were started with the name.
    public borrowing func sessions(_ organization: Identifier, nameIDHash: [UInt8], since first: UInt64 = 1) throws -> [Session] {
        let prefix = organization.bytes + StateKey.half(nameIDHash)
        var found: [Data: Session] = [:]
        for row in try rows(.nameIDs, prefix: prefix) {
            guard let user = Identifier(bytes: row.key.dropFirst(prefix.count).prefix(16)) else { continue }
            if let sequence = UInt64(bigEndianBytes: row.key.dropFirst(prefix.count + 16)) {
                if let session = try session(startedBy: sequence), session.user == user.data { found[session.id] = session }
            } else {
                for session in try sessions(organization, of: user, since: first) { found[session.id] = session }
            }
        }
        return found.values.sorted { $0.id.lexicographicallyPrecedes($1.id) }
    }

    private borrowing func session(startedBy sequence: UInt64) throws -> Session? {
        guard let row = try rows(.sessions, prefix: sequence.bigEndianBytes, limit: 1).first else { return nil }
        return try session(row.key)
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

    /// An organization's setup links and setup sessions, ended ones included.
    public borrowing func credentials(of organization: Identifier) throws -> [Credential] {
        var found: [Credential] = []
        try scanRows(.credentials, from: [0], reverse: false) { _, value in
            guard let credential = try? Credential(serializedBytes: value) else { throw StateError.damaged(.credentials) }
            if credential.organization == organization.data { found.append(credential) }
            return true
        }
        return found
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
