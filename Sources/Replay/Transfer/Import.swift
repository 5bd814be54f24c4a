public import Events
public import IdentityLedger
import Identity
import Ledger
import Projections

extension Transfer {
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
        var numbers: [UInt64: UInt64] = [:]
        var imported: UInt64 = 0
        let before = try service.ledger.snapshot()
        var attachments = AttachmentCheck()
        var sequence = file.organization == nil ? file.first - 1 : 0
        // While one batch is on its way to the disk, the next one is read and decoded. Whatever fails, the one on its way is waited for.
        try await withThrowingTaskGroup(of: Void.self) { onItsWay in
            try await file.forEachBatch { entries in
                var batch: [(event: Event, entry: ExportFile.Entry)] = []
                var goesOn = true
                for (entry, read) in zip(entries, concurrently(entries) { Event.decoding($0.event) }) {
                    let event = try read.get()
                    guard isWanted(event, through: last) else {
                        goesOn = false
                        break
                    }
                    sequence += 1
                    let next = file.organization == nil ? (event, entry) : try renumbered(entry, event, as: sequence, &numbers)
                    // Where the file ends early, what later events said of missing responses is not there to explain them.
                    if last != nil {
                        _ = attachments.check(next.0, stored: sequence <= present ? try before.evidence(sequence) : entry.evidence)
                    }
                    if sequence > present { batch.append(next) }
                }
                try await onItsWay.next()
                progress(present + imported)
                imported += UInt64(batch.count)
                onItsWay.addTask { [batch] in
                    guard !batch.isEmpty else { return }
                    _ = try await service.ledger.submit { context in
                        for (event, entry) in batch {
                            // C56: here as where it was recorded, the key goes with the person.
                            if let key = try keyOfErased(event, in: context) { context.destroyKey(key) }
                            try context.appendImported(event, entry.event, evidence: entry.evidence)
                            try removeExpired(event, in: &context)
                        }
                    }
                }
                return goesOn
            }
            try await onItsWay.waitForAll()
        }
        if last == nil {
            try checkWhole(file, sequence, in: service)
        } else {
            try await explain(attachments.missing, in: service)
        }
        let snapshot = try service.ledger.snapshot()
        return [
            "events": JSON(snapshot.head), "imported": JSON(imported),
            "organization": JSON(file.organization?.description), "root": .string(try snapshot.root().hexadecimal),
        ]
    }

    // The file was read twice: what was appended must be what was verified.
    private static func checkWhole(_ file: ExportFile, _ sequence: UInt64, in service: IdentityLedger) throws {
        let size = file.first - 1 + file.count
        let root = try service.ledger.snapshot().root(size: size).hexadecimal
        guard sequence == size, file.organization != nil || root == file.facts["root"]?.stringValue else {
            throw LedgerError(
                .damaged, "The file changed while it was imported: the ledger now holds other events than those that were verified.",
                remedy: "Remove this ledger, and import again from a file that nobody writes to.")
        }
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
        try await file.forEachBatch { entries in
            for entry in entries {
                sequence += 1
                guard sequence <= head else { return false }
                guard try snapshot.eventBytes(sequence) == entry.event else {
                    throw Refused(description: "This ledger is another one: its event \(sequence) is not the file's.")
                }
            }
            return true
        }
        return head
    }

    private static func keyOfErased(_ event: Event, in context: borrowing WriteContext) throws -> Identifier? {
        guard case .userErased(let erased)? = event.body, let organization = event.organizationID, let id = Identifier(bytes: erased.user),
            let user = try context.user(organization, id), user.hasPersonal
        else { return nil }
        return Identifier(bytes: user.personal.keyID)
    }

    // An earlier import may have brought what this event says is gone.
    private static func removeExpired(_ event: Event, in context: inout WriteContext) throws {
        guard case .evidenceExpired(let expired)? = event.body, let organization = event.organizationID else { return }
        for sequence in try context.logins(organization, from: expired.first, limit: .max) {
            guard sequence <= expired.last else { return }
            try context.removeEvidence(sequence, organization: organization)
        }
    }

    /// Says in the ledger that these responses are gone, whose retention was over when the file was made, so that it verifies and can be
    /// exported again: an event for each run of an organization's logins.
    private static func explain(_ missing: [UInt64], in service: IdentityLedger) async throws {
        guard !missing.isEmpty else { return }
        let correlation = Caller.system().correlation
        _ = try await service.ledger.submit { context in
            var runs: [Identifier: EvidenceExpired] = [:]
            func end(_ run: EvidenceExpired, of organization: Identifier, _ context: inout WriteContext) throws {
                try context.append(Event(.evidenceExpired(run), organization: organization, actor: .system, correlation: correlation))
            }
            for sequence in missing {
                guard let organization = try context.event(sequence)?.organizationID else { continue }
                if let run = runs[organization], try context.logins(organization, from: run.last + 1, limit: 1) != [sequence] {
                    try end(run, of: organization, &context)
                    runs[organization] = nil
                }
                var run = runs[organization] ?? EvidenceExpired()
                if run.first == 0 { run.first = sequence }
                run.last = sequence
                runs[organization] = run
            }
            for (organization, run) in runs.sorted(by: { $0.value.first < $1.value.first }) { try end(run, of: organization, &context) }
        }
    }

    private static func isWanted(_ event: Event, through last: Moment?) -> Bool {
        switch last {
        case .sequence(let last): event.sequence <= last
        case .instant(let last): event.recordedInstant <= last
        case nil: true
        }
    }

    // The events of one organization get sequences without gaps, and so does what speaks of them: always of earlier ones.
    private static func renumbered(
        _ entry: ExportFile.Entry, _ event: Event, as sequence: UInt64, _ numbers: inout [UInt64: UInt64]
    ) throws -> (event: Event, entry: ExportFile.Entry) {
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
        return (event, ExportFile.Entry(event: try event.encoded(), evidence: entry.evidence, proof: nil))
    }
}
