import Crypto
public import Events
public import IdentityLedger
import LMDB
import Ledger

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The keys of personal data as a file of their own, still wrapped by the master key: nothing in it can be used without that (C54).
///
/// A line of JSON, then the epoch key's file and the rows (database, key, value), each after its length in four bytes.
public enum KeyTransfer {
    private static let format = "identity-ledger keys 1"
    private static let epoch = "/" + KeyRing.epochFileName

    // MARK: - Export

    /// All keys that are not destroyed, or those that one organization's events need.
    ///
    /// - Parameter directory: The data directory.
    public static func export(_ service: IdentityLedger, organization: Identifier? = nil) throws -> [UInt8] {
        let needed = try organization.map { try Needed($0, in: try service.ledger.snapshot()) }
        let directory = service.ledger.options.directory + "/keys"
        let (epochKey, rows) = try consistently(directory) { try Self.rows(in: directory, needed) }
        let body = framed(epochKey) + rows.flatMap { framed(Array($0.database.utf8)) + framed($0.key) + framed($0.value) }
        let facts: JSON = [
            "format": .string(format), "organization": JSON(organization?.description), "rows": JSON(UInt64(rows.count)),
            "sha256": .string(Array(SHA256.hash(data: body)).hexadecimal),
        ]
        return facts.encoded() + [10] + body
    }

    fileprivate struct Row {
        let database: String
        let key: [UInt8]
        let value: [UInt8]
    }

    /// What the keys of one organization are called.
    private struct Needed {
        let organization: Identifier
        private(set) var keys: Set<[UInt8]> = []

        init(_ organization: Identifier, in snapshot: Snapshot) throws {
            self.organization = organization
            var found: Set<[UInt8]> = []
            try snapshot.forEachEvent { sequence, bytes in
                let event = try Event(decoding: bytes)
                guard event.organizationID == organization else { return true }
                if let sealed = event.body?.personal { found.insert(Array(sealed.keyID)) }
                switch event.body {
                case .assertionReceived(let received):
                    if received.hasPersonal { found.insert(Array(received.personal.keyID)) }
                    if let stored = try snapshot.evidence(sequence),
                        let box = EvidenceBox.sealed(stored, of: received, revision: event.schemaRevision)
                    {
                        found.insert(Array(box.keyID))
                    }
                case .serviceProviderKeyAdded(let added): found.insert(Array(added.keyID))
                default: break
                }
                return true
            }
            keys = found
        }

        func contains(_ database: Database, _ key: [UInt8]) -> Bool {
            switch database.name {
            case "meta": true
            case "secrets": key == Array("lookup".utf8)  // the others are made anew where they are missing
            case "refusals": key.starts(with: organization.bytes)
            default: keys.contains(key)
            }
        }
    }

    private static func rows(in directory: String, _ needed: Needed?) throws -> [Row] {
        let environment = try open(directory, readOnly: true)
        let transaction = try environment.beginRead()
        var rows: [Row] = []
        // Without them the organization's next refusal would name a key that isn't there.
        let ofRefusals = try needed.map { try KeyRing.refusalKeys(of: $0.organization, in: transaction) } ?? []
        for database in KeyRing.databases {
            try transaction.scan(database, from: [], reverse: false) { key, value in
                if needed?.contains(database, key) ?? true || ofRefusals.contains(key) {
                    rows.append(Row(database: database.name, key: key, value: value))
                }
                return true
            }
        }
        return rows
    }

    // An erasure meanwhile changes the epoch: then it is read again.
    private static func consistently<Value>(_ directory: String, _ body: () throws -> Value) throws -> ([UInt8], Value) {
        for _ in 0..<8 {
            let before = try epochFile(directory)
            let value = try body()
            if try epochFile(directory) == before { return (before, value) }
        }
        throw ServiceError(
            code: "ledger_unavailable", status: 503, detail: "The keys change all the time.", remedy: "Try again in a moment.")
    }

