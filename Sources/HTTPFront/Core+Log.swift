import Crypto
import Events
import FoundationEssentials
import IdentityLedger
import Ledger

// MARK: - The transparency log

extension Core {
    /// The log's name: the public URL without its scheme (C2SP tlog-checkpoint).
    private func origin() throws -> String {
        guard let url = try ledger.publicURL(), let end = url.firstRange(of: "://") else { throw Problem.notFound }
        return String(url[end.upperBound...])
    }

    // C55: the checkpoint's key signs nothing else.
    private func checkpointKey() throws -> Curve25519.Signing.PrivateKey {
        guard let secret = try ledger.ledger.keyRing.secret("checkpoint", bytes: 32, create: true) else {
            throw Problem.unavailable
        }
        return try Curve25519.Signing.PrivateKey(rawRepresentation: secret)
    }

    /// The log as it stands, under our signature.
    func checkpoint() throws -> String {
        let snapshot = try ledger.ledger.snapshot()
        return try Checkpoint(origin: try origin(), size: snapshot.head, root: try snapshot.root()).signed(
            with: checkpointKey())
    }

    /// What checkpoints are verified with.
    func verifierKey() throws -> String { Checkpoint.verifierKey(origin: try origin(), try checkpointKey().publicKey) }

    /// A hash tile; nil where the log is too small for it.
    func tile(_ path: TilePath) throws -> [UInt8]? {
        try ledger.ledger.snapshot().tile(level: path.level, index: path.index, width: path.width)
    }
}
