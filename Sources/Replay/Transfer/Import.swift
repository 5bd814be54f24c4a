public import Events
public import IdentityLedger
import Ledger

extension Transfer {
    private static let batchSize = 1024

    /// Appends what was verified: a whole ledger as it is, an organization's events numbered anew.
    ///
    /// The ledger may hold a part of it already, as it does after an import that was cut off, or where an earlier export was imported before
    /// this one: then the rest is appended.
    ///
    /// - Parameters:
    ///   - last: The last event to take: what came later is left out (point-in-time restore). nil: all.
    ///   - progress: Told how many events of the file are in the ledger.
    /// - Throws: ``Refused`` where the ledger has other events than the file.
    public static func append(
        _ file: ExportFile, through last: Moment? = nil, to service: IdentityLedger, progress: (UInt64) -> Void = { _ in }
    ) async throws -> JSON {
        let present = try await present(file, in: service)
        var batch: [ExportFile.Entry] = []
        var numbers: [UInt64: UInt64] = [:]
        var imported: UInt64 = 0
        var sequence = file.organization == nil ? file.first - 1 : 0
        func flush() async throws {
            let entries = batch
            batch = []
            _ = try await service.ledger.submit { context in
                for entry in entries { try context.appendImported(entry.event, evidence: entry.evidence) }
            }
            imported += UInt64(entries.count)
            progress(present + imported)
        }
        try await file.forEach { entry in
            sequence += 1
            let event = try Event(decoding: entry.event)
            switch last {
            case .sequence(let last) where event.sequence > last: return false
            case .instant(let last) where event.recordedInstant > last: return false
            default: break
            }
            if sequence <= present { return true }
            batch.append(file.organization == nil ? entry : try renumbered(entry, event, as: sequence, &numbers))
            if batch.count >= batchSize { try await flush() }
            return true
        }
        if !batch.isEmpty { try await flush() }
        let snapshot = try service.ledger.snapshot()
        return [
            "events": JSON(snapshot.head), "imported": JSON(imported),
            "organization": JSON(file.organization?.description), "root": .string(try snapshot.root().hexadecimal),
        ]
    }

    /// How many events the ledger has already, all of them the file's, as far as it has them.
    ///
    /// - Throws: ``Refused`` where it has others, or too few for a file that begins later.
    public static func present(_ file: ExportFile, in service: IdentityLedger) async throws -> UInt64 {
        let snapshot = try service.ledger.snapshot()
        let head = snapshot.head
        guard file.organization == nil || head == 0 else {
            throw Refused(description: "An organization is imported into an empty ledger; this one has \(head) events.")
        }
        guard head >= file.first - 1 else {
            throw Refused(
                description: "The file begins with event \(file.first); this ledger has \(head) events. Import the earlier file first.")
        }
        guard head <= file.first - 1 + file.count else {
            throw Refused(description: "This ledger has \(head) events already, the file ends with event \(file.first - 1 + file.count).")
        }
        guard try file.first == 1 || file.before.root == snapshot.root(size: file.first - 1) else {
            throw Refused(description: "This ledger is another one: its first \(file.first - 1) events are not those before the file's.")
        }
        guard head >= file.first else { return head }
        var sequence = file.first - 1
        try await file.forEach { entry in
            sequence += 1
            guard sequence <= head else { return false }
            guard try snapshot.eventBytes(sequence) == entry.event else {
                throw Refused(description: "This ledger is another one: its event \(sequence) is not the file's.")
            }
            return true
        }
        return head
    }

    // The events of one organization get sequences without gaps, and so does what speaks of them: always of earlier ones.
    private static func renumbered(
        _ entry: ExportFile.Entry, _ event: Event, as sequence: UInt64, _ numbers: inout [UInt64: UInt64]
    ) throws -> ExportFile.Entry {
        var event = event
        numbers[event.sequence] = sequence
        let known = numbers
        let now = { (sequence: UInt64) in known[sequence] ?? 0 }
        event.sequence = sequence
        event.causedBy = now(event.causedBy)
        switch event.body {
        case .assertionReceived(var received):
            received.facts.configurationRevision = now(received.facts.configurationRevision)
            received.facts.policyRevision = now(received.facts.policyRevision)
            received.facts.answeredBy = now(received.facts.answeredBy)
            received.facts.replayOf = now(received.facts.replayOf)
            event.body = .assertionReceived(received)
        case .evidenceExpired(var expired):
            expired.first = now(expired.first)
            expired.last = now(expired.last)
            event.body = .evidenceExpired(expired)
        default: break
        }
        return ExportFile.Entry(event: try event.encoded(), evidence: entry.evidence, proof: nil)
    }
}
