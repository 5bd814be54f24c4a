import Cryptography
public import Events
import Identity
import Ledger
import Projections
import SAML

/// A key of the service provider's, without its private part.
public struct ServiceProviderKeyView: JSONView, Hashable {
    /// The key's ID.
    public let id: Identifier
    /// `encryption` or `signing`.
    public let use: String
    /// What identity providers know it by.
    public let certificate: CertificateView
    /// Whether it is no longer used nor published.
    public let isRetired: Bool

    /// `{"id","use","retired","certificate"}`
    public var json: JSON {
        ["id": JSON(id.description), "use": .string(use), "retired": .bool(isRetired), "certificate": certificate.json]
    }
}

extension IdentityLedger {
    /// The organization's keys, oldest first, retired ones included.
    public func serviceProviderKeys(
        _ organization: Identifier, by caller: Caller
    ) throws(ServiceError) -> [ServiceProviderKeyView] {
        try answering {
            let state = try ledger.snapshot().organization(organization)
            try caller.authority.check(.read, state)
            return try (state?.keys ?? []).compactMap { key in
                guard let id = Identifier(bytes: key.keyID) else { return nil }
                return ServiceProviderKeyView(
                    id: id, use: key.use.name, certificate: CertificateView(try Certificate(der: Array(key.certificate))),
                    isRetired: key.retired)
            }
        }
    }

    /// Makes the next key: published at once beside the current one, which goes on until it is retired (C55).
    public func addServiceProviderKey(
        _ organization: Identifier, _ use: KeyUse, by caller: Caller
    ) async throws(ServiceError) -> [ServiceProviderKeyView] {
        try check(.configure, organization, by: caller)
        // Before the writer is entered: it takes long.
        let key = try answering {
            try ServiceProviderKeyPair(
                use, makeServiceProviderKey(), commonName: "identity-ledger \(organization)", now: now, ring: ledger.keyRing)
        }
        try await change(organization, .configure, by: caller) { state in
            try checkAddition(of: use, to: state)
            return [key.event]
        }
        return try serviceProviderKeys(organization, by: caller)
    }

    /// Ends the use of a key: it signs and decrypts nothing more, and our metadata no longer has it.
    public func retireServiceProviderKey(
        _ organization: Identifier, _ key: Identifier, by caller: Caller
    ) async throws(ServiceError) -> [ServiceProviderKeyView] {
        try await change(organization, .configure, by: caller) { state in try decideRetirement(of: key, in: state) }
        return try serviceProviderKeys(organization, by: caller)
    }
}
