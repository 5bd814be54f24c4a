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
    /// The log as it was verified, signed: a checkpoint to keep. nil: the log has no name yet, or its key is not here.
    public let checkpoint: String?
    /// What the log's checkpoints are verified with; nil as there.
    public let logKey: VerifierKey?
    /// What does not hold, and where.
    public let findings: [LogFinding]

    /// Whether everything that was checked holds.
    public var ok: Bool { findings.isEmpty }

    /// - Parameters:
    ///   - kept: A signed note that was kept: nothing before it may be other than it was.
    ///   - key: What the note's signature is verified with; nil: this ledger's own.
    public init(
        _ service: IdentityLedger, parts: Set<Part> = Set(Part.allCases), kept: String? = nil, trusting key: VerifierKey? = nil,
        progress: (UInt64) -> Void = { _ in }
    ) throws {
        let snapshot = try service.ledger.snapshot()
        var wanted: LogVerification.Parts = []
        if parts.contains(.events) { wanted.insert(.events) }
        if parts.contains(.tree) || kept != nil { wanted.insert(.tree) }
        if parts.contains(.evidence) { wanted.insert(.evidence) }
        let structure = try snapshot.structureFaults(wanted, projections: parts.contains(.projections))
        let log = try LogVerification(snapshot, wanted, progress: progress)
        var findings = structure.map { LogFinding(sequence: 0, kind: "damaged", detail: $0) } + log.findings
        if parts.contains(.projections) { findings += try Self.projectionFindings(snapshot) }
        if let kept {
            let fault = try key.map { try snapshot.fault(of: kept, trusting: $0) } ?? service.fault(ofOwn: kept, in: snapshot)
            if let fault { findings.append(LogFinding(sequence: 0, kind: "checkpoint", detail: fault)) }
        }
        if wanted.contains(.tree) { findings += try Self.checkpointFindings(service, snapshot) }
        events = snapshot.head
        root = wanted.contains(.tree) ? log.root : try snapshot.root()
        // Not of a log that does not hold: who keeps it would keep what is wrong.
        checkpoint = findings.isEmpty ? try service.checkpoint(of: snapshot) : nil
        logKey = try service.verifierKey()
        self.findings = findings
    }

    // Those that were signed and are kept in the ledger itself.
    private static func checkpointFindings(_ service: IdentityLedger, _ snapshot: Snapshot) throws -> [LogFinding] {
        guard try service.verifierKey() != nil else { return [] }
        return try snapshot.checkpoints().compactMap { size, note in
            let fault = try service.fault(ofOwn: note, in: snapshot)
            return fault.map { LogFinding(sequence: size, kind: "checkpoint", detail: $0) }
        }
    }

    private static func projectionFindings(_ snapshot: Snapshot) throws -> [LogFinding] {
        var state = MemoryState()
        do { try state.foldAll(snapshot) } catch {
            return [LogFinding(sequence: state.sequence + 1, kind: "projection", detail: "The events can't be folded: \(error)")]
        }
        return try StateTable.allCases.flatMap { table in
            try RowDifference.all(table, live: snapshot, made: state).map {
                LogFinding(sequence: 0, kind: "projection", detail: $0.detail)
            }
        }
    }

    /// The contract's shape.
    public var json: JSON {
        [
            "ok": .bool(ok), "events": JSON(events), "root": .string(root.hexadecimal), "checkpoint": JSON(checkpoint),
            "logKey": JSON(logKey?.text),
            "findings": .array(
                findings.map { ["sequence": JSON($0.sequence), "kind": .string($0.kind), "detail": .string($0.detail)] }),
        ]
    }
}
