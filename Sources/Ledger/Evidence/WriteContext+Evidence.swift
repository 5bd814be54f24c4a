public import Events
public import LMDB

extension WriteContext {
    /// Bytes of responses that no trusted key signed, as they lie sealed, that are kept for one organization.
    public static let untrustedBytes = 1 << 20

    /// Keeps a response that no trusted key signed: the newest ones of an organization, as far as ``untrustedBytes`` go.
    public mutating func keepUntrusted(_ box: [UInt8], of sequence: UInt64, organization: Identifier) throws(LMDBError) {
        guard box.count <= Self.untrustedBytes else { return }
        let kept = try get(Layout.untrusted, organization.bytes).flatMap { UInt64(bigEndianBytes: $0) } ?? 0
        var total = kept + UInt64(box.count)
        while total > UInt64(Self.untrustedBytes), let oldest = try oldestUntrusted(organization) {
            try delete(Layout.untrusted, oldest.key)
            total -= min(total, UInt64(oldest.size))
        }
        try put(Layout.untrusted, organization.bytes + sequence.bigEndianBytes, box)
        try put(Layout.untrusted, organization.bytes, total.bigEndianBytes)
    }

    private func oldestUntrusted(_ organization: Identifier) throws(LMDBError) -> (key: [UInt8], size: Int)? {
        var oldest: (key: [UInt8], size: Int)?
        try scan(Layout.untrusted, from: organization.bytes + UInt64(1).bigEndianBytes, reverse: false) { key, value in
            if key.starts(with: organization.bytes) { oldest = (key, value.count) }
            return false
        }
        return oldest
    }

    /// Takes away what lies beside an organization's login; the event stays, and another one must say so.
    public mutating func removeEvidence(_ sequence: UInt64, organization: Identifier) throws(LMDBError) {
        try delete(Layout.evidence, sequence.bigEndianBytes)
        let key = organization.bytes + sequence.bigEndianBytes
        guard let box = try get(Layout.untrusted, key) else { return }
        let total = try get(Layout.untrusted, organization.bytes).flatMap { UInt64(bigEndianBytes: $0) } ?? 0
        try delete(Layout.untrusted, key)
        try put(Layout.untrusted, organization.bytes, (total - min(total, UInt64(box.count))).bigEndianBytes)
    }
}
