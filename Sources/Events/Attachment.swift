#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.Data
#else
    public import struct Foundation.Data
#endif

/// What lies beside an event in the ledger, too large for a leaf, and the SHA-256 by which the leaf holds it.
public enum Attachment: Sendable, Hashable {
    /// A response as it arrived, compressed and sealed; the digest is of the sealed bytes, so that nobody needs a key to check.
    case response(digest: Data)
    /// An identity provider's metadata, compressed; the digest is of the document itself.
    case metadata(digest: Data)
}

extension Event {
    /// What must lie beside this event; nil: nothing.
    public var attachment: Attachment? {
        switch body {
        case .assertionReceived(let received) where received.evidenceKept: .response(digest: received.evidenceDigest)
        case .identityProviderConfigured(let configured): .metadata(digest: configured.metadataDigest)
        case .identityProviderRefreshed(let refreshed): .metadata(digest: refreshed.configuration.metadataDigest)
        default: nil
        }
    }
}
