public import Events
import Identity
import Ledger
import Projections

/// The organization that someone means on the sign-in page, and by what.
public struct SignInChoice: Sendable, Hashable {
    /// What led to it.
    public enum Way: Sendable {
        /// Its own ID.
        case id
        /// An address's domain that the organization has proved in DNS.
        case provedDomain
        /// An address's domain that the organization names, and nobody else.
        case namedDomain
    }

    /// The organization.
    public let organization: Identifier
    /// What led to it.
    public let way: Way
}

/// Where a sign-in leads.
public struct SignInDestination: Sendable, Hashable {
    /// The organization's name. For those alone who may know it: see the sign-in page.
    public let name: String
    /// The host that the browser is sent to with the request.
    public let host: String
}

extension IdentityLedger {
    /// The organization that someone means on the sign-in page: its ID, or the domain of a work address where exactly one
    /// organization has it. Whether the person exists is not told (C49).
    public func signInChoice(_ text: String) throws(ServiceError) -> SignInChoice? {
        try answering {
            let snapshot = try ledger.snapshot()
            if let id = Identifier(text.lowercased()) {
                return try snapshot.organization(id) == nil ? nil : SignInChoice(organization: id, way: .id)
            }
            guard let email = EmailAddress(text) else { return nil }
            // Who proved the domain goes before whoever only names it.
            if let holder = try snapshot.holders(of: email.domain).first { return SignInChoice(organization: holder, way: .provedDomain) }
            let found = try snapshot.organizations(withDomain: email.domain)
            return found.count == 1 ? found.first.map { SignInChoice(organization: $0, way: .namedDomain) } : nil
        }
    }

    /// The same without what led to it.
    public func organizationForSignIn(_ text: String) throws(ServiceError) -> Identifier? { try signInChoice(text)?.organization }

    /// Where a login of this organization's people would lead; nil: there is no such organization, or no identity provider yet.
    public func signInDestination(_ organization: Identifier) throws(ServiceError) -> SignInDestination? {
        try answering {
            guard let state = try ledger.snapshot().organization(organization), state.isConfigured,
                let endpoint = state.identityProvider.endpoint(preferring: state.effectivePolicy.requestBinding),
                let host = Origin(of: endpoint.location)?.host
            else { return nil }
            return SignInDestination(name: state.name, host: host)
        }
    }
}
