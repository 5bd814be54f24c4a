public import Events
import Identity
import Ledger
import Projections

/// One organization that an e-mail address belongs to, and how its person signs in there.
public struct Membership: Sendable, Hashable {
    /// The organization.
    public let organization: Identifier
    /// Its name.
    public let name: String
    /// The user; nil: none yet, the first login would make one.
    public let user: Identifier?
    /// How the person signs in.
    public let signInMethod: SignInMethod
    /// Whether the person may sign in.
    public let isActive: Bool
    /// nil: never.
    public let lastLoginAt: Instant?
}

extension IdentityLedger {
    /// More than any person belongs to.
    public static let mostMemberships = 200

    /// Every organization that an e-mail address belongs to, or would with its first login, by name; at most ``mostMemberships``.
    public func memberships(email text: String, by caller: Caller) throws(ServiceError) -> [Membership] {
        try answering {
            try caller.authority.check(.administer)
            guard let email = EmailAddress(text) else {
                throw RuleError(.invalidRequest, "“\(text)” is no e-mail address.", remedy: "Give a whole one, such as ada@example.com.")
            }
            let snapshot = try ledger.snapshot()
            let organizations = try organizationDirectory(in: snapshot).entries
            let known = try users(withAddress: email, in: organizations.lazy.map(\.id), limit: Self.mostMemberships, snapshot)
            var found: [Membership] = organizations.compactMap { entry in
                guard let user = known[entry.id] else { return nil }
                return Membership(
                    organization: entry.id, name: entry.name, user: user.identifier, signInMethod: user.signInMethod, isActive: user.active,
                    lastLoginAt: user.lastLoginAt == 0 ? nil : Instant(nanoseconds: user.lastLoginAt))
            }
            let holder = try snapshot.holders(of: email.domain).first
            for id in try snapshot.organizations(withDomain: email.domain) where known[id] == nil && found.count < Self.mostMemberships {
                guard let organization = try snapshot.organization(id), provisions(email, organization, id, holder: holder) else {
                    continue
                }
                found.append(
                    Membership(
                        organization: id, name: organization.name, user: nil, signInMethod: .sso, isActive: true, lastLoginAt: nil))
            }
            return found.sorted { ($0.name, $0.organization) < ($1.name, $1.organization) }
        }
    }
}
