public import Events

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

/// What of an organization another ledger can be given: its state, as events that happen there. What was proved to the ledger that it comes from
/// stays behind: logins, sessions, links, tokens, and domains, whose proof is another ledger's.
public struct CarriedOrganization: Sendable {
    /// Name, accounts and policy, in the order in which they are appended; keys and the identity provider are not among them.
    public let bodies: [EventBody]
    /// The domains that have to be proved anew.
    public let domains: [String]

    /// Of an organization of another ledger. IDs stay: its URLs and applications name them.
    ///
    /// Without its proved domains anyone's address could be provisioned: where there were some, nobody's is until the policy says so again.
    /// - Throws: What today's rules refuse of its name or policy.
    public init(_ organization: Organization) throws(RuleError) {
        try checkName(organization.name)
        var created = OrganizationCreated()
        created.name = organization.name
        var bodies: [EventBody] = [.organizationCreated(created)]
        var known = Organization()
        known.id = organization.id
        known.accounts = organization.accounts
        for account in organization.accounts {
            var added = AccountAdded()
            added.account = account.id
            added.name = account.name
            bodies.append(.accountAdded(added))
        }
        domains = organization.verifiedDomains
        var policy = organization.effectivePolicy
        if !domains.isEmpty { policy.provisionUsers = false }
        self.bodies = bodies + (try decidePolicy(patch: policy.json, of: known))
    }
}

extension User {
    /// What brings this user into another ledger: whoever they are there, they have the same ID.
    ///
    /// - Parameters:
    ///   - addressHash: The keyed hash there.
    ///   - personal: Sealed there.
    public func carried(addressHash: [UInt8], personal: Sealed) -> [EventBody] {
        var imported = UserImported()
        imported.user = id
        imported.addressHash = Data(addressHash)
        imported.personal = personal
        imported.signInMethod = signInMethod
        imported.roles = roles
        guard !active else { return [.userImported(imported)] }
        var deactivated = UserDeactivated()
        deactivated.user = id
        return [.userImported(imported), .userDeactivated(deactivated)]
    }
}
