public import Events
public import IdentityLedger
import LMDB
public import Ledger
import Projections

/// Whether the ledger is whole and unaltered: events, tree, evidence, and projections against a fold from nothing.
public struct Verification: JSONView {
    /// What is checked.
    public enum Part: String, Sendable, CaseIterable { case events, tree, evidence, projections }

    /// How many events the ledger has.
    public let events: UInt64
    /// The root hash, made anew from the events' bytes.
    public let root: [UInt8]
    /// The kept checkpoint that this log was compared with; nil: none was given.
    public let checkpoint: String?
    /// What does not hold, and where.
    public let findings: [LogFinding]

    /// Whether everything that was checked holds.
    public var ok: Bool { findings.isEmpty }

    /// - Parameter checkpoint: A signed note that was kept: nothing before it may be other than it was.
    public init(
        _ ledger: Ledger, parts: Set<Part> = Set(Part.allCases), checkpoint: String? = nil, progress: (UInt64) -> Void = { _ in }
    ) throws {
        let snapshot = try ledger.snapshot()
        var wanted: LogVerification.Parts = []
        if parts.contains(.events) { wanted.insert(.events) }
        if parts.contains(.tree) || checkpoint != nil { wanted.insert(.tree) }
        if parts.contains(.evidence) { wanted.insert(.evidence) }
        let log = try LogVerification(snapshot, wanted, progress: progress)
        var findings = log.findings
        if parts.contains(.projections) { findings += try Self.projectionFindings(snapshot) }
        if let checkpoint { findings += try Self.checkpointFindings(checkpoint, snapshot) }
        events = snapshot.head
        root = wanted.contains(.tree) ? log.root : try snapshot.root()
        self.checkpoint = checkpoint
        self.findings = findings
    }

    private static func projectionFindings(_ snapshot: Snapshot) throws -> [LogFinding] {
        var state = MemoryState()
        do { try state.foldAll(snapshot) } catch {
            return [LogFinding(sequence: state.sequence + 1, kind: "projection", detail: "The events can't be folded: \(error)")]
        }
        return try ProjectionComparison.all(snapshot, state).filter { !$0.isEqual }.map {
            LogFinding(
                sequence: 0, kind: "projection",
                detail: "\($0.name) has rows of digest \($0.liveDigest); the events make \($0.rows) rows of digest \($0.rebuiltDigest).")
        }
    }

    private static func checkpointFindings(_ note: String, _ snapshot: Snapshot) throws -> [LogFinding] {
        guard let (kept, _) = Checkpoint.parse(note) else {
            return [LogFinding(sequence: 0, kind: "checkpoint", detail: "The file is no checkpoint.")]
        }
        guard kept.size <= snapshot.head else {
            return [
                LogFinding(
                    sequence: 0, kind: "checkpoint", detail: "The checkpoint covers \(kept.size) events; this ledger has \(snapshot.head).")
            ]
        }
        if try snapshot.root(size: kept.size) == kept.root { return [] }
        return [LogFinding(sequence: 0, kind: "checkpoint", detail: "The first \(kept.size) events are not those of the checkpoint.")]
    }

    /// The contract's shape.
    public var json: JSON {
        [
            "ok": .bool(ok), "events": JSON(events), "root": .string(root.hexadecimal), "checkpoint": JSON(checkpoint),
            "findings": .array(
                findings.map { ["sequence": JSON($0.sequence), "kind": .string($0.kind), "detail": .string($0.detail)] }),
        ]
    }
}
