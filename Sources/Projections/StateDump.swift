public import Events
import Identity
import SwiftProtobuf

/// The whole state in a canonical order, one line a row, so that two dumps can be compared byte by byte.
public enum StateDump {
    /// Calls `line` for each row: `{"table","key","value"}`, in the order of tables and keys. Indexes of events are left out.
    ///
    /// - Parameter organization: Only the rows of this one; nil: all.
    public static func forEachLine<Reader: RowReader & ~Copyable>(
        _ reader: borrowing Reader, organization: Identifier? = nil, _ line: (JSON) throws -> Void
    ) throws {
        for table in StateTable.allCases where table.isState {
            try reader.scanRows(table, from: [], reverse: false) { key, value in
                if let organization, try !belongs(table, key, value, to: organization) { return true }
                try line([
                    "table": .string(String(table.rawValue.dropFirst("state.".count))), "key": .string(key.hexadecimal),
                    "value": try decoded(table, value),
                ])
                return true
            }
        }
    }

    /// The lines as text, each ended by a line feed.
    public static func text<Reader: RowReader & ~Copyable>(
        _ reader: borrowing Reader, organization: Identifier? = nil
    ) throws -> String {
        var text = ""
        try forEachLine(reader, organization: organization) { text += $0.text + "\n" }
        return text
    }

    // Assertions and requests are hashes that name no organization: they are told only of the whole ledger.
    private static func belongs(
        _ table: StateTable, _ key: [UInt8], _ value: [UInt8], to organization: Identifier
    ) throws -> Bool {
        switch table {
        case .organizations, .users, .addresses, .persistentIDs, .nameIDs, .logins, .events, .organizationEvents:
            key.starts(with: organization.bytes)
        case .domains: key.suffix(16).elementsEqual(organization.bytes)
        case .sessions: try Session(serializedBytes: value).organization.elementsEqual(organization.bytes)
        case .credentials: try Credential(serializedBytes: value).organization.elementsEqual(organization.bytes)
        case .service, .assertions, .requests, .credentialIDs, .userEvents: false
        }
    }

    /// A row's value, decoded.
    public static func decoded(_ table: StateTable, _ value: [UInt8]) throws -> JSON {
        switch table {
        case .service: try json(ServiceState(serializedBytes: value))
        case .organizations: try json(Organization(serializedBytes: value))
        case .users: try json(User(serializedBytes: value))
        case .sessions: try json(Session(serializedBytes: value))
        case .credentials: try json(Credential(serializedBytes: value))
        case .assertions, .requests: UInt64(bigEndianBytes: value).map { JSON($0) } ?? .null
        case .addresses, .persistentIDs, .nameIDs, .credentialIDs, .domains, .logins, .events, .organizationEvents, .userEvents:
            .string(value.hexadecimal)
        }
    }

    private static func json(_ row: some Message) throws -> JSON { try JSON(parsing: row.jsonString()) }
}
