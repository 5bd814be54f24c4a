import Crypto
import Events

/// Something in the log that does not hold.
public struct LogFinding: Sendable, Hashable {
    /// The event, or a checkpoint's size; 0: the log as a whole.
    public let sequence: UInt64
    /// `event`, `tree`, `evidence`, `projection`, `checkpoint`, or `damaged`: pages that LMDB keeps.
    public let kind: String
    /// A sentence about what was found.
    public let detail: String

    /// A finding of these members.
    public init(sequence: UInt64, kind: String, detail: String) {
        self.sequence = sequence
        self.kind = kind
        self.detail = detail
    }
}

/// Reads the whole log and says what does not hold in it.
public struct LogVerification: Sendable {
    /// How many were read.
    public private(set) var events: UInt64 = 0
    /// In the order in which they were met; at most 10,000.
    public private(set) var findings: [LogFinding] = []
    private var attachments = AttachmentCheck()
    /// Made anew from the events' bytes, not from what is stored; where events are missing, from those before.
    public private(set) var root: [UInt8] = MerkleTree.emptyRoot

    /// What to check.
    public struct Parts: OptionSet, Sendable {
        /// A bit for each.
        public let rawValue: Int
        /// The parts of these bits.
        public init(rawValue: Int) { self.rawValue = rawValue }
        /// Encodings, order, instants; with the tree alone beside them, what lies inside a body is not read.
        public static let events = Parts(rawValue: 1)
        /// Leaf hashes and those above.
        public static let tree = Parts(rawValue: 2)
        /// The digests of what lies beside the events.
        public static let evidence = Parts(rawValue: 4)
        /// Everything.
        public static let all: Parts = [.events, .tree, .evidence]
    }

    /// - Parameter progress: Told how many events were read.
    public init(_ snapshot: Snapshot, _ parts: Parts = .all, progress: (UInt64) -> Void = { _ in }) throws {
        var expected: UInt64 = 1
        var lastInstant: UInt64 = 0
        var frontier = MerkleFrontier()
        // Where the tree proves the bytes, what lies inside a body is read only for its evidence, and by folds.
        let looks = parts == [.events, .tree]
        let decodes = !looks && (parts.contains(.events) || parts.contains(.evidence))
        let hashes = parts.contains(.tree)
        try snapshot.forEachBatch { bytes in
            let event = decodes ? Event.decoding(bytes) : nil
            let envelope = looks ? EventEnvelope.decoding(bytes) : event.map { $0.map(EventEnvelope.init) }
            return (event: event, envelope: envelope, leaf: hashes ? MerkleTree.leafHash(bytes) : [])
        } _: { batch, read in
            var nodes: [ExpectedNode] = []
            for ((sequence, _), (event, envelope, leaf)) in zip(batch, read) {
                if expected < sequence {
                    report(
                        expected, "event",
                        sequence - expected == 1 ? "Event \(expected) is missing." : "Events \(expected) to \(sequence - 1) are missing.")
                }
                expected = sequence == .max ? sequence : sequence + 1
                events += 1
                if let envelope, parts.contains(.events) { checkEnvelope(sequence, envelope, &lastInstant) }
                if case .success(let event)? = event, parts.contains(.evidence) { try checkEvidence(sequence, event, snapshot) }
                if hashes { nodes += Self.nodes(sequence, leaf, &frontier) }
            }
            try checkTree(nodes, snapshot)
            if let last = batch.last { progress(last.sequence) }
            return true
        }
        let rows = try snapshot.count(Layout.events)
        if UInt64(exactly: rows) != events {
            report(expected, "event", "The log has \(rows) rows, of which \(events) can be read in their order.")
        }
        if parts.contains(.tree) {
            if frontier.size == snapshot.head { try checkNodeCount(snapshot) }
            root = frontier.root
        }
        if parts.contains(.evidence) {
            for sequence in attachments.missing { report(sequence, "evidence", "The response's bytes are missing.") }
            try checkStrayEvidence(snapshot)
            try checkUntrusted(snapshot)
        }
    }

    private mutating func report(_ sequence: UInt64, _ kind: String, _ detail: String) {
        if findings.count < 10_000 { findings.append(LogFinding(sequence: sequence, kind: kind, detail: detail)) }
    }

