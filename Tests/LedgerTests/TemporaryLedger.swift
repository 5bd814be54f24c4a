import Events
import Foundation
import LMDB
import Ledger

/// A data directory of its own, gone with the test.
final class TemporaryLedger: Sendable {
    static let organization = identifier(1)

    let directory: String

    init() { directory = NSTemporaryDirectory() + "ledger-tests-" + UUID().uuidString }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func open(
        create: Bool = true, readOnly: Bool = false, masterKey: String? = nil, mapSizeBytes: Int = 1 << 28,
        projection: any Projection = NameProjection(), rebuilding: @escaping @Sendable (UInt64, UInt64) -> Void = { _, _ in },
        clock: @escaping @Sendable () -> Instant = { Instant(seconds: 1000) }
    ) throws(LedgerError) -> Ledger {
        var options = LedgerOptions(
            directory: directory, create: create, readOnly: readOnly, masterKeyText: masterKey, mapSizeBytes: mapSizeBytes, clock: clock)
        options.rebuilding = rebuilding
        return try Ledger.open(options, projection: projection)
    }

    /// Alters rows behind the ledger's back, as nobody should.
    func tamper(_ databases: [String], _ body: (inout WriteTransaction) throws -> Void) throws {
        let environment = try Environment.open(
            path: directory + "/ledger", mapSizeBytes: 1 << 28, maxDatabases: 64, readOnly: false)
        try environment.open(databases.map { Database(name: $0) }, create: false)
        var transaction = try environment.beginWrite()
        try body(&transaction)
        try transaction.commit()
    }
}

/// Keeps the names that were created, and where: enough to see folds and guards at work.
struct NameProjection: Projection {
    static let names = Database(name: "test.names")
    var version: UInt32 = 1
    var databases: [String] { [Self.names.name] }
    var formerDatabases: [String] { [] }

    func fold(_ event: Event, into transaction: inout WriteTransaction) throws {
        guard case .organizationCreated(let body)? = event.body else { return }
        if body.name == "unfoldable" { throw Unfoldable() }
        try transaction.put(Self.names, Array(body.name.utf8), event.sequence.bigEndianBytes + [UInt8(version)])
    }
}

struct Unfoldable: Error {}
struct Regretted: Error {}
struct Taken: Error {}

func identifier(_ byte: UInt8) -> Identifier {
    guard let identifier = Identifier(bytes: [UInt8](repeating: byte, count: 16)) else { fatalError("16 bytes") }
    return identifier
}

func created(_ name: String) -> Event {
    var body = OrganizationCreated()
    body.name = name
    return Event(.organizationCreated(body), organization: TemporaryLedger.organization, actor: .system, correlation: identifier(9))
}

extension Ledger {
    @discardableResult
    func create(_ names: String...) async throws -> [Event] {
        try await submit { context in
            for name in names { try context.append(created(name)) }
        }.events
    }

    func names() throws -> [String] {
        var names: [String] = []
        try snapshot().scan(NameProjection.names, from: [], reverse: false) { key, _ in
            names.append(String(decoding: key, as: UTF8.self))
            return true
        }
        return names
    }

    func findings() throws -> [LogFinding] { try LogVerification(try snapshot()).findings }
}
