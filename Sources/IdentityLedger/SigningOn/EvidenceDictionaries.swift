import Compression
import Events
import Ledger
import SAML
import Synchronization

/// What the compressor of an organization's responses knows: a skeleton made from the configuration that judged them, which events name,
/// so that it is found again for as long as they are.
final class EvidenceDictionaries: Sendable {
    private struct Entry {
        let skeleton: ResponseSkeleton
        let dictionary: Packing.Dictionary
    }

    // A digested dictionary takes some 100 KiB: enough for those that many people sign in with at one time.
    private static let most = 64
    private let entries = Mutex<[Identifier: Entry]>([:])

    /// The dictionary for responses that are judged now; nil: there is none, or no memory for it.
    func dictionary(_ organization: Identifier, _ configuration: IdentityProviderConfigured, _ facts: SignOnFacts) -> Packing.Dictionary? {
        guard facts.configurationRevision > 0, let skeleton = ResponseSkeleton(configuration, facts, of: organization) else { return nil }
        if let entry = entries.withLock({ $0[organization] }), entry.skeleton == skeleton { return entry.dictionary }
        guard let text = skeleton.text(version: ResponseSkeleton.newest), let content = try? ZstandardDictionary(text) else { return nil }
        let dictionary = Packing.Dictionary(version: ResponseSkeleton.newest, content)
        entries.withLock { entries in
            if entries.count >= Self.most { entries.removeAll() }
            entries[organization] = Entry(skeleton: skeleton, dictionary: dictionary)
        }
        return dictionary
    }
}

extension ResponseSkeleton {
    /// What responses have in common that are judged by that configuration and these facts; nil: they name no address.
    init?(_ configuration: IdentityProviderConfigured, _ facts: SignOnFacts, of organization: Identifier) {
        let addresses = facts.addresses(of: organization)
        guard let acsURL = addresses.acsURLs.first else { return nil }
        self.init(
            entityID: configuration.entityID, serviceProviderEntityID: addresses.serviceProviderEntityID, acsURL: acsURL,
            certificates: configuration.signingCertificates.map { Array($0) })
    }
}
