import Crypto
public import Events

extension Snapshot {
    /// What lies beside an event, as it lies there: a sealed response, or packed metadata.
    public func evidence(_ sequence: UInt64) throws(LedgerError) -> [UInt8]? { try get(Layout.evidence, sequence.bigEndianBytes) }

    /// A response that no trusted key signed, if it is among the newest that are kept.
    public func untrustedEvidence(_ sequence: UInt64, organization: Identifier) throws(LedgerError) -> [UInt8]? {
        try get(Layout.untrusted, organization.bytes + sequence.bigEndianBytes)
    }

    /// Whether a login's response is kept.
    public func hasEvidence(_ sequence: UInt64, organization: Identifier) throws(LedgerError) -> Bool {
        if try evidence(sequence) != nil { return true }
        return try untrustedEvidence(sequence, organization: organization) != nil
    }

    /// The metadata document that an event keeps; nil where there is none.
    public func metadata(_ sequence: UInt64) throws(LedgerError) -> [UInt8]? {
        guard case .metadata? = try event(sequence)?.attachment else { return nil }
        return try evidence(sequence).flatMap { Packing.unpack($0) }
    }

    /// The responses that no trusted key signed, as far as they are kept, by the digest of their sealed bytes.
    func forEachUntrusted(_ body: (_ sequence: UInt64, _ digest: [UInt8]) -> Void) throws(LedgerError) {
        try scan(Layout.untrusted, from: [0], reverse: false) { key, value in
            if let sequence = UInt64(bigEndianBytes: key.dropFirst(16)) { body(sequence, Array(SHA256.hash(data: value))) }
            return true
        }
    }
}