    private mutating func checkEnvelope(_ sequence: UInt64, _ event: Result<EventEnvelope, EventError>, _ lastInstant: inout UInt64) {
        do throws(EventError) {
            let event = try event.get()
            if event.sequence != sequence { report(sequence, "event", "The event says that its sequence is \(event.sequence).") }
            if event.recordedAt < lastInstant { report(sequence, "event", "The event was recorded before the one that precedes it.") }
            lastInstant = max(lastInstant, event.recordedAt)
            if event.causedBy >= sequence { report(sequence, "event", "The event names event \(event.causedBy) as its cause.") }
        } catch {
            report(sequence, "event", error.detail)
        }
    }

    /// A hash that must be stored.
    private struct ExpectedNode {
        let sequence: UInt64
        let level: Int
        let place: UInt64
        let hash: [UInt8]
    }

    private static func nodes(_ sequence: UInt64, _ leaf: [UInt8], _ frontier: inout MerkleFrontier) -> [ExpectedNode] {
        // Behind a gap there is no tree to be made any more: only the event's own hash.
        let nodes = frontier.size == sequence - 1 ? frontier.append(leafHash: leaf) : [(0, sequence - 1, leaf)]
        return nodes.map { ExpectedNode(sequence: sequence, level: $0.level, place: Layout.place($0.level, $0.index), hash: $0.hash) }
    }

    // Both in the order of their keys.
    private mutating func checkTree(_ nodes: [ExpectedNode], _ snapshot: Snapshot) throws {
        guard let first = nodes.first else { return }
        var next = 0
        var wrong: [ExpectedNode] = []
        try snapshot.scan(Layout.tree, from: first.place.bigEndianBytes, reverse: false) { key, hash in
            guard let place = UInt64(bigEndianBytes: key) else { return true }  // counted as surplus
            while next < nodes.count, nodes[next].place < place {
                wrong.append(nodes[next])
                next += 1
            }
            if next < nodes.count, nodes[next].place == place {
                if nodes[next].hash != hash { wrong.append(nodes[next]) }
                next += 1
            }
            return next < nodes.count
        }
        for node in wrong + nodes[next...] {
            let what =
                node.level == 0
                ? "The event's bytes do not have the hash that was kept." : "A hash of level \(node.level) over it does not hold."
            report(node.sequence, "tree", what)
        }
    }

    private mutating func checkNodeCount(_ snapshot: Snapshot) throws {
        var expected: UInt64 = 0
        var level = snapshot.head
        while level > 0 {
            expected += level
            level >>= 1
        }
        let found = try snapshot.count(Layout.tree)
        if UInt64(exactly: found) != expected { report(0, "tree", "The tree holds \(found) hashes, not \(expected).") }
    }

    private mutating func checkEvidence(_ sequence: UInt64, _ event: Event, _ snapshot: Snapshot) throws {
        if let fault = attachments.check(event, stored: try snapshot.evidence(sequence)) { report(sequence, "evidence", fault) }
    }

    private mutating func checkStrayEvidence(_ snapshot: Snapshot) throws {
        var strays = 0
        try snapshot.scan(Layout.evidence, from: [0], reverse: false) { key, _ in
            let sequence = UInt64(bigEndianBytes: key) ?? 0
            if sequence == 0 || sequence > snapshot.head { strays += 1 }
            return true
        }
        if strays > 0 { report(0, "evidence", "There are \(strays) pieces of evidence beyond the events.") }
    }

    // What no trusted key signed is kept for a time only, so that it may be gone; what is there must be what arrived.
    private mutating func checkUntrusted(_ snapshot: Snapshot) throws {
        var faults: [UInt64] = []
        try snapshot.forEachUntrusted { sequence, digest in
            guard let event = try? snapshot.event(sequence), case .assertionReceived(let received)? = event.body,
                !received.evidenceKept, Array(received.evidenceDigest) == digest
            else {
                faults.append(sequence)
                return
            }
        }
        for sequence in faults { report(sequence, "evidence", "The response's bytes are not those that were received.") }
    }
}
