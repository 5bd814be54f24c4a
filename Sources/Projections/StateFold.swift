public import Events
import Identity
import SwiftProtobuf

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

/// The one fold of events into rows, whatever the rows lie in: LMDB, or memory for "the state as of then" and rebuilds.
///
/// Rows hold what `evolve` made of the events and nothing else. No key is needed, and no clock: an event's own instant counts.
public enum StateFold {
    /// Counts the changes in what the rows mean. A ledger with another version is folded anew.
    public static let version: UInt32 = 4

    /// Folds one event. Events come in order, each once.
    public static func fold<Store: RowStore & ~Copyable>(_ event: Event, into store: inout Store) throws {
        guard let body = event.body else { throw StateError.unknownBody(event.sequence) }
        if store.keepsIndexes { try index(event, body, &store) }
        switch body {
        case .serviceConfigured:
            var service: ServiceState = try read(.service, StateKey.service, store) ?? ServiceState()
            service.evolve(body)
            try write(service, .service, StateKey.service, &store)
        case .organizationCreated, .organizationRenamed, .accountAdded, .identityProviderConfigured,
            .identityProviderRefreshed, .domainVerified, .policyChanged, .serviceProviderKeyAdded,
            .serviceProviderKeyRetired, .evidenceExpired, .domainRemoved, .certificateEndNoticed:
            try foldOrganization(event, &store)
        case .assertionReceived(let received): try foldLogin(received, event, &store)
        case .userImported, .userProvisioned, .userProfileChanged, .userEmailChanged, .userConverted,
            .userConversionReverted, .roleChanged, .userDeactivated, .userReactivated, .userErased:
            if let user = body.user { try foldUser(user.bytes, event, &store) }
        case .sessionStarted(let started): try startSession(started, event, &store)
        case .sessionEnded(let ended): try endSession(Array(ended.session), &store)
        case .setupLinkIssued(let issued): try issue(Array(issued.digest), Array(issued.link), event, &store)
        case .setupLinkUsed(let used):
            try evolveCredential(Array(used.link), event, &store)
            try write(Credential(session: used, of: event), .credentials, Array(used.sessionDigest), &store)
        case .setupLinkRevoked(let revoked):
            try evolveCredential(Array(revoked.link), event, &store)
            if !revoked.sessionDigest.isEmpty { try evolveCredential(digest: Array(revoked.sessionDigest), event, &store) }
        case .tokenIssued(let issued): try issue(Array(issued.digest), Array(issued.token), event, &store)
        case .tokenRevoked(let revoked): try evolveCredential(Array(revoked.token), event, &store)
        case .metadataRefreshFailed, .refusalsSummarized: break  // they change no state
        }
    }

    // MARK: - Indexes

    private static func index<Store: RowStore & ~Copyable>(
        _ event: Event, _ body: EventBody, _ store: inout Store
    ) throws {
        guard !event.organization.isEmpty else { return }
        let organization = Array(event.organization)
        let sequence = event.sequence.bigEndianBytes
        if case .assertionReceived(let received) = body {
            try store.putRow(.logins, StateKey.join(organization, sequence), Array(received.user))
        } else {
            try store.putRow(.events, StateKey.join(organization, sequence), [])
        }
        if let user = body.user { try store.putRow(.userEvents, StateKey.join(user.bytes, sequence), []) }
    }

    // MARK: - Organizations

    private static func foldOrganization<Store: RowStore & ~Copyable>(_ event: Event, _ store: inout Store) throws {
        let key = Array(event.organization)
        guard !key.isEmpty else { return }  // a key of the whole service belongs to no organization
        var organization: Organization = try read(.organizations, key, store) ?? Organization()
        let former = Set(organization.domains)
        organization.evolve(event)
        let domains = Set(organization.domains)
        for domain in former.subtracting(domains).sorted() {
            try store.deleteRow(.domains, StateKey.domain(domain) + key)
        }
        for domain in domains.subtracting(former).sorted() {
            try store.putRow(.domains, StateKey.domain(domain) + key, [])
        }
        try writeOrganization(organization, changedBy: event, key, &store)
    }

    private static func writeOrganization<Store: RowStore & ~Copyable>(
        _ organization: Organization, changedBy event: Event, _ key: [UInt8], _ store: inout Store
    ) throws {
        try write(organization, .organizations, key, &store)
        if store.keepsIndexes { try store.putRow(.organizationEvents, StateKey.join(key, event.sequence.bigEndianBytes), []) }
    }

    // MARK: - Logins

    private static func foldLogin<Store: RowStore & ~Copyable>(
        _ received: AssertionReceived, _ event: Event, _ store: inout Store
    ) throws {
        // C32: only accepted logins enter; filled from refused messages it would let anyone burn a victim's assertion.
        guard received.accepted else { return }
        let sequence = event.sequence.bigEndianBytes
        if let organization = event.organizationID {
            let used = received.usedKeys(of: organization)
            if let key = used.assertion { try store.putRow(.assertions, StateKey.half(key), sequence) }
            if let key = used.request { try store.putRow(.requests, StateKey.half(key), sequence) }
        }
        guard !received.facts.test else { return }
        let organizationKey = Array(event.organization)
        // A user whom this login provisions has no row yet: `UserProvisioned` follows and makes it.
        guard !received.user.isEmpty else { return }
        if !received.persistentIDHash.isEmpty {
            try store.putRow(
                .persistentIDs, StateKey.join(organizationKey, Array(received.persistentIDHash)), Array(received.user))
        }
        let userKey = StateKey.join(organizationKey, Array(received.user))
        guard var user: User = try read(.users, userKey, store) else { return }
        // Contract, conversions: only a converted user's login shows that converting works; whom a login provisioned proves less.
        if !user.provisioned,
            var organization: Organization = try read(.organizations, organizationKey, store),
            !organization.testedSinceConfiguration
        {
            organization.evolve(event)
            try writeOrganization(organization, changedBy: event, organizationKey, &store)
        }
        user.evolve(event)
        try write(user, .users, userKey, &store)
    }

