import Crypto
public import Events
public import IdentityLedger
public import Ledger
import Projections

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A ledger, or one organization of it, as one file that proves itself. The keys of personal data are not part of it.
///
/// A line of JSON says how many events there are, the tree's size and root hash, and the checkpoint if the log has a name. Then for
/// each event: its bytes, its evidence and, in a file of one organization, its inclusion proof (RFC 6962 §2.1.1); each after its
/// length in four bytes, the most significant first.
public enum Transfer {
    private static let format = "identity-ledger export 1"

    /// Why a file is no export, or not a whole one.
    public struct Refused: Error, Sendable, CustomStringConvertible {
        /// A sentence about what was found.
        public let description: String
    }

    /// A file that was read to its end and found to hold.
    public struct Contents: Sendable {
        /// What the file's first line says.
        public let facts: JSON
        /// Whose events these are; nil: a whole ledger.
        public let organization: Identifier?
        fileprivate let entries: [Entry]
        /// How many events there are.
        public var count: UInt64 { UInt64(entries.count) }
    }

    fileprivate struct Entry: Sendable {
        let event: [UInt8]
        let evidence: [UInt8]?
    }

    // MARK: - Export

    /// The ledger as of one commit; only one organization's events, if that is asked for.
    ///
    /// - Parameter progress: Told the sequence of the event that was written.
    public static func export(
        _ service: IdentityLedger, organization: Identifier? = nil, progress: (UInt64) -> Void = { _ in },
        to write: ([UInt8]) throws -> Void
    ) throws -> JSON {
        let snapshot = try service.ledger.snapshot()
        let size = snapshot.head
        let sequences = try organization.map { try Self.sequences(of: $0, in: snapshot) }
        let facts: JSON = [
            "format": .string(format), "schemaRevision": JSON(UInt64(Event.currentSchemaRevision)),
            "organization": JSON(organization?.description), "events": JSON(sequences.map { UInt64($0.count) } ?? size),
            "size": JSON(size), "root": .string(try snapshot.root().hexadecimal),
            "checkpoint": JSON(try service.checkpoint(of: snapshot)),
        ]
        try write(facts.encoded() + [10])
        guard let sequences else {
            try snapshot.forEachEvent { sequence, bytes in
                try write(framed(bytes) + framed(try snapshot.evidence(sequence) ?? []))
                progress(sequence)
                return true
            }
            return facts
        }
        for sequence in sequences {
            guard let bytes = try snapshot.eventBytes(sequence) else { continue }
            let proof = try snapshot.inclusionProof(sequence: sequence, size: size).flatMap { $0 }
            try write(framed(bytes) + framed(try snapshot.evidence(sequence) ?? []) + framed(proof))
            progress(sequence)
        }
        return facts
    }

    private static func sequences(of organization: Identifier, in snapshot: Snapshot) throws -> [UInt64] {
        guard try snapshot.organization(organization) != nil else {
            throw ServiceError(code: "organization_unknown", status: 404, detail: "There is no organization \(organization).")
        }
        var found: [UInt64] = []
        while true {
            let piece = try snapshot.events(organization, from: (found.last ?? 0) + 1, limit: 10_000)
            found += piece
            if piece.count < 10_000 { return found }
        }
    }

    // MARK: - Reading

    /// Reads a file and verifies all of it: every event, every hash, every piece of evidence.
    ///
    /// - Parameter key: What its checkpoint must be signed with; nil: its checkpoint is believed, as the rest is.
    /// - Throws: ``Refused``.
    public static func read(_ file: [UInt8], trusting key: VerifierKey? = nil) throws -> Contents {
        guard let end = file.prefix(1 << 16).firstIndex(of: 10), let facts = try? JSON(parsing: Array(file[..<end])),
            facts["format"]?.stringValue == format, let count = facts["events"]?.integerValue,
            let root = facts["root"]?.stringValue.flatMap({ [UInt8](hexadecimal: $0) }),
            let size = (facts["size"] ?? .integer(count)).integerValue, size >= 0
        else { throw Refused(description: "The file is no export of a ledger.") }
        var reader = Reader(rest: file[(end + 1)...], root: root, size: UInt64(size))
        if let text = facts["organization"]?.stringValue {
            guard let id = Identifier(text) else { throw Refused(description: "The file names no organization.") }
            reader.organization = id
        }
        try reader.readAll()
        guard Int64(reader.entries.count) == count, reader.holds() else {
            throw Refused(description: "The events are not those that the file's first line speaks of: its root hash does not hold.")
        }
        if let note = facts["checkpoint"]?.stringValue {
            guard let (checkpoint, _) = Checkpoint.parse(note), checkpoint.root == root, checkpoint.size == UInt64(size) else {
                throw Refused(description: "The checkpoint is not one of these events.")
            }
        }
        if let key, facts["checkpoint"]?.stringValue.flatMap({ Checkpoint.read($0, trusting: key) }) == nil {
            throw Refused(description: "The file has no checkpoint that the key \(key.text) signed.")
        }
        return Contents(facts: facts, organization: reader.organization, entries: reader.entries)
    }

    // MARK: - Import

