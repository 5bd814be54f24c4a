import Events

/// The organizations by name, in memory: what a search and a page of a list need, without reading the configurations of all.
///
/// Pure: who fills it reads the ledger.
struct OrganizationDirectory: Sendable {
    struct Entry: Sendable, Hashable {
        let id: Identifier
        let name: String
        /// In lower case, as people sort and search names.
        let key: String

        init(id: Identifier, name: String) {
            self.id = id
            self.name = name
            key = name.lowercased()
        }
    }

    /// The event after which it is true.
    private(set) var sequence: UInt64
    /// As people sort names, then by ID, so that the order is one.
    private(set) var entries: [Entry]
    /// In ascending order of their names, then of their IDs (contract: lists).
    private(set) var ascending: [Entry]

    init(_ names: [(name: String, id: Identifier)], sequence: UInt64) {
        self.sequence = sequence
        entries = names.map { Entry(id: $0.id, name: $0.name) }
        ascending = entries
        sort()
    }

    /// Takes in what organizations are named after that event.
    mutating func apply(_ names: [Identifier: String], sequence: UInt64) {
        self.sequence = sequence
        guard !names.isEmpty else { return }
        let changed = names.map { Entry(id: $0.key, name: $0.value) }
        entries = entries.filter { names[$0.id] == nil } + changed
        ascending = ascending.filter { names[$0.id] == nil } + changed
        sort()
    }

    /// Those whose name has the text in it, or whose ID begins with it, in the order of ``entries``; nil: all.
    func find(_ text: String?) -> [Entry] {
        guard let wanted = text?.lowercased() else { return entries }
        let bytes = Array(wanted.utf8)
        return entries.filter { entry in
            entry.key.utf8.contains(bytes) || (bytes.count >= 4 && entry.id.description.hasPrefix(wanted))
        }
    }

    private mutating func sort() {
        entries.sort { $0.key == $1.key ? $0.id < $1.id : $0.key < $1.key }
        ascending.sort { $0.name == $1.name ? $0.id < $1.id : $0.name < $1.name }
    }
}
