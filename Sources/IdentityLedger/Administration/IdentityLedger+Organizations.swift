public import Events
public import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// Makes an organization and its first account of the same name, with keys for encryption and signing and a setup link.
    public func createOrganization(name: String, by caller: Caller) async throws(ServiceError) -> CreatedOrganization {
        let name = name.withoutOuterSpace
        let id = Identifier.random()
        let account = Identifier.random()
        let link = SetupLinkDraft(at: now)
        let bodies: [EventBody] = try answering {
            try caller.authority.check(.administer)
            let created = try decideCreation(name: name, account: account)
            return created + (try firstKeys(of: id)) + [link.event]
        }
        let recorded = try await recordEvents { context in
            let base = try context.service().publicURL
            try context.append(bodies, organization: id, by: caller)
            return base
        }
        let base = recorded.result
        return CreatedOrganization(
            id: id, name: name, addresses: base.isEmpty ? nil : OrganizationAddresses(base: base, organization: id),
            setupURL: link.url(base: base), account: AccountView(id: account, name: name), recorded: recorded.events.map(\.sequence))
    }

    /// The keys that a new organization begins with: made here, which takes long.
    func firstKeys(of organization: Identifier) throws -> [EventBody] {
        // C55: each use has a key of its own.
        try [KeyUse.encryption, .signing].map { use in
            try ServiceProviderKeyPair(
                use, makeServiceProviderKey(), commonName: "identity-ledger \(organization)", now: now, ring: ledger.keyRing
            ).event
        }
    }

    /// Gives an organization another name; the same again is no event.
    public func renameOrganization(
        _ organization: Identifier, to name: String, by caller: Caller
    ) async throws(ServiceError) -> OrganizationView {
        try await change(organization, .administer, by: caller) { state in
            try decideRenaming(of: state, to: name.withoutOuterSpace)
        }
        return try self.organization(organization, by: caller)
    }

    /// Refuses what the caller may not do in the organization; foreign and absent ones answer alike (C48).
    public func check(
        _ action: OrganizationAction, _ organization: Identifier, by caller: Caller
    ) throws(ServiceError) {
        try answering { try caller.authority.check(action, try ledger.snapshot().organization(organization)) }
    }

    /// What the caller may do in the organization: nothing in foreign and absent ones.
    public func permissions(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> Set<OrganizationAction> {
        try answering {
            let state = try ledger.snapshot().organization(organization)
            return Set(OrganizationAction.allCases.filter { (try? caller.authority.check($0, state)) != nil })
        }
    }

    /// Whether there is such an organization.
    public func exists(_ organization: Identifier) throws(ServiceError) -> Bool {
        try answering { try ledger.snapshot().organization(organization) != nil }
    }

    /// An organization as it is, or as it was at a moment.
    public func organization(
        _ organization: Identifier, at moment: Moment? = nil, by caller: Caller
    ) throws(ServiceError) -> OrganizationView {
        try answering {
            let snapshot = try ledger.snapshot()
            let current = try snapshot.organization(organization)
            try caller.authority.check(.read, current)
            var state = current
            var sequence = snapshot.head
            if let moment {
                sequence = try self.sequence(at: moment, in: snapshot)
                state = try self.organization(organization, through: sequence, in: snapshot)
            }
            let base = try snapshot.service().publicURL
            guard let state, var view = OrganizationView(state, base: base, sequence: sequence, now: now) else {
                throw RuleError(.organizationUnknown, "There was no such organization yet.")
            }
            if state.isConfigured { view.identityProvider = try IdentityProviderView(state, in: snapshot, now: now) }
            return view
        }
    }

    /// Organizations by name, as they are or as they were.
    public func organizations(
        at moment: Moment? = nil, page: PageRequest = PageRequest(), by caller: Caller
    ) throws(ServiceError) -> ListView<OrganizationView> {
        try answering {
            try caller.authority.check(.read)
            let snapshot = try ledger.snapshot()
            let base = try snapshot.service().publicURL
            let named = try organizationDirectory(in: snapshot).ascending
            guard let moment else {
                return try Paging.page(named, page, id: \.id) { entry in
                    try snapshot.organization(entry.id).flatMap { OrganizationView($0, base: base, sequence: snapshot.head, now: now) }
                }
            }
            let sequence = try self.sequence(at: moment, in: snapshot)
            let all = try named.compactMap { try organization($0.id, through: sequence, in: snapshot) }
            return try Paging.page(all, page, key: \.name, id: \.identifier) {
                OrganizationView($0, base: base, sequence: sequence, now: now)
            }
        }
    }

    /// Adds an account under the organization.
    public func addAccount(
        _ organization: Identifier, name: String, by caller: Caller
    ) async throws(ServiceError) -> AccountView {
        let name = name.withoutOuterSpace
        let id = Identifier.random()
        try await change(organization, .administer, by: caller) { state in
            try decideAccount(name: name, id: id, in: state)
        }
        return AccountView(id: id, name: name)
    }

    /// The accounts under an organization, by name.
    public func accounts(
        _ organization: Identifier, page: PageRequest = PageRequest(), by caller: Caller
    ) throws(ServiceError) -> ListView<AccountView> {
        try answering {
            let state = try ledger.snapshot().organization(organization)
            try caller.authority.check(.readUsers, state)
            return try Paging.page(state?.accounts ?? [], page, key: \.name, id: \.identifier) { AccountView($0) }
        }
    }

    /// The organization's name, for pages whose visitor was checked already; nil: there is none.
    public func organizationName(_ organization: Identifier) throws(ServiceError) -> String? {
        try answering { try ledger.snapshot().organization(organization)?.name }
    }

    /// The accounts whose users the caller may elevate and lower.
    public func administeredAccounts(_ organization: Identifier, by caller: Caller) throws(ServiceError) -> [AccountView] {
        try answering {
            let accounts = try ledger.snapshot().organization(organization)?.accounts ?? []
            return accounts.filter { caller.authority.administers($0.identifier) }.compactMap(AccountView.init)
        }
    }

    /// Checks the caller, decides about the organization as it is in the writer, and appends what was decided.
    ///
    /// - Returns: The sequences of what it appended.
    @discardableResult
    func change(
        _ organization: Identifier, _ action: OrganizationAction, by caller: Caller,
        _ decide: @escaping @Sendable (Organization) throws -> [EventBody]
    ) async throws(ServiceError) -> [UInt64] {
        try await recordEvents { context in
            let state = try context.organization(organization)
            try caller.authority.check(action, state)
            guard let state else { throw Authority.organizationUnknown }
            let bodies = try decide(state)
            try context.append(bodies, organization: organization, by: caller)
        }.events.map(\.sequence)
    }
}
