import Events
import IdentityLedger
import Ledger
import Replay

extension Life {
    /// Sessions hold exactly as long as the model says.
    ///
    /// - Parameter count: How many of them are looked at, the newest first among them.
    func checkSessions(atMost count: Int) throws {
        var looked = model.sessions.suffix(count == .max ? .max : 1)
        if count < .max, !model.sessions.isEmpty { looked += (1..<count).map { _ in pick(model.sessions) } }
        for session in looked {
            let view = try world.service.session(token: session.token)
            let user = model.organizations[session.organization].users[session.user]
            if let isValid = model.isValid(session, at: world.now), isValid != (view != nil) {
                throw Broken("sessions are valid as the model says", "\(user.email): \(isValid)", "\(view != nil)")
            }
            guard let view else { continue }
            let expected = "\(user.id) \(user.email) \(session.expires)"
            let seen = "\(view.user) \(view.email ?? "") \(view.expiresAt.nanoseconds / 1_000_000_000)"
            guard expected == seen else { throw Broken("a session says whose it is", expected, seen) }
        }
    }

    /// Users and organization are as the model has them.
    func checkState(of organization: Int) throws {
        let state = model.organizations[organization]
        let views = try world.service.users(state.id, page: .all, by: operate).items
        let expected = state.users.filter { !$0.isErased }.map { text(of: $0, state) }.sorted()
        let seen = views.map { text(of: $0, state) }.sorted()
        guard expected == seen else {
            let (missing, more) = (expected.filter { !seen.contains($0) }, seen.filter { !expected.contains($0) })
            throw Broken("users are as the model has them", missing.joined(separator: "; "), more.joined(separator: "; "))
        }
        for user in state.users where !user.isErased {
            let found = try world.service.users(state.id, email: user.email, by: operate).items.map(\.id)
            guard found == [user.id] else { throw Broken("a user is found by the address", "\(user.email)", "\(found.count) users") }
        }
        let view = try world.service.organization(state.id, by: operate)
        try compare("the organization's name", state.name, view.name)
        try compare("whether it is tested", "\(state.isTested)", "\(view.isTested)")
        try compare("its proved domains", "\(state.verifiedDomains.sorted())", "\(view.verifiedDomains.sorted())")
        try compare("its accounts", "\(state.accounts.map(\.name).sorted())", "\(view.accounts.map(\.name).sorted())")
        try compare("whether a change waits", "\(state.held != nil)", "\(view.heldRefresh != nil)")
        try compare("its issuer", state.provider.map { Attempt.entityID($0.entity) } ?? "none", view.identityProvider?.entityID ?? "none")
        let keys = try world.service.serviceProviderKeys(state.id, by: operate).map { "\($0.id) \($0.isRetired)" }.sorted()
        try compare("its keys", "\(state.keys.map { "\($0.id) \($0.isRetired)" }.sorted())", "\(keys)")
    }

    private func compare(_ what: String, _ expected: String, _ seen: String) throws {
        guard expected == seen else { throw Broken("the organization is as the model has it: \(what)", expected, seen) }
    }

    private func text(of user: Model.User, _ state: Model.Organization) -> String {
        let roles = state.accounts.indices.map { "\(user.roles[$0] ?? Role.none)" }.joined(separator: ",")
        let attributes = user.attributes.map { "\($0.name)=\($0.values.joined(separator: ","))" }.joined(separator: " ")
        return
            "\(user.id) \(user.email) “\(user.name)” \(user.isConverted ? "sso" : "password") active \(user.isActive) \(roles) provisioned \(user.isProvisioned) last \(user.lastLogin ?? 0) \(attributes)"
    }

    private func text(of user: UserView, _ state: Model.Organization) -> String {
        let roles = state.accounts.map { account in
            "\(user.roles.first { Identifier(bytes: $0.account) == account.id }?.role ?? Role.none)"
        }.joined(separator: ",")
        let attributes = (user.attributes ?? []).map { "\($0.name)=\($0.values.joined(separator: ","))" }.joined(separator: " ")
        let last = user.lastLoginAt.map { $0.nanoseconds / 1_000_000_000 } ?? 0
        return
            "\(user.id) \(user.email ?? "") “\(user.name ?? "")” \(user.signInMethod == .sso ? "sso" : "password") active \(user.isActive) \(roles) provisioned \(user.isProvisioned) last \(last) \(attributes)"
    }

    // MARK: - At the end

    /// Everything, once: after a last crash, since that is what is left of a life.
    func checkEnd() throws {
        try world.crash(copied: true)
        try checkSessions(atMost: .max)
        for organization in model.organizations.indices {
            try checkState(of: organization)
            try checkLogins(of: organization)
            try checkEvents(of: organization)
        }
        try checkDomains()
        try world.checkProjections()
        let verification = try Verification(world.service)
        guard verification.ok, verification.events == model.events else {
            throw Broken(
                "verify finds nothing", "\(model.events) events",
                "\(verification.events), \(verification.findings.first?.detail ?? "no finding")")
        }
        let reproof = try Reproof(world.service)
        if let finding = reproof.findings.first {
            throw Broken("every recorded verdict is given again", finding.recorded, "\(finding.now), event \(finding.sequence)")
        }
        coverage.count("verdicts given again", Int(reproof.same))
    }

    /// The history has every login, and says nothing of people who were erased.
    private func checkLogins(of organization: Int) throws {
        let state = model.organizations[organization]
        let views = try world.service.logins(state.id, page: .all, by: operate).items
        try compare(
            "its logins", state.logins.map(\.code).joined(separator: " "), views.map { $0.code ?? "accepted" }.joined(separator: " "))
        for (login, view) in zip(state.logins, views) {
            try compare("whether a login was a test", "\(login.isTest)", "\(view.isTest)")
            guard login.code == "accepted" else { continue }
            try compare("whose login it was", login.user.map { "\(state.users[$0].id)" } ?? "nobody", view.user.map { "\($0)" } ?? "nobody")
        }
        let erased = Set(state.users.filter(\.isErased).map(\.id))
        for view in views where view.email != nil {
            guard let user = view.user, erased.contains(user) else { continue }
            throw Broken("what an erased person left can't be read", "no address", "one, in login \(view.sequence)")
        }
    }

    /// The indexes find each event of an organization and of a user, and no other.
    private func checkEvents(of organization: Int) throws {
        let state = model.organizations[organization]
        let seen = try world.service.events(.init(organization: state.id), page: .all, by: operate).items.count
        try compare("how many events it has", "\(counted.organizations[state.id] ?? 0)", "\(seen)")
        for user in state.users where !user.isErased {
            let filter = EventFilter(organization: state.id, user: user.id.description)
            let seen = try world.service.events(filter, page: .all, by: operate).items.count
            try compare("how many events its user \(user.email) has", "\(counted.users[user.id] ?? 0)", "\(seen)")
        }
    }

    /// A person finds the organization by the address: the one that proved the domain, else the only one that allows it.
    private func checkDomains() throws {
        for domain in ["alpha.example", "beta.example"] {
            let holder = model.organizations.first { $0.verifiedDomains.contains(domain) }
            let allowing = model.organizations.filter { $0.policy.allowedEmailDomains.contains(domain) }
            let expected = holder ?? (allowing.count == 1 ? allowing.first : nil)
            let seen = try world.service.organizationForSignIn("somebody@\(domain)")
            try compare("who has \(domain)", "\(expected?.id.description ?? "nobody")", "\(seen?.description ?? "nobody")")
        }
    }
}