    // MARK: - Users

    private static func foldUser<Store: RowStore & ~Copyable>(
        _ id: [UInt8], _ event: Event, _ store: inout Store
    ) throws {
        let organization = Array(event.organization)
        let key = StateKey.join(organization, id)
        var user: User = try read(.users, key, store) ?? User()
        let former = user.addressHash
        user.evolve(event)
        if user.addressHash != former {
            if !former.isEmpty { try store.deleteRow(.addresses, StateKey.join(organization, Array(former))) }
            if !user.addressHash.isEmpty {
                try store.putRow(.addresses, StateKey.join(organization, Array(user.addressHash)), id)
            }
        }
        try write(user, .users, key, &store)
    }

    // MARK: - Sessions

    // Each session that starts takes some with it that have expired by its own instant, so that they don't pile up, and no event takes long.
    private static let expiredAtOnce = 4

    private static func startSession<Store: RowStore & ~Copyable>(
        _ started: SessionStarted, _ event: Event, _ store: inout Store
    ) throws {
        try endExpired(at: event.recordedAt, &store)
        // A session is found by its user through the sequence that its ID begins with. Those of revision 1, and of an organization that was
        // imported and numbered anew, begin otherwise: nobody could end them, so they are not taken over, and people sign in again.
        guard started.session.count == 32, started.session.starts(with: event.sequence.bigEndianBytes) else { return }
        var session = Session()
        guard session.evolve(event) else { return }
        try write(session, .sessions, Array(started.session), &store)
        guard !started.nameIDHash.isEmpty else { return }
        let name = name(started.nameIDHash, of: session)
        // A lasting name is mostly there already: then nothing is written.
        if started.transientNameID {
            try store.putRow(.nameIDs, name + started.session.prefix(8), [])
        } else if try store.row(.nameIDs, name) == nil {
            try store.putRow(.nameIDs, name, [])
        }
    }

    // They stand in the order in which they started. One that lasts long keeps those behind it until it ends: at most what starts while the
    // longest `sessionSeconds` of any organization go by.
    private static func endExpired<Store: RowStore & ~Copyable>(at instant: UInt64, _ store: inout Store) throws {
        var expired: [(id: [UInt8], session: Session)] = []
        try store.scanRows(.sessions, from: [], reverse: false) { id, row in
            guard let session = try? Session(serializedBytes: row) else { throw StateError.damaged(.sessions) }
            guard session.expiresAt <= instant else { return false }
            expired.append((id, session))
            return expired.count < expiredAtOnce
        }
        for (id, session) in expired { try remove(session, id, &store) }
    }

    private static func endSession<Store: RowStore & ~Copyable>(_ id: [UInt8], _ store: inout Store) throws {
        guard let session: Session = try read(.sessions, id, store) else { return }
        try remove(session, id, &store)
    }

    private static func remove<Store: RowStore & ~Copyable>(_ session: Session, _ id: [UInt8], _ store: inout Store) throws {
        try store.deleteRow(.sessions, id)
        if !session.transientNameIDHash.isEmpty {
            try store.deleteRow(.nameIDs, name(session.transientNameIDHash, of: session) + id.prefix(8))
        }
    }

    private static func name(_ hash: Data, of session: Session) -> [UInt8] {
        StateKey.join(Array(session.organization), StateKey.half(hash), Array(session.user))
    }

    // MARK: - Credentials

    private static func issue<Store: RowStore & ~Copyable>(
        _ digest: [UInt8], _ id: [UInt8], _ event: Event, _ store: inout Store
    ) throws {
        var credential = Credential()
        credential.evolve(event)
        try write(credential, .credentials, digest, &store)
        try store.putRow(.credentialIDs, id, digest)
    }

    private static func evolveCredential<Store: RowStore & ~Copyable>(
        _ id: [UInt8], _ event: Event, _ store: inout Store
    ) throws {
        guard let digest = try store.row(.credentialIDs, id) else { return }
        try evolveCredential(digest: digest, event, &store)
    }

    private static func evolveCredential<Store: RowStore & ~Copyable>(
        digest: [UInt8], _ event: Event, _ store: inout Store
    ) throws {
        guard var credential: Credential = try read(.credentials, digest, store) else { return }
        credential.evolve(event)
        try write(credential, .credentials, digest, &store)
    }

    // MARK: - Rows

    private static func read<Row: Message, Store: RowReader & ~Copyable>(
        _ table: StateTable, _ key: [UInt8], _ store: borrowing Store
    ) throws -> Row? {
        guard let bytes = try store.row(table, key) else { return nil }
        guard let row = try? Row(serializedBytes: bytes) else { throw StateError.damaged(table) }
        return row
    }

    private static func write<Row: Message, Store: RowStore & ~Copyable>(
        _ row: Row, _ table: StateTable, _ key: [UInt8], _ store: inout Store
    ) throws {
        try store.putRow(table, key, try row.serializedBytes())
    }
}
