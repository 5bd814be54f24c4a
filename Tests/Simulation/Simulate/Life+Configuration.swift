import DevelopmentIdP
import Events
import IdentityLedger
import TestSupport

extension Life {
    func createOrganization() async throws {
        let number = model.organizations.count
        var created: CreatedOrganization?
        let events = [
            "OrganizationCreated", "AccountAdded", "ServiceProviderKeyAdded", "ServiceProviderKeyAdded", "SetupLinkIssued",
        ]
        try await perform("organization \(number) is created", Expectation(outcome: "ok", events: events)) {
            created = try await $0.createOrganization(name: "Organization \(number)", by: self.operate)
            return "ok"
        }
        guard let created else { return }
        var organization = Model.Organization(
            id: created.id, name: created.name, accounts: [.init(id: created.account.id, name: created.account.name)])
        organization.keys = try world.service.serviceProviderKeys(created.id, by: operate).map {
            .init(id: $0.id, isForSigning: $0.use == "signing")
        }
        model.organizations.append(organization)
        if !chance(4) { try await configure(number) }
    }

    /// Organizations, their accounts, and their identity providers.
    func takeConfigurationStep() async throws {
        let organization = pick(model.organizations.indices)
        switch Int.random(in: 0..<15, using: &random) {
        case 0 where model.organizations.count < 3, 1 where model.organizations.count < 3: try await createOrganization()
        case 0..<3: try await addAccount(organization)
        case 3..<7: try await configure(organization)
        case 7..<9: try await refresh(organization)
        case 9: try await approve(organization)
        case 10: try await rename(organization)
        default: try await changeDomains(organization)
        }
    }

    private func addAccount(_ organization: Int) async throws {
        let state = model.organizations[organization]
        let name = pick(["East", "West", state.accounts[0].name])
        let isThere = state.accounts.contains { $0.name == name }
        var id: Identifier?
        let expected = isThere ? .refused("conflict") : Expectation(outcome: "ok", events: ["AccountAdded"])
        try await perform("account \(name) is added to \(organization)", expected) {
            id = try await $0.addAccount(state.id, name: name, by: self.operate).id
            return "ok"
        }
        if let id { model.organizations[organization].accounts.append(.init(id: id, name: name)) }
    }

    private func rename(_ organization: Int) async throws {
        let state = model.organizations[organization]
        let name = chance(3) ? state.name : "Name \(step)"
        model.organizations[organization].name = name
        try await perform(
            "organization \(organization) is renamed", .init(outcome: "ok", events: name == state.name ? [] : ["OrganizationRenamed"])
        ) {
            _ = try await $0.renameOrganization(state.id, to: name, by: self.operate)
            return "ok"
        }
    }

    // MARK: - The identity provider

    private func pickProvider(like provider: Model.Provider?) -> Model.Provider {
        let all = Array(pool.pairs.indices)
        var keys = Array(Set((0..<2).map { _ in pick(all) })).sorted()
        // A rollover keeps the former key beside the new one.
        if let former = provider?.keys.first, chance(2) { keys = Array(Set([former, pick(all)])).sorted() }
        return Model.Provider(entity: chance(4) ? 1 : provider?.entity ?? 0, keys: keys)
    }

    private func metadata(_ provider: Model.Provider) -> [UInt8] {
        IdentityProviderDescriptor(
            entityID: Attempt.entityID(provider.entity), singleSignOnURL: "https://idp\(provider.entity).example/sso",
            certificates: provider.keys.map { pool.pairs[$0].certificate }
        ).metadata
    }

    private func configure(_ organization: Int) async throws {
        let state = model.organizations[organization]
        let provider = pickProvider(like: state.provider)
        let isSame = provider == state.provider && state.held == nil
        let document = metadata(provider)
        try await perform(
            "organization \(organization) gets issuer \(provider.entity) with keys \(provider.keys)",
            Expectation(outcome: "ok", events: isSame ? [] : ["IdentityProviderConfigured"])
        ) {
            _ = try await $0.configureIdentityProvider(state.id, metadata: document, by: self.operate)
            return "ok"
        }
        if !isSame { take(provider, organization) }
    }

    private func take(_ provider: Model.Provider, _ organization: Int) {
        model.organizations[organization].provider = provider
        model.organizations[organization].isTested = false
        model.organizations[organization].held = nil
        model.organizations[organization].noticed = []
    }

    /// C39: metadata that was fetched again.
    private func refresh(_ organization: Int) async throws {
        let state = model.organizations[organization]
        let provider = pickProvider(like: state.provider)
        var expected = Expectation(outcome: "unchanged")
        if let current = state.provider, current != provider {
            let isLost = state.lastKey.map { !provider.keys.contains($0) } ?? false
            let waits = current.entity != provider.entity || isLost || Set(current.keys).isDisjoint(with: provider.keys)
            if !waits {
                (model.organizations[organization].provider, model.organizations[organization].held) = (provider, nil)
            } else {
                model.organizations[organization].held = provider
            }
            let waitsAlready = waits && state.held == provider
            expected = Expectation(outcome: waits ? "held" : "taken", events: waitsAlready ? [] : ["IdentityProviderRefreshed"])
        }
        let document = metadata(provider)
        try await perform("metadata of \(organization) is fetched: issuer \(provider.entity), keys \(provider.keys)", expected) {
            let view = try await $0.refreshIdentityProvider(state.id, metadata: document)
            return view.isHeld ? "held" : view.changes.isEmpty ? "unchanged" : "taken"
        }
    }

    private func approve(_ organization: Int) async throws {
        let state = model.organizations[organization]
        let expected = state.held == nil ? .refused("not_found") : Expectation(outcome: "ok", events: ["IdentityProviderConfigured"])
        try await perform("what waits at \(organization) is approved", expected) {
            _ = try await $0.approveRefresh(state.id, by: self.operate)
            return "ok"
        }
        if let held = state.held { take(held, organization) }
    }

    // MARK: - Domains

    private func changeDomains(_ organization: Int) async throws {
        let state = model.organizations[organization]
        let domain = pick(["alpha.example", "beta.example"])
        let isThere = state.verifiedDomains.contains(domain)
        if isThere && chance(2) {
            model.organizations[organization].verifiedDomains.removeAll { $0 == domain }
            return try await perform("\(domain) is removed from \(organization)", .init(outcome: "ok", events: ["DomainRemoved"])) {
                try await $0.removeDomain(domain, state.id, by: self.operate)
                return "ok"
            }
        }
        let isElsewhere = model.organizations.indices.contains {
            $0 != organization && model.organizations[$0].verifiedDomains.contains(domain)
        }
        var expected = Expectation(outcome: "ok", events: isThere ? [] : ["DomainVerified"])
        if isElsewhere { expected = .refused("conflict") }
        if !isThere && !isElsewhere { model.organizations[organization].verifiedDomains.append(domain) }
        try await perform("\(domain) is proved for \(organization)", expected) {
            let record = try $0.domain(domain, state.id, by: self.operate).recordValue
            _ = try await $0.verifyDomain(domain, state.id, records: [record], by: self.operate)
            return "ok"
        }
    }
}
