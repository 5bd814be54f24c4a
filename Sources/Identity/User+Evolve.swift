public import Events

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

extension User {
    /// The only place where a fact becomes a user's state. Never fails and never refuses: what happened, happened,
    /// whatever today's rules say. No key is needed: personal data is copied as it was sealed.
    public mutating func evolve(_ event: Event) {
        guard let body = event.body else { return }  // the reader has refused it: `Event(decoding:)`
        switch body {
        case .userImported(let imported):
            begin(imported.user, imported.addressHash, imported.personal, event)
            signInMethod = imported.signInMethod
            for role in imported.roles { set(role.role, in: role.account) }
        case .userProvisioned(let provisioned):
            begin(provisioned.user, provisioned.addressHash, provisioned.personal, event)
            signInMethod = .sso
            self.provisioned = true
            lastLoginAt = event.recordedAt  // a first login made this user
            for role in provisioned.roles { set(role.role, in: role.account) }
        case .userProfileChanged(let changed): personal = changed.personal
        case .userEmailChanged(let changed):
            addressHash = changed.addressHash
            personal = changed.personal
        case .userConverted: signInMethod = .sso
        case .userConversionReverted: signInMethod = .password
        case .roleChanged(let changed): set(changed.role, in: changed.account)
        case .userDeactivated: active = false
        case .userReactivated: active = true
        case .userErased:
            active = false
            erased = true
            clearPersonal()
            addressHash = Data()
        case .assertionReceived(let received):
            if received.accepted && !received.facts.test { lastLoginAt = event.recordedAt }
        case .serviceConfigured, .serviceProviderKeyAdded, .serviceProviderKeyRetired, .organizationCreated,
            .organizationRenamed, .accountAdded, .identityProviderConfigured, .identityProviderRefreshed,
            .metadataRefreshFailed, .domainVerified, .policyChanged, .refusalsSummarized, .evidenceExpired,
            .sessionStarted,
            .sessionEnded, .setupLinkIssued, .setupLinkUsed, .setupLinkRevoked, .tokenIssued, .tokenRevoked, .domainRemoved,
            .certificateEndNoticed:
            break
        }
    }

    private mutating func begin(_ user: Data, _ addressHash: Data, _ personal: Sealed, _ event: Event) {
        id = user
        self.addressHash = addressHash
        self.personal = personal
        active = true
        createdAt = event.recordedAt
    }

    // By account ID, so that the same roles are the same bytes, in whatever order they were given.
    private mutating func set(_ role: Role, in account: Data) {
        if let index = roles.firstIndex(where: { $0.account == account }) {
            roles[index].role = role
            return
        }
        var entry = AccountRole()
        entry.account = account
        entry.role = role
        let index = roles.firstIndex { account.lexicographicallyPrecedes($0.account) } ?? roles.endIndex
        roles.insert(entry, at: index)
    }
}

extension User {
    /// The user's ID: what applications key on.
    public var identifier: Identifier? { Identifier(bytes: id) }

    /// The role in an account; `none` where the user is not in it.
    public func role(in account: Identifier) -> Role {
        roles.first { $0.account.elementsEqual(account.bytes) }?.role ?? .none
    }

    /// Whether the account's list ever named this user: one who was removed from an account has an entry with no role.
    public func hasEntry(in account: Identifier) -> Bool { roles.contains { $0.account.elementsEqual(account.bytes) } }

    /// The accounts that the user is in.
    public var memberships: [AccountRole] { roles.filter { $0.role != .none } }
}
