import Crypto
public import Ledger

extension IdentityLedger {
    /// The log as it stands in a snapshot, under this service's signature: a C2SP signed note.
    ///
    /// - Returns: nil where no public URL is recorded, which names the log, or the key is not here.
    public func checkpoint(of snapshot: Snapshot) throws(ServiceError) -> String? {
        try answering {
            guard let origin = try logOrigin(), let key = try checkpointKey() else { return nil }
            return try Checkpoint(origin: origin, size: snapshot.head, root: try snapshot.root()).signed(with: key)
        }
    }

    /// What checkpoints are verified with.
    ///
    /// - Returns: nil where no public URL is recorded, or the key is not here.
    public func verifierKey() throws(ServiceError) -> VerifierKey? {
        try answering {
            guard let origin = try logOrigin(), let key = try checkpointKey() else { return nil }
            return VerifierKey(origin: origin, key: key.publicKey)
        }
    }

    // C2SP tlog-checkpoint: the log's name is a URL without its scheme.
    private func logOrigin() throws -> String? {
        guard let url = try publicURL(), let end = url.firstRange(of: "://") else { return nil }
        return String(url[end.upperBound...])
    }

    // C55: this key signs nothing else. Made when it is first asked for; a reader makes none.
    private func checkpointKey() throws -> Curve25519.Signing.PrivateKey? {
        guard let secret = try ledger.keyRing.secret("checkpoint", bytes: 32, create: true) else { return nil }
        return try Curve25519.Signing.PrivateKey(rawRepresentation: secret)
    }
}
