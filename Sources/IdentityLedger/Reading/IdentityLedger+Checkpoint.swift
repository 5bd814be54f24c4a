import Crypto
import Events
import Identity
import Projections
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

    /// What does not hold of a note that this ledger's own key should have signed; nil: it holds.
    ///
    /// A public URL that has changed since has given the log another name: the key is what counts.
    public func fault(ofOwn note: String, in snapshot: Snapshot) throws(ServiceError) -> String? {
        try answering {
            guard let (kept, _) = Checkpoint.parse(note) else { return "The file is no checkpoint." }
            guard let key = try checkpointKey() else {
                return "Who signed the checkpoint can't be verified: this ledger has no key of its log. Give the log's verifier key."
            }
            return try snapshot.fault(of: note, trusting: VerifierKey(origin: kept.origin, key: key.publicKey))
        }
    }

    /// Reads a note that this ledger's own key signed, under whatever name the log had; nil: it is none.
    public func ownCheckpoint(_ note: String) throws(ServiceError) -> Checkpoint? {
        try answering {
            guard let (kept, _) = Checkpoint.parse(note), let key = try checkpointKey() else { return nil }
            return Checkpoint.read(note, trusting: VerifierKey(origin: kept.origin, key: key.publicKey))
        }
    }

    /// That an event is in the log as it stands: a C2SP tlog-proof, which verifies offline.
    public func proof(of sequence: UInt64, by caller: Caller) throws(ServiceError) -> LogProof {
        try answering {
            let snapshot = try ledger.snapshot()
            guard let event = try snapshot.event(sequence) else {
                throw RuleError(.notFound, "There is no event \(sequence).", remedy: "The newest is \(snapshot.head).")
            }
            if let organization = event.organizationID {
                try caller.authority.check(.read, try snapshot.organization(organization))
            } else {
                try caller.authority.check(.read)
            }
            guard let note = try checkpoint(of: snapshot) else { throw Self.noPublicURL }
            return LogProof(
                index: sequence - 1, hashes: try snapshot.inclusionProof(sequence: sequence, size: snapshot.head), checkpoint: note)
        }
    }

    /// The events of a C2SP entry bundle; nil where the log is too small for it. They are of all organizations.
    public func entryBundle(index: UInt64, width: Int, by caller: Caller) throws(ServiceError) -> [UInt8]? {
        try answering {
            try caller.authority.check(.read)
            return try ledger.snapshot().entryBundle(index: index, width: width)
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