    private static func epochFile(_ directory: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: directory + epoch) else {
            throw ServiceError(
                code: "not_found", status: 404, detail: "There are no keys in \(directory).", remedy: "Restore them from their backup.")
        }
        return Array(data)
    }

    // MARK: - Import

    /// Keys that were read, for a data directory that has none, or these already.
    public struct Keys: Sendable {
        fileprivate let directory: String
        fileprivate let epochKey: [UInt8]
        fileprivate let rows: [Row]
        // An import that was cut off goes on, and a later export of the same epoch has more.
        fileprivate let arePresent: Bool

        /// Puts them there; the ledger must not be open yet.
        public func write() throws {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let environment = try open(directory, readOnly: false)
            var transaction = try environment.beginWrite()
            for row in rows {
                let database = Database(name: row.database)
                // What is there is of the same epoch, and was wrapped by itself: it stays.
                if arePresent, try transaction.get(database, row.key) != nil { continue }
                try transaction.put(database, row.key, row.value)
            }
            try transaction.commit()
            if arePresent { return }
            // Last: with it the keys are there.
            try Data(epochKey).write(to: URL(filePath: directory + epoch), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: directory + epoch)
        }
    }

    /// Reads a file of keys; nothing is written yet.
    ///
    /// - Parameter directory: The data directory that they are for.
    /// - Throws: ``Transfer/Refused``.
    public static func read(_ file: [UInt8], for directory: String) throws -> Keys {
        let (epochKey, rows) = try read(file)
        let keys = directory + "/keys"
        let present = FileManager.default.contents(atPath: keys + epoch).map { Array($0) }
        guard present == nil || present == epochKey else {
            throw Transfer.Refused(
                description:
                    "There are other keys in \(keys) already, or keys of another epoch: people were erased in between. Import into an empty directory, with the newest file of keys from the first file on."
            )
        }
        return Keys(directory: keys, epochKey: epochKey, rows: rows, arePresent: present != nil)
    }

    private static func read(_ file: [UInt8]) throws -> ([UInt8], [Row]) {
        guard let end = file.prefix(4096).firstIndex(of: 10), let facts = try? JSON(parsing: Array(file[..<end])),
            facts["format"]?.stringValue == format, let count = facts["rows"]?.integerValue
        else { throw Transfer.Refused(description: "The file of keys is none.") }
        var rest = file[(end + 1)...]
        guard facts["sha256"]?.stringValue == Array(SHA256.hash(data: rest)).hexadecimal, let epochKey = unframed(&rest) else {
            throw Transfer.Refused(description: "The file of keys is not as it was written: its hash does not hold.")
        }
        var rows: [Row] = []
        while !rest.isEmpty {
            guard let database = unframed(&rest), let key = unframed(&rest), let value = unframed(&rest) else { break }
            rows.append(Row(database: String(decoding: database, as: UTF8.self), key: key, value: value))
        }
        guard rest.isEmpty, Int64(rows.count) == count, rows.allSatisfy({ row in KeyRing.databases.contains { $0.name == row.database } })
        else {
            throw Transfer.Refused(description: "The file of keys ends in the middle, or holds what is no key.")
        }
        return (epochKey, rows)
    }

    // MARK: - Backup

    /// A hot copy of the keys: `keys` in another directory, to be kept apart from the log's.
    public static func copy(_ service: IdentityLedger, to directory: String) throws {
        let source = service.ledger.options.directory + "/keys"
        let target = directory + "/keys"
        guard !FileManager.default.fileExists(atPath: target) else {
            throw ServiceError(code: "conflict", status: 409, detail: "There is \(target) already.", remedy: "Name another directory.")
        }
        let (epochKey, _) = try consistently(source) {
            if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
            try FileManager.default.createDirectory(
                atPath: target, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try open(source, readOnly: true).copy(to: target)
        }
        try Data(epochKey).write(to: URL(filePath: target + epoch), options: .atomic)
        for file in [epoch, "/data.mdb"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target + file)
        }
    }

    private static func open(_ directory: String, readOnly: Bool) throws -> Environment {
        let environment = try Environment.open(path: directory, mapSizeBytes: 1 << 34, maxDatabases: 16, readOnly: readOnly, share: 8)
        try environment.open(KeyRing.databases, create: !readOnly)
        return environment
    }
}
