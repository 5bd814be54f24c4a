import Cryptography
import Events
import Identity
import Ledger
import SAML
import Synchronization

/// What a judgment needs of one organization's configuration, decoded once: an X.509 certificate costs eight times the RSA
/// verification that it is needed for.
struct ParsedConfiguration: Sendable {
    /// nil: none is configured.
    let identityProvider: TrustedIdentityProvider?
    let decryptionKeys: [PrivateKey]
    /// nil: not known.
    let preset: IdentityProviderPreset?

    /// - Parameter configuration: nil: none is configured.
    init(_ configuration: IdentityProviderConfigured?, decryptionKeys: [PrivateKey] = []) {
        identityProvider = configuration.map { configuration in
            // What doesn't decode can't verify anything: metadata with such a certificate was refused when it was saved.
            let certificates = configuration.signingCertificates.compactMap { try? Certificate(der: Array($0)) }
            return TrustedIdentityProvider(entityID: configuration.entityID, certificates: certificates)
        }
        preset = configuration.flatMap { IdentityProviderPreset(rawValue: $0.preset) }
        self.decryptionKeys = decryptionKeys
    }

    /// The same with the keys that the ring has.
    init(_ configuration: IdentityProviderConfigured?, keys: [ServiceProviderKey], ring: KeyRing) throws {
        var decryptionKeys: [PrivateKey] = []
        for key in keys {
            guard let id = Identifier(bytes: key.keyID), let der = try ring.privateKey(id) else { continue }
            decryptionKeys.append(try PrivateKey(der: der))
        }
        self.init(configuration, decryptionKeys: decryptionKeys)
    }
}

/// Parsed configurations by organization and revision; bounded.
final class ConfigurationCache: Sendable {
    private struct Entry {
        let revision: UInt64
        let keys: [Identifier?]
        let parsed: ParsedConfiguration
    }

    private let maximumCount: Int
    private let entries = Mutex<[Identifier: Entry]>([:])

    init(maximumCount: Int) { self.maximumCount = maximumCount }

    /// The configuration in force, parsed.
    func parsed(_ organization: Organization, id: Identifier, ring: KeyRing) throws -> ParsedConfiguration {
        let keys = organization.activeKeys(.encryption)
        let names = keys.map { Identifier(bytes: $0.keyID) }
        let found = entries.withLock { $0[id] }
        if let found, found.revision == organization.configurationRevision, found.keys == names { return found.parsed }
        let parsed = try ParsedConfiguration(
            organization.isConfigured ? organization.identityProvider : nil, keys: keys, ring: ring)
        entries.withLock { entries in
            // Rarely full, and then it is soon filled again with those that people sign in with.
            if entries.count >= maximumCount && entries[id] == nil { entries.removeAll(keepingCapacity: true) }
            entries[id] = Entry(revision: organization.configurationRevision, keys: names, parsed: parsed)
        }
        return parsed
    }
}
