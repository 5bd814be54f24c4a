public import Events
public import Ledger

/// An export as it lies somewhere: it is read twice, first to verify all of it, then to append its events, and never held in memory.
public struct ExportFile {
    /// Gives the next bytes, at most as many as are asked for; none at the end.
    public typealias Source = (_ count: Int) throws -> [UInt8]

    /// What the file's first line says.
    public let facts: JSON
    /// Whose events these are; nil: a whole ledger.
    public let organization: Identifier?
    /// The file's first event.
    public let first: UInt64
    /// How many events there are.
    public let count: UInt64
    /// The tree before the first event.
    let before: MerkleFrontier
    private let open: () throws -> Source

    /// Reads a file to its end and verifies all of it: every event, every hash, every piece of evidence.
    ///
    /// - Parameters:
    ///   - open: Begins reading, from the front.
    ///   - key: What its checkpoint must be signed with; nil: its checkpoint is believed, as the rest is.
    ///   - latest: No event may be of later: whatever is appended is never of before the newest.
    ///   - progress: Told how many events were read.
    /// - Throws: ``Transfer/Refused``.
    public init(
        verifying open: @escaping () throws -> Source, trusting key: VerifierKey? = nil,
        latest: Instant = Instant.now.adding(seconds: 86_400), progress: (UInt64) -> Void = { _ in }
    ) throws {
        var bytes = FramedReader(try open())
        guard let line = try bytes.line(atMost: 1 << 16), let facts = try? JSON(parsing: line),
            facts["format"]?.stringValue == Transfer.format, let count = facts["events"]?.integerValue, count >= 0,
            let root = facts["root"]?.stringValue.flatMap({ [UInt8](hexadecimal: $0) }),
            let size = (facts["size"] ?? .integer(count)).integerValue, size >= 0,
            let first = (facts["first"] ?? .integer(1)).integerValue, first >= 1,
            let before = MerkleFrontier(
                size: UInt64(first - 1),
                hashes: (facts["before"]?.arrayValue ?? []).map { $0.stringValue.flatMap { [UInt8](hexadecimal: $0) } ?? [] })
        else { throw Transfer.Refused(description: "The file is no export of a ledger.") }
        self.facts = facts
        self.open = open
        self.before = before
        self.first = UInt64(first)
        self.count = UInt64(count)
        if let text = facts["organization"]?.stringValue {
            guard let id = Identifier(text), first == 1 else { throw Transfer.Refused(description: "The file names no organization.") }
            organization = id
        } else {
            organization = nil
        }
        var check = EntryCheck(of: organization, root: root, size: UInt64(size), before: before, latest: latest)
        while true {
            let batch = try Self.batch(&bytes, hasProof: organization != nil)
            if batch.isEmpty { break }
            let read = concurrently(batch) { (event: Event.decoding($0.event), leaf: MerkleTree.leafHash($0.event)) }
            for (entry, read) in zip(batch, read) { try check.take(entry, read.event, leafHash: read.leaf) }
            progress(check.count)
        }
        guard try check.ends(), check.count == UInt64(count) else {
            throw Transfer.Refused(
                description: "The events are not those that the file's first line speaks of: its root hash does not hold.")
        }
        if let note = facts["checkpoint"]?.stringValue {
            guard let (checkpoint, _) = Checkpoint.parse(note), checkpoint.root == root, checkpoint.size == UInt64(size) else {
                throw Transfer.Refused(description: "The checkpoint is not one of these events.")
            }
        }
        if let key, facts["checkpoint"]?.stringValue.flatMap({ Checkpoint.read($0, trusting: key) }) == nil {
            throw Transfer.Refused(description: "The file has no checkpoint that the key \(key.text) signed.")
        }
    }

    /// An event with what lies beside it.
    struct Entry: Sendable {
        let event: [UInt8]
        let evidence: [UInt8]?
        /// In a file of one organization.
        let proof: [UInt8]?
    }

