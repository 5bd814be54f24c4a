public import Events
import Identity
import IdentityLedger
import Projections

/// A row that the rebuild makes another, told as a person wants it: whose it is, and what is different in it.
public struct RowChange: Sendable, Hashable {
    /// One member of a row.
    public struct Member: Sendable, Hashable {
        /// The member's name in the row.
        public let name: String
        /// As it lies there; null: absent.
        public let before: JSON
        /// As the events make it; null: absent.
        public let after: JSON
    }

    /// The database.
    public let table: String
    /// The row's key, in hexadecimal.
    public let key: String
    /// `missing`, `surplus` or `altered`.
    public let kind: String
    /// A sentence that names the organization and the person, where keys open the name.
    public let detail: String
    /// What is different in a row that is altered.
    public let members: [Member]

    init(_ difference: RowDifference, in made: MemoryState, of service: IdentityLedger) {
        table = difference.table.rawValue
        key = difference.key.hexadecimal
        kind = difference.kind.rawValue
        let before = difference.live.flatMap { try? StateDump.decoded(difference.table, $0) }
        let after = difference.made.flatMap { try? StateDump.decoded(difference.table, $0) }
        members = difference.kind == .altered ? Self.members(before ?? .null, after ?? .null) : []
        var sentence = difference.detail
        if difference.kind == .altered, members.isEmpty {
            sentence += difference.live != nil && before == nil ? " It can't be read." : " Its bytes differ in what no member shows."
        }
        detail = sentence + Self.name(difference, made, service)
    }

    private static func members(_ before: JSON, _ after: JSON) -> [Member] {
        guard before.members != nil || after.members != nil else {
            return before == after ? [] : [Member(name: "value", before: before, after: after)]
        }
        var names = (after.members ?? []).map(\.name)
        names += (before.members ?? []).map(\.name).filter { !names.contains($0) }
        return names.compactMap { name in
            let (old, new) = (before[name] ?? .null, after[name] ?? .null)
            return old == new ? nil : Member(name: name, before: old, after: new)
        }
    }

    private static func name(_ difference: RowDifference, _ made: MemoryState, _ service: IdentityLedger) -> String {
        guard let id = Identifier(bytes: difference.key.prefix(16)) else { return "" }
        var state = made
        if let live = difference.live, difference.made == nil {
            // What no event makes is named as it lies there.
            state = MemoryState()
            state.putRow(difference.table, difference.key, live)
        }
        switch difference.table {
        case .organizations:
            guard let organization = try? state.organization(id), !organization.name.isEmpty else { return "" }
            return " The organization is “\(organization.name)”."
        case .users:
            guard let person = Identifier(bytes: difference.key.dropFirst(16)), let user = try? state.user(id, person),
                let email = service.email(of: user, in: id)
            else { return "" }
            return " The user is \(email)."
        default: return ""
        }
    }

    /// `{"table","key","kind","detail","members":[{"name","before","after"}]}`
    var json: JSON {
        [
            "table": .string(table), "key": .string(key), "kind": .string(kind), "detail": .string(detail),
            "members": .array(members.map { ["name": .string($0.name), "before": $0.before, "after": $0.after] }),
        ]
    }
}
