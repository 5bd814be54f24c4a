import Events
import Identity

/// An organization's users by address, in memory: what a search and a page of a list need, without a key for each of them (decision 5: an
/// address is sealed, so that no index on the disk can have their order).
///
/// Pure: who fills it reads the ledger. Those who are erased are not in it.
/// - Invariant: Entries ascend by their text, then by ID; those whose address can't be read come last.
struct UserDirectory: Sendable {
    struct Membership: Sendable, Hashable {
        let account: Identifier
        let role: Role
    }

    struct Entry: Sendable, Hashable {
        let id: Identifier
        /// Address and name in lower case, a line each; unreadable: one byte that is in no text.
        let text: [UInt8]
        let signInMethod: SignInMethod
        let isActive: Bool
        let isProvisioned: Bool
        let memberships: [Membership]
    }

    /// The event after which it is true.
    private(set) var sequence: UInt64
    private(set) var entries: [Entry]

    init(_ entries: [Entry], sequence: UInt64) {
        self.sequence = sequence
        self.entries = entries.sorted(by: Self.precedes)
    }

    /// Takes in what became of some users; nil: erased.
    mutating func apply(_ changes: [Identifier: Entry?], sequence: UInt64) {
        self.sequence = sequence
        guard !changes.isEmpty else { return }
        entries.removeAll { changes[$0.id] != nil }
        let changed = changes.values.compactMap { $0 }.sorted(by: Self.precedes)
        entries = Self.merged(entries, changed)
    }

    /// Those who are found, in order: whose address begins with the text before whose address or name has it somewhere.
    ///
    /// - Parameter accounts: Only those who are in one of these, by what they are there; nil: everyone.
    func find(_ selection: UserSelection, within accounts: Set<Identifier>? = nil) -> [Entry] {
        if selection == UserSelection(), accounts == nil { return entries }
        let text = Array((selection.text ?? "").lowercased().utf8.prefix(UserSelection.longestText))
        var (first, others): ([Entry], [Entry]) = ([], [])
        for entry in entries where Self.matches(entry, selection, accounts) {
            if entry.text.starts(with: text) {
                first.append(entry)
            } else if Self.contains(text, in: entry.text) {
                others.append(entry)
            }
        }
        return first + others
    }

    func count(_ selection: UserSelection, within accounts: Set<Identifier>? = nil) -> Int {
        if selection.text != nil || selection == UserSelection() { return find(selection, within: accounts).count }
        return entries.count { Self.matches($0, selection, accounts) }
    }

    func activeOwners(of account: Identifier, besides user: Identifier?, limit: Int) -> [Identifier] {
        var owners: [Identifier] = []
        for entry in entries where entry.isActive && entry.id != user {
            guard owners.count < limit else { break }
            if entry.memberships.contains(where: { $0.account == account && $0.role == .owner }) { owners.append(entry.id) }
        }
        return owners
    }

    private static func matches(_ entry: Entry, _ selection: UserSelection, _ accounts: Set<Identifier>?) -> Bool {
        if let method = selection.signInMethod, entry.signInMethod != method { return false }
        if let isActive = selection.isActive, entry.isActive != isActive { return false }
        if selection.isConverted, entry.isProvisioned || entry.signInMethod != .sso { return false }
        if let accounts, !entry.memberships.contains(where: { accounts.contains($0.account) }) { return false }
        guard selection.role != nil || selection.account != nil else { return true }
        let there = entry.memberships.filter {
            (accounts?.contains($0.account) ?? true) && (selection.account == nil || $0.account == selection.account)
        }
        guard let role = selection.role else { return !there.isEmpty }
        return role == .none ? there.isEmpty : there.contains { $0.role == role }
    }

    private static func contains(_ needle: [UInt8], in text: [UInt8]) -> Bool {
        guard let first = needle.first, needle.count <= text.count else { return needle.isEmpty }
        var start = 0
        search: while start <= text.count - needle.count {
            guard text[start] == first else {
                start += 1
                continue
            }
            for offset in needle.indices where text[start + offset] != needle[offset] {
                start += 1
                continue search
            }
            return true
        }
        return false
    }

    private static func precedes(_ left: Entry, _ right: Entry) -> Bool {
        left.text == right.text ? left.id < right.id : left.text.lexicographicallyPrecedes(right.text)
    }

    private static func merged(_ left: [Entry], _ right: [Entry]) -> [Entry] {
        var merged: [Entry] = []
        merged.reserveCapacity(left.count + right.count)
        var index = 0
        for entry in right {
            while index < left.count, precedes(left[index], entry) {
                merged.append(left[index])
                index += 1
            }
            merged.append(entry)
        }
        return merged + left[index...]
    }
}

extension UserDirectory.Entry {
    /// - Parameters:
    ///   - email: nil: it can't be read.
    ///   - accounts: The same accounts' identifiers are kept once.
    init?(_ user: User, email: String?, name: String?, accounts: [Identifier]) {
        guard let id = user.identifier, !user.erased else { return nil }
        self.id = id
        text =
            email.map { Array(((EmailAddress($0)?.normalized ?? $0.lowercased()) + "\n" + (name ?? "").lowercased()).utf8) } ?? [0xFF]
        signInMethod = user.signInMethod
        isActive = user.active
        isProvisioned = user.provisioned
        memberships = user.memberships.compactMap { entry in
            (accounts.first { entry.account.elementsEqual($0.bytes) } ?? Identifier(bytes: entry.account))
                .map { UserDirectory.Membership(account: $0, role: entry.role) }
        }
    }
}
