import Events
import Identity
import Ledger
import Projections

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

/// An identity provider's metadata in a file of another system, and whose it is.
public struct MetadataFile: Sendable {
    /// The file's name.
    public let file: String
    /// The organization's name, or its Organization ID where it is here already.
    public let organization: String
    /// Which identity provider, where the document describes several.
    public let entityID: String?
    /// Reads it; a `ServiceError` says why it can't be taken. It is read to decide, and again to be written.
    public let read: @Sendable () throws -> [UInt8]

    /// A file of these.
    public init(file: String, organization: String, entityID: String? = nil, read: @escaping @Sendable () throws -> [UInt8]) {
        self.file = file
        self.organization = organization
        self.entityID = entityID
        self.read = read
    }
}

/// What becomes of one file of metadata.
enum MetadataDecision: Sendable {
    case create(IdentityProviderConfigured)
    case configure(Identifier, IdentityProviderConfigured, former: IdentityProviderConfigured?)
    case unchanged(Identifier)
    case refused(Identifier?, String)

    /// Decides for the organization of that ID as it is; nil: there is none of the name.
    init(_ configuration: IdentityProviderConfigured, for state: Organization?) {
        guard let state, let id = state.identifier else {
            self = .create(configuration)
            return
        }
        let current = state.identityProvider
        if !state.isConfigured {
            self = .configure(id, configuration, former: nil)
        } else if current.metadataDigest == configuration.metadataDigest {
            self = .unchanged(id)
        } else if current.entityID != configuration.entityID {
            self = .refused(
                id,
                "“\(state.name)” has the identity provider “\(current.entityID)”, not “\(configuration.entityID)”. "
                    + "To change it, use `organization configure \(id)`.")
        } else if !current.metadataURL.isEmpty || !current.metadataCertificate.isEmpty {
            self = .refused(
                id,
                "“\(state.name)” has metadata that is fetched from a URL or must be signed, which a file would end. "
                    + "If it is to, use `organization configure \(id)`.")
        } else {
            self = .configure(id, configuration, former: current)
        }
    }

    /// The document that is to be written; nil: nothing is.
    var digest: Data? {
        switch self {
        case .create(let configuration), .configure(_, let configuration, _): configuration.metadataDigest
        case .unchanged, .refused: nil
        }
    }

    /// What is told of it.
    ///
    /// - Parameter created: The ID that a new organization got.
    func item(of file: MetadataFile, created: Identifier? = nil) -> MigrationItem {
        let name = "“\(file.organization)”"
        return switch self {
        case .create(let configuration):
            MigrationItem(file.file, created, .created, "\(name), with the identity provider “\(configuration.entityID)”.")
        case .configure(let id, let configuration, nil):
            MigrationItem(file.file, id, .configured, "\(name) gets the identity provider “\(configuration.entityID)”.")
        case .configure(let id, let configuration, let former?):
            MigrationItem(
                file.file, id, .configured,
                "\(name): \(ConfigurationDifference.summary(from: former, to: configuration, describe: IdentityLedger.describe))")
        case .unchanged(let id): MigrationItem(file.file, id, .unchanged, "\(name) has this metadata already.")
        case .refused(let id, let reason): MigrationItem(file.file, id, .refused, reason)
        }
    }
}
