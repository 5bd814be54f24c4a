public import Events
public import Identity
import SwiftProtobuf

extension RowReader where Self: ~Copyable {
    /// The service's own state.
    public borrowing func service() throws -> ServiceState {
        try message(.service, StateKey.service) ?? ServiceState()
    }

    /// An organization; nil where there is none of this ID.
    public borrowing func organization(_ id: Identifier) throws -> Organization? {
        try message(.organizations, id.bytes)
    }

    /// Organizations in the order of their IDs.
    public borrowing func organizations(after: Identifier? = nil, limit: Int = .max) throws -> [Organization] {
        try messages(.organizations, prefix: [], after: after?.bytes, limit: limit)
    }

    /// Every organization's name, in the order of their IDs; nothing else of them is kept in memory.
    public borrowing func organizationNames() throws -> [(name: String, id: Identifier)] {
        var found: [(name: String, id: Identifier)] = []
        try scanRows(.organizations, from: [0], reverse: false) { key, value in
            guard let id = Identifier(bytes: key), let row = try? Organization(serializedBytes: value) else {
                throw StateError.damaged(.organizations)
            }
            found.append((row.name, id))
            return true
        }
        return found
    }

    /// The organizations that verified or allow this e-mail domain, given in ASCII lower case.
    public borrowing func organizations(withDomain domain: String) throws -> [Identifier] {
        let prefix = StateKey.domain(domain)
        return try rows(.domains, prefix: prefix).compactMap { Identifier(bytes: $0.key.dropFirst(prefix.count)) }
    }

    /// The organizations that proved this e-mail domain: one at most, as the rules have it.
    public borrowing func holders(of domain: String) throws -> [Identifier] {
        var holders: [Identifier] = []
        for id in try organizations(withDomain: domain) where try organization(id)?.verifiedDomains.contains(domain) ?? false {
            holders.append(id)
        }
        return holders
    }

    borrowing func message<Row: Message>(_ table: StateTable, _ key: [UInt8]) throws -> Row? {
        guard let bytes = try row(table, key) else { return nil }
        guard let row = try? Row(serializedBytes: bytes) else { throw StateError.damaged(table) }
        return row
    }

    borrowing func messages<Row: Message>(
        _ table: StateTable, prefix: [UInt8], after: [UInt8]?, limit: Int
    ) throws -> [Row] {
        try rows(table, prefix: prefix, after: after, limit: limit).map { _, value in
            guard let row = try? Row(serializedBytes: value) else { throw StateError.damaged(table) }
            return row
        }
    }
}
