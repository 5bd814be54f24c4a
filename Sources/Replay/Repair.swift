public import Events
public import IdentityLedger
import LMDB
public import Ledger
import Projections

/// What can be made anew from the events is made anew: the tree's hashes, projections and indexes. What can't is said.
public struct Repair: JSONView {
    /// How many events the ledger has.
    public let events: UInt64
    /// What was done to the tree.
    public let tree: TreeRepair
    /// The projections, compared with what the events make, and swapped where they differed.
    public let rebuild: Rebuild
    /// What `verify` still finds: what can't be made from the events.
    public let remaining: [LogFinding]

    /// Whether everything holds now.
    public var ok: Bool { remaining.isEmpty }

    /// - Parameters:
    ///   - kept: Checkpoints that were kept outside of the ledger, beside those in it.
    ///   - progress: Told how many events a step has gone through.
    public init(_ service: IdentityLedger, kept: [String] = [], progress: (UInt64) -> Void = { _ in }) async throws {
        let snapshot = try service.ledger.snapshot()
        var trusted: [UInt64: [UInt8]] = [:]
        for note in try snapshot.checkpoints().map(\.note) + kept {
            if let checkpoint = try service.ownCheckpoint(note) { trusted[checkpoint.size] = checkpoint.root }
        }
        let roots = trusted
        tree = try await service.ledger.submit { try $0.repairTree(trusting: roots) }.result
        rebuild = try await Rebuild(service, progress: progress)
        let verification = try Verification(service, progress: progress)
        events = verification.events
        remaining = verification.findings
    }

    /// What was done, what was found equal, and what remains.
    public var json: JSON {
        [
            "ok": .bool(ok), "events": JSON(events), "treeHashesMended": JSON(tree.mended),
            "projectionsMended": .array(rebuild.projections.filter { !$0.isEqual }.map { .string($0.name) }),
            "doubtfulEvents": .array(tree.doubtful.prefix(1000).map { JSON($0) }),
            "remaining": .array(
                remaining.map { ["sequence": JSON($0.sequence), "kind": .string($0.kind), "detail": .string($0.detail)] }),
        ]
    }
}