    /// The events in their order, read anew, many at a time; `body` returns false to stop.
    func forEachBatch(_ body: ([Entry]) async throws -> Bool) async throws {
        var bytes = FramedReader(try open())
        guard try bytes.line(atMost: 1 << 16) != nil else {
            throw Transfer.Refused(description: "The file could not be read a second time.")
        }
        while true {
            let batch = try Self.batch(&bytes, hasProof: organization != nil)
            guard !batch.isEmpty, try await body(batch) else { return }
        }
    }

    private static func batch(_ bytes: inout FramedReader, hasProof: Bool) throws -> [Entry] {
        var batch: [Entry] = []
        var size = 0
        while batch.count < 8192, size < 16 << 20, let entry = try next(&bytes, hasProof: hasProof) {
            size += entry.event.count + (entry.evidence?.count ?? 0)
            batch.append(entry)
        }
        return batch
    }

    private static func next(_ bytes: inout FramedReader, hasProof: Bool) throws -> Entry? {
        // An event is a C2SP entry, a proof has a hash a level, and metadata is the largest that lies beside an event.
        guard let event = try bytes.next(atMost: Int(UInt16.max)) else { return nil }
        guard let evidence = try bytes.next(atMost: 4 << 20), let proof = hasProof ? try bytes.next(atMost: 64 * 32) : [] else {
            throw Transfer.Refused(description: "The file ends in the middle of an event.")
        }
        return Entry(event: event, evidence: evidence.isEmpty ? nil : evidence, proof: hasProof ? proof : nil)
    }
}

/// Checks each event as it comes.
private struct EntryCheck {
    private let organization: Identifier?
    private let root: [UInt8]
    private let size: UInt64
    private(set) var count: UInt64 = 0
    private var last: UInt64
    private var tree: MerkleFrontier
    private var attachments = AttachmentCheck()
    private let latest: Instant
    private var lastInstant = Instant(nanoseconds: 0)

    init(of organization: Identifier?, root: [UInt8], size: UInt64, before: MerkleFrontier, latest: Instant) {
        self.latest = latest
        self.organization = organization
        self.root = root
        self.size = size
        tree = before
        last = organization == nil ? before.size : 0
    }

    mutating func take(_ entry: ExportFile.Entry, _ read: Result<Event, EventError>, leafHash: [UInt8]) throws {
        let event: Event
        do throws(EventError) { event = try read.get() } catch {
            throw Transfer.Refused(description: "What follows event \(last) can't be read: \(error.detail)")
        }
        guard event.recordedInstant >= lastInstant, event.recordedInstant <= latest, event.causedBy < event.sequence else {
            throw Transfer.Refused(
                description: "Event \(event.sequence) is of before the one that precedes it, of the future, or caused by a later one.")
        }
        lastInstant = event.recordedInstant
        if let fault = attachments.check(event, stored: entry.evidence) {
            throw Transfer.Refused(description: "Event \(event.sequence): \(fault)")
        }
        if organization == nil {
            guard event.sequence == last + 1 else {
                throw Transfer.Refused(description: "Event \(last + 1) is missing: the file goes on with \(event.sequence).")
            }
            tree.append(leafHash: leafHash)
        } else {
            try checkInclusion(entry, event, leafHash)
        }
        last = event.sequence
        count += 1
    }

    /// Whether the whole is what the first line says; an organization's events have proved it one by one.
    func ends() throws -> Bool {
        if let sequence = attachments.missing.first {
            throw Transfer.Refused(description: "The evidence of event \(sequence) is missing.")
        }
        return organization != nil || (tree.root == root && size == tree.size)
    }

    private func checkInclusion(_ entry: ExportFile.Entry, _ event: Event, _ leafHash: [UInt8]) throws {
        let proof = entry.proof ?? []
        let hashes = stride(from: 0, to: proof.count, by: 32).map { Array(proof[$0..<min($0 + 32, proof.count)]) }
        guard event.sequence > last, event.sequence <= size, event.organizationID == organization,
            MerkleTree.root(leafHash: leafHash, index: event.sequence - 1, size: size, proof: hashes) == root
        else { throw Transfer.Refused(description: "Event \(event.sequence) is not part of the log that the file's first line speaks of.") }
    }
}
