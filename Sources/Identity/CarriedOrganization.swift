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
    /// - Throws: What today's rules refuse of its name, its accounts or its policy.
    public init(_ organization: Organization) throws(RuleError) {
        try checkStoredName(organization.name)
        var created = OrganizationCreated()
        created.name = organization.name
        var bodies: [EventBody] = [.organizationCreated(created)]
        var known = Organization()
        known.id = organization.id
        for account in organization.accounts {
            guard let id = Identifier(bytes: account.id), known.account(id) == nil else {
                throw RuleError(.invalidRequest, "The ID of the account “\(account.name)” is none, or another account's too.")
            }
            try checkStoredName(account.name)
            bodies += try decideCheckedAccount(name: account.name, id: id, in: known)
            known.accounts.append(account)
        }
        domains = organization.verifiedDomains
        var policy = organization.effectivePolicy
        if !domains.isEmpty { policy.provisionUsers = false }
        self.bodies = bodies + (try decidePolicy(patch: policy.json, of: known))
    }
}

extension User {
    /// Whether this user of another ledger says nothing that an import would refuse.
    ///
    /// - Parameter organization: Whose user it becomes, with its accounts.
    public func checkCarrying(_ personal: PersonalData, to organization: Organization) throws(RuleError) {
        if !personal.name.isEmpty { try checkStoredName(personal.name) }
        guard personal.attributes.allSatisfy({ isText($0.name) && $0.values.allSatisfy(isText) }),
            personal.attributesLeftOut.allSatisfy(isText)
        else { throw RuleError(.invalidRequest, "An attribute has controls.") }
        guard signInMethod == .password || signInMethod == .sso else {
            throw RuleError(.invalidRequest, "The sign-in method is \(signInMethod.name).")
        }
        guard Set(roles.map(\.account)).count == roles.count else { throw RuleError(.invalidRequest, "An account has two roles.") }
        for role in roles {
            if case .UNRECOGNIZED = role.role { throw RuleError(.invalidRequest, "The role is \(role.role.name).") }
            guard organization.accounts.contains(where: { $0.id == role.account }) else {
                throw RuleError(.invalidRequest, "There is a role in an account that isn't here.")
            }
        }
    }

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

// As an attribute's value may be (XML 1.0 §2.2).
private func isText(_ text: String) -> Bool {
    !text.unicodeScalars.contains { $0.properties.generalCategory == .control && !["\t", "\n", "\r"].contains($0) }
}
