import Events
import Projections

/// A row that is not the one that the events make, told so that a person finds it.
struct RowDifference: Sendable, Hashable {
    let table: StateTable
    let key: [UInt8]
    let kind: Kind
    /// As it lies there; nil: missing.
    let live: [UInt8]?
    /// As the events make it; nil: none does.
    let made: [UInt8]?

    enum Kind: String, Sendable { case missing, surplus, altered }

    /// A sentence.
    var detail: String {
        let what = "\(table.rawValue): the row of \(name)"
        return switch kind {
        case .missing: "\(what) is missing."
        case .surplus: "\(what) is there, and no event makes it."
        case .altered: "\(what) is not what the events make."
        }
    }

    // Most keys begin with an organization, and many go on with a user or a sequence.
    private var name: String {
        guard let organization = Identifier(bytes: key.prefix(16)), key.count >= 16 else { return key.hexadecimal }
        switch table {
        case .organizations: return "organization \(organization)"
        case .users where key.count == 32:
            return "user \(Array(key.dropFirst(16)).hexadecimal) of organization \(organization)"
        case .logins, .events, .organizationEvents:
            return "event \(key.dropFirst(16).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) of organization \(organization)"
        case .addresses, .persistentIDs, .nameIDs:
            return "\(Array(key.dropFirst(16)).hexadecimal) of organization \(organization)"
        default: return key.hexadecimal
        }
    }

    /// Goes through both in the order of their keys; at most `limit` differences are told.
    static func all<Live: RowReader & ~Copyable>(
        _ table: StateTable, live: borrowing Live, made: MemoryState, limit: Int = 100
    ) throws -> [RowDifference] {
        var found: [RowDifference] = []
        try forEach(table, live: live, made: made) { difference in
            found.append(difference)
            return found.count < limit
        }
        return found
    }

    /// Each difference in the order of the keys, until `body` returns false.
    static func forEach<Live: RowReader & ~Copyable>(
        _ table: StateTable, live: borrowing Live, made: MemoryState, _ body: (RowDifference) throws -> Bool
    ) throws {
        var (left, right) = (Pieces(table), Pieces(table))
        while true {
            var difference: RowDifference?
            let (a, b) = (try left.peek(live), try right.peek(made))
            switch (a, b) {
            case (nil, nil): return
            case (let a?, let b?) where a.key == b.key:
                if a.value != b.value { difference = .init(table: table, key: a.key, kind: .altered, live: a.value, made: b.value) }
                left.pop()
                right.pop()
            case (let a?, let b) where b.map({ a.key.lexicographicallyPrecedes($0.key) }) ?? true:
                difference = .init(table: table, key: a.key, kind: .surplus, live: a.value, made: nil)
                left.pop()
            case (_, let b?):
                difference = .init(table: table, key: b.key, kind: .missing, live: nil, made: b.value)
                right.pop()
            default: return
            }
            if let difference { guard try body(difference) else { return } }
        }
    }

    // One table's rows, a piece at a time.
    private struct Pieces {
        let table: StateTable
        private var rows: ArraySlice<(key: [UInt8], value: [UInt8])> = []
        private var last: [UInt8]?
        private var hasEnded = false

        init(_ table: StateTable) { self.table = table }

        mutating func peek<Reader: RowReader & ~Copyable>(_ reader: borrowing Reader) throws -> (key: [UInt8], value: [UInt8])? {
            if rows.isEmpty, !hasEnded {
                let piece = try reader.rows(table, prefix: [], after: last, limit: 1000)
                rows = piece[...]
                last = piece.last?.key
                hasEnded = piece.count < 1000
            }
            return rows.first
        }

        mutating func pop() { rows.removeFirst() }
    }
}
