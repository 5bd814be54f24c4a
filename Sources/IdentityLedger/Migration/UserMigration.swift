import Events
import Identity
import Ledger
import Projections

/// A file of users, and what becomes of each.
struct UserMigration {
    /// What becomes of one.
    enum Decision: Sendable {
        case bringIn(addressHash: [UInt8])
        case unchanged
        case kept([String])
        case refused(String)
    }

    /// Some entries that follow each other.
    struct Batch: Sendable {
        let entries: ArraySlice<ImportFile.Entry>
        let decisions: [Decision]
    }

    private static let batchSize = 1000

    private let file: [UInt8]
    private let secrets: ServiceSecrets
    private let entries: [ImportFile.Entry]
    private let decisions: [Decision]
    private let badLines: ImportFileError
    private let names: [Identifier: String]
    private var place = 0
    private var badPlace = 0
    private var known: [Identifier: EventOrigin] = [:]

    /// Reads the file, and decides about everybody as of one commit.
    init(of file: [UInt8], for service: IdentityLedger) throws {
        let snapshot = try answering { try service.ledger.snapshot() }
        var organizations = try answering { NamedOrganizations(try OrganizationNames(snapshot), snapshot) }
        let (entries, badLines) = try ImportFile.read(file) { name throws(RuleError) in try organizations.find(name) }
        if let failure = organizations.failure { throw failure }
        var former: [Identifier: FormerAddresses] = [:]
        decisions = try answering {
            try entries.map { entry in
                try Self.decide(entry, organizations[entry.organization], &former, service, in: snapshot)
            }
        }
        self.file = file
        self.entries = entries
        self.badLines = badLines
        names = organizations.names
        secrets = service.secrets
    }

    private static func decide(
        _ entry: ImportFile.Entry, _ organization: Organization, _ former: inout [Identifier: FormerAddresses],
        _ service: IdentityLedger, in snapshot: Snapshot
    ) throws -> Decision {
        let hash = try service.secrets.addressHash(entry.user.email, entry.organization)
        if let user = try snapshot.user(entry.organization, addressHash: hash) {
            let personal = try service.ledger.keyRing.personalData(user, entry.organization)
            let words = user.differences(from: entry.user, personal: personal, in: organization)
            return words.isEmpty ? .unchanged : .kept(words)
        }
        let addresses = try former[entry.organization] ?? FormerAddresses(entry.organization, in: snapshot)
        former[entry.organization] = addresses
        guard let id = addresses[hash] else { return .bringIn(addressHash: hash) }
        let wasErased = try snapshot.user(entry.organization, id)?.erased ?? true
        return wasErased
            ? .refused("Was erased here. Take the line out of the file, or bring the person in with `user import`.")
            : .kept(["has another address by now"])
    }

    /// How many people the file names.
    var count: Int { entries.count }

    /// How many of the file can't be taken.
    var refusedCount: Int {
        badLines.count + decisions.count { if case .refused = $0 { true } else { false } }
    }

    /// The next entries; nil at the end, after the last bad line.
    mutating func next() -> Batch? {
        guard place < entries.count || badPlace < badLines.lines.count else { return nil }
        let end = min(place + Self.batchSize, entries.count)
        defer { place = end }
        return Batch(entries: entries[place..<end], decisions: Array(decisions[place..<end]))
    }

    /// What is told of a batch, with the bad lines in between.
    mutating func items(_ batch: Batch, _ decisions: [Decision]) -> [MigrationItem] {
        var items: [MigrationItem] = []
        for (entry, decision) in zip(batch.entries, decisions) {
            items += badItems(before: entry.line)
            items.append(item(entry, decision))
        }
        return place == entries.count ? items + badItems(before: .max) : items
    }

    /// The bad lines that no item is told of: how many, and what is told of them all; nil: there are none.
    var further: (count: Int, item: MigrationItem)? {
        badLines.further.map { (badLines.furtherCount, MigrationItem("further lines", nil, .refused, "\($0) that can't be taken")) }
    }

    private mutating func badItems(before line: Int) -> [MigrationItem] {
        let first = badPlace
        while badPlace < badLines.lines.count, badLines.lines[badPlace].number < line { badPlace += 1 }
        return badLines.lines[first..<badPlace].map { MigrationItem("line \($0.number)", nil, .refused, $0.detail) }
    }

    /// Where the new users of a batch come from, by their organization; empty: it has none.
    mutating func origins(of batch: Batch) throws -> [Identifier: EventOrigin] {
        var origins: [Identifier: EventOrigin] = [:]
        for (entry, decision) in zip(batch.entries, batch.decisions) where origins[entry.organization] == nil {
            guard case .bringIn = decision else { continue }
            // The whole file is hashed, once for each organization.
            let origin = try known[entry.organization] ?? .file(digest: secrets.fileDigest(file, entry.organization))
            known[entry.organization] = origin
            origins[entry.organization] = origin
        }
        return origins
    }

    private func item(_ entry: ImportFile.Entry, _ decision: Decision) -> MigrationItem {
        let (place, email) = ("line \(entry.line)", entry.user.email.text)
        return switch decision {
        case .bringIn:
            // A name is whatever somebody gave: the ID beside it says whose people they become.
            MigrationItem(
                place, entry.organization, .broughtIn, "\(email), of “\(names[entry.organization] ?? "")” (\(entry.organization))")
        case .unchanged: MigrationItem(place, entry.organization, .unchanged, "\(email) is here already.")
        case .kept(let words):
            MigrationItem(place, entry.organization, .kept, "\(email) is here already, and \(words.joined(separator: ", ")).")
        case .refused(let reason): MigrationItem(place, entry.organization, .refused, "\(email): \(reason)")
        }
    }
}

/// The organizations that a file names by ID or name, each looked up once.
private struct NamedOrganizations {
    private let ids: OrganizationNames
    private let snapshot: Snapshot
    // Those that are there: what a file makes up has no end.
    private var found: [String: Organization] = [:]
    private var byID: [Identifier: Organization] = [:]
    /// What kept the ledger from being read.
    private(set) var failure: ServiceError?

    init(_ names: OrganizationNames, _ snapshot: Snapshot) {
        ids = names
        self.snapshot = snapshot
    }

    /// By ID, of those that were found.
    var names: [Identifier: String] { byID.mapValues(\.name) }

    subscript(id: Identifier) -> Organization { byID[id] ?? Organization() }

    mutating func find(_ name: String) throws(RuleError) -> Organization {
        if let known = found[name] { return known }
        let organization = try look(for: name)
        found[name] = organization
        return organization
    }

    private mutating func look(for name: String) throws(RuleError) -> Organization {
        let unknown = RuleError(.organizationUnknown, "There is no organization “\(name)”.")
        let id: Identifier
        if let given = Identifier(name) {
            id = given
        } else if let named = try ids.organization(named: name) {
            id = named
        } else {
            throw unknown
        }
        let state: Organization?
        do { state = try snapshot.organization(id) } catch {
            failure = ServiceError(error)
            throw unknown
        }
        guard let state else { throw unknown }
        // Without the configuration, which is large.
        var organization = Organization()
        organization.id = state.id
        organization.name = state.name
        organization.accounts = state.accounts
        byID[id] = organization
        return organization
    }
}
