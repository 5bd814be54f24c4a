public import Events
public import IdentityLedger
import Ledger
import Projections

/// A ledger, or one organization of it, as one file that proves itself. The keys of personal data are not part of it.
///
/// A line of JSON says how many events there are and from which on, the tree's size and root hash, and the checkpoint if the log has a
/// name. Then for each event: its bytes, its evidence and, in a file of one organization, its inclusion proof (RFC 6962 §2.1.1); each after
/// its length in four bytes, the most significant first. A file that begins later than with the first event names the hashes of the complete
/// subtrees before it, the largest first, so that its root can be computed all the same.
public enum Transfer {
    static let format = "identity-ledger export 1"

    /// Why a file is no export, or not a whole one.
    public struct Refused: Error, Sendable, CustomStringConvertible {
        /// A sentence about what was found.
        public let description: String
    }

    /// The ledger as of one commit; only one organization's events, if that is asked for.
    ///
    /// - Parameters:
    ///   - first: The first event of the file: what came before is in an earlier one.
    ///   - progress: Told the sequence of the event that was written.
    public static func export(
        _ service: IdentityLedger, organization: Identifier? = nil, from first: UInt64 = 1, progress: (UInt64) -> Void = { _ in },
        to write: ([UInt8]) throws -> Void
    ) throws -> JSON {
        let snapshot = try service.ledger.snapshot()
        let size = snapshot.head
        guard first >= 1, first <= size + 1, organization == nil || first == 1 else {
            throw ServiceError(
                code: "invalid_request", status: 422,
                detail: "An export begins with event 1 to \(size + 1), and one of an organization with 1.",
                remedy: "Name the event after the last one of the export before.")
        }
        let sequences = try organization.map { try Self.sequences(of: $0, in: snapshot) }
        let frontier = try snapshot.frontier(size: first - 1)
        let facts: JSON = [
            "format": .string(format), "schemaRevision": JSON(UInt64(Event.currentSchemaRevision)),
            "organization": JSON(organization?.description), "first": JSON(first),
            "before": .array(frontier.hashes.map { .string($0.hexadecimal) }),
            "events": JSON(sequences.map { UInt64($0.count) } ?? size + 1 - first), "size": JSON(size),
            "root": .string(try snapshot.root().hexadecimal), "checkpoint": JSON(try service.checkpoint(of: snapshot)),
        ]
        try write(facts.encoded() + [10])
        guard let sequences else {
            try snapshot.forEachEvent(from: first) { sequence, bytes in
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
}