    /// Appends what was read: a whole ledger as it is, an organization's events numbered anew.
    ///
    /// A whole ledger may be there in part, as it is after an import that was cut off: then the rest is appended.
    ///
    /// - Parameter progress: Told how many events of the file are in the ledger.
    public static func append(
        _ contents: Contents, to service: IdentityLedger, progress: (UInt64) -> Void = { _ in }
    ) async throws -> JSON {
        let present = try Self.present(contents, in: service)
        let entries = contents.organization == nil ? contents.entries : try renumbered(contents.entries)
        var start = present
        while start < entries.count {
            let batch = Array(entries[start..<min(start + 1024, entries.count)])
            _ = try await service.ledger.submit { context in
                for entry in batch { try context.appendImported(entry.event, evidence: entry.evidence) }
            }
            start += batch.count
            progress(UInt64(start))
        }
        let snapshot = try service.ledger.snapshot()
        return [
            "events": JSON(snapshot.head), "imported": JSON(UInt64(entries.count - present)),
            "organization": JSON(contents.organization?.description), "root": .string(try snapshot.root().hexadecimal),
        ]
    }

    /// How many of the events are in a ledger already, from the first on.
    ///
    /// - Throws: ``Refused`` where it has others.
    public static func present(_ contents: Contents, in service: IdentityLedger) throws -> Int {
        let snapshot = try service.ledger.snapshot()
        if snapshot.head == 0 { return 0 }
        guard contents.organization == nil else {
            throw Refused(description: "An organization is imported into an empty ledger; this one has \(snapshot.head) events.")
        }
        guard snapshot.head <= UInt64(contents.entries.count) else {
            throw Refused(description: "This ledger has \(snapshot.head) events already, the file only \(contents.entries.count).")
        }
        try snapshot.forEachEvent { sequence, bytes in
            guard contents.entries[Int(sequence) - 1].event == bytes else {
                throw Refused(description: "This ledger is another one: its event \(sequence) is not the file's.")
            }
            return true
        }
        return Int(snapshot.head)
    }

    // The events of one organization get sequences without gaps, and so does what speaks of them.
    private static func renumbered(_ entries: [Entry]) throws -> [Entry] {
        var numbers: [UInt64: UInt64] = [:]
        return try entries.enumerated().map { index, entry in
            var event = try Event(decoding: entry.event)
            numbers[event.sequence] = UInt64(index) + 1
            let now = { (sequence: UInt64) in numbers[sequence] ?? 0 }
            event.sequence = UInt64(index) + 1
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
            return Entry(event: try event.encoded(), evidence: entry.evidence)
        }
    }
}

/// Takes a file apart and checks each event as it comes.
private struct Reader {
    var rest: ArraySlice<UInt8>
    let root: [UInt8]
    let size: UInt64
    var organization: Identifier?
    var entries: [Transfer.Entry] = []
    private var last: UInt64 = 0
    private var tree = MerkleFrontier()
    private var attachments = AttachmentCheck()

    init(rest: ArraySlice<UInt8>, root: [UInt8], size: UInt64) {
        self.rest = rest
        self.root = root
        self.size = size
    }

    mutating func readAll() throws {
        while !rest.isEmpty {
            guard let bytes = unframed(&rest), let evidence = unframed(&rest) else { throw cutOff }
            let event = try decode(bytes)
            try checkEvidence(evidence, of: event)
            if organization == nil {
                guard event.sequence == last + 1 else {
                    throw Transfer.Refused(description: "Event \(last + 1) is missing: the file goes on with \(event.sequence).")
                }
                tree.append(leafHash: MerkleTree.leafHash(bytes))
            } else {
                guard let proof = unframed(&rest) else { throw cutOff }
                try checkInclusion(bytes, event, proof)
            }
            last = event.sequence
            entries.append(Transfer.Entry(event: bytes, evidence: evidence.isEmpty ? nil : evidence))
        }
        if let sequence = attachments.missing.first {
            throw Transfer.Refused(description: "The evidence of event \(sequence) is missing.")
        }
    }

    /// Whether the whole is what the first line says; an organization's events have proved it one by one.
    func holds() -> Bool {
        if organization != nil { return true }
        return tree.root == root && size == UInt64(entries.count)
    }

    private var cutOff: Transfer.Refused { .init(description: "The file ends in the middle of an event.") }

    private func decode(_ bytes: [UInt8]) throws -> Event {
        do { return try Event(decoding: bytes) } catch {
            throw Transfer.Refused(description: "What follows event \(last) can't be read: \(error.detail)")
        }
    }

    private mutating func checkEvidence(_ evidence: [UInt8], of event: Event) throws {
        if let fault = attachments.check(event, stored: evidence.isEmpty ? nil : evidence) {
            throw Transfer.Refused(description: "Event \(event.sequence): \(fault)")
        }
    }

    private func checkInclusion(_ bytes: [UInt8], _ event: Event, _ proof: [UInt8]) throws {
        let hashes = stride(from: 0, to: proof.count, by: 32).map { Array(proof[$0..<min($0 + 32, proof.count)]) }
        guard event.sequence > last, event.sequence <= size, event.organizationID == organization,
            MerkleTree.root(leafHash: MerkleTree.leafHash(bytes), index: event.sequence - 1, size: size, proof: hashes) == root
        else { throw Transfer.Refused(description: "Event \(event.sequence) is not part of the log that the file's first line speaks of.") }
    }
}

/// Bytes after their length.
func framed(_ bytes: [UInt8]) -> [UInt8] { Array(UInt64(bytes.count).bigEndianBytes[4...]) + bytes }

/// Takes such bytes off the front; nil where they are cut off.
func unframed(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    guard rest.count >= 4, let count = UInt64(bigEndianBytes: [0, 0, 0, 0] + rest.prefix(4)), rest.count - 4 >= Int(count) else {
        return nil
    }
    defer { rest = rest.dropFirst(4 + Int(count)) }
    return Array(rest.dropFirst(4).prefix(Int(count)))
}
