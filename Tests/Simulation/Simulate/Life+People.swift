import Events
import Identity
import IdentityLedger

extension Life {
    /// Users come in, are converted, get roles, go, come back, and are erased.
    func takePeopleStep() async throws {
        switch Int.random(in: 0..<14, using: &random) {
        case 0..<3: try await importUsers()
        case 3..<7: try await convert()
        case 7..<10: try await setRole()
        case 10..<13: try await setActive()
        default: try await erase()
        }
    }

    private func importUsers() async throws {
        let organization = pick(model.organizations.indices)
        let state = model.organizations[organization]
        let count = Int.random(in: 1...3, using: &random)
        var users: [NewUser] = [], made: [Model.User] = []
        for _ in 0..<count {
            let text = pick(["ann", "bob", "cyd", "dee", "eve"]) + "@" + pick(["alpha.example", "beta.example"])
            guard let email = EmailAddress(text) else { continue }
            var user = Model.User(id: state.id, email: text, name: chance(2) ? "Imported" : "", isConverted: chance(3))
            var roles: [AccountRole] = []
            for account in state.accounts.indices where chance(2) {
                let role = pick([Role.member, .administrator, .owner])
                user.roles[account] = role
                var entry = AccountRole()
                (entry.account, entry.role) = (state.accounts[account].id.data, role)
                roles.append(entry)
            }
            users.append(NewUser(email: email, name: user.name, signInMethod: user.isConverted ? .sso : .password, roles: roles))
            made.append(user)
        }
        let addresses = made.map(\.address)
        let isRefused = Set(addresses).count < addresses.count || addresses.contains { state.user($0) != nil }
        let expected =
            isRefused ? .refused("conflict") : Expectation(outcome: "ok", events: made.map { _ in "UserImported" })
        var ids: [Identifier] = []
        let line = "users are brought in to \(organization): \(made.map(\.email).joined(separator: " "))"
        let outcome = try await outcome {
            ids = try await $0.importUsers(state.id, users, by: self.operate).map(\.id)
            return "ok"
        }
        if !isRefused {
            for (id, user) in zip(ids, made) {
                model.organizations[organization].users.append(
                    Model.User(id: id, email: user.email, name: user.name, isConverted: user.isConverted, roles: user.roles))
            }
        }
        try compare(line, expected, outcome)
    }

    private func convert() async throws {
        let organization = pick(model.organizations.indices)
        let state = model.organizations[organization]
        let reverts = chance(4), isForced = chance(3)
        let emails: [String]? = chance(3) ? nil : (0..<Int.random(in: 1...2, using: &random)).map { _ in pickEmail(of: organization) }
        var expected = Expectation(outcome: "ok")
        let named = emails?.map { state.user($0) }
        if named?.contains(nil) == true {
            expected = .refused("not_found")
        } else if emails == nil && !reverts && !isForced && !state.isTested {
            expected = .refused("conversion_untested")
        } else {
            var wanted = Set(state.users.indices)
            if let named { wanted = Set(named.compactMap(\.self)) }
            for index in wanted where !state.users[index].isErased && state.users[index].isConverted == reverts {
                model.organizations[organization].users[index].isConverted = !reverts
                expected.events.append(reverts ? "UserConversionReverted" : "UserConverted")
            }
        }
        let line = "\(emails?.joined(separator: " ") ?? "everyone") of \(organization): \(reverts ? "back to the password" : "converted")"
        try await perform(line + (isForced ? ", forced" : ""), expected) {
            if reverts {
                _ = try await $0.revertConversion(state.id, emails: emails, by: self.operate)
            } else {
                _ = try await $0.convert(state.id, emails: emails, force: isForced, by: self.operate)
            }
            return "ok"
        }
    }

    private func setRole() async throws {
        let organization = pick(model.organizations.indices)
        let state = model.organizations[organization]
        guard !state.users.isEmpty else { return tell("nobody to elevate") }
        let target = pick(state.users.indices), account = pick(state.accounts.indices)
        let role = pick([Role.none, .member, .administrator, .owner])
        let (caller, asker, who) = try pickCaller()
        let code = refuseRole(role, target, account, organization, asker)
        var expected = Expectation(outcome: code ?? "ok")
        if code == nil {
            let former = state.users[target].roles[account]
            if former != role { expected.events = ["RoleChanged"] }
            model.organizations[organization].users[target].roles[account] = role
        }
        let line = "\(who) makes \(state.users[target].email) \(role) of account \(account) of \(organization)"
        try await perform(line, expected) {
            _ = try await $0.setRole(
                state.id, state.users[target].id, account: state.accounts[account].id, role: role, by: caller)
            return "ok"
        }
    }

    /// The contract: administrators elevate and lower users of their accounts, owners and operators give and take `owner`, and an account
    /// that has an owner keeps one.
    private func refuseRole(_ role: Role, _ target: Int, _ account: Int, _ organization: Int, _ asker: Asker) -> String? {
        let state = model.organizations[organization]
        let user = state.users[target]
        if case .nobody = asker { return "unauthorized" }
        guard asker.reaches(organization) else { return "organization_unknown" }
        var owns = true
        switch asker {
        case .auditor: break
        case .setup: owns = false
        case .user(_, let index):
            let roles = state.users[index].roles
            let administered = state.accounts.indices.filter { (roles[$0]?.rawValue ?? 0) >= Role.administrator.rawValue }
            if administered.isEmpty { return "forbidden" }
            let shares = administered.contains { user.roles[$0] ?? Role.none != .none }
            if administered.count < state.accounts.count && !shares { return "not_found" }
            if user.isErased { return "not_found" }
            if !administered.contains(account) { return "forbidden" }
            owns = roles[account] == .owner
        case .operator, .nobody: break
        }
        if user.isErased { return "not_found" }
        if case .auditor = asker { return "forbidden" }
        let former = user.roles[account] ?? Role.none
        if former == role && !(role == .none && user.roles[account] == nil) { return nil }
        if (former == .owner || role == .owner) && !owns { return "forbidden" }
        let others = state.users.indices.contains {
            $0 != target && state.users[$0].isActive && !state.users[$0].isErased && state.users[$0].roles[account] == .owner
        }
        return former == .owner && user.isActive && !others ? "last_owner" : nil
    }

    private func setActive() async throws {
        let organization = pick(model.organizations.indices)
        let state = model.organizations[organization]
        guard !state.users.isEmpty else { return tell("nobody to deactivate") }
        let target = pick(state.users.indices)
        let user = state.users[target]
        let isActive = !user.isActive || chance(4)
        var expected = Expectation(outcome: "ok")
        if user.isErased {
            expected = .refused("not_found")
        } else if user.isActive != isActive {
            expected.events = [isActive ? "UserReactivated" : "UserDeactivated"]
            model.organizations[organization].users[target].isActive = isActive
            if !isActive { expected.sessionsEnded = model.end(at: world.now) { $0.organization == organization && $0.user == target } }
        }
        try await perform("\(user.email) of \(organization) is \(isActive ? "reactivated" : "deactivated")", expected) {
            _ = try await $0.setActive(state.id, user.id, isActive, by: self.operate)
            return "ok"
        }
    }

    private func erase() async throws {
        let organization = pick(model.organizations.indices)
        let state = model.organizations[organization]
        guard !state.users.isEmpty else { return tell("nobody to erase") }
        let target = pick(state.users.indices)
        let user = state.users[target]
        var expected = Expectation(outcome: "ok")
        if !user.isErased {
            expected.events = ["UserErased"]
            model.organizations[organization].users[target].isErased = true
            model.organizations[organization].users[target].isActive = false
            expected.sessionsEnded = model.end(at: world.now) { $0.organization == organization && $0.user == target }
        }
        try await perform("\(user.email) of \(organization) is erased", expected) {
            try await $0.eraseUser(state.id, user.id, by: self.operate)
            return "ok"
        }
    }

    /// Logout: here, or by the identity provider.
    func endSession() async throws {
        guard !model.sessions.isEmpty else { return tell("no session to end") }
        let session = pick(model.sessions.suffix(8))
        let state = model.organizations[session.organization]
        var expected = Expectation(outcome: "ok")
        if chance(2) {
            expected.sessionsEnded = model.end(at: world.now) { $0.token == session.token }
            return try await perform("\(state.users[session.user].email) of \(session.organization) logs out", expected) {
                try await $0.endSession(token: session.token)
                return "ok"
            }
        }
        expected.sessionsEnded = model.end(at: world.now) { $0.organization == session.organization && $0.nameID == session.nameID }
        try await perform("the identity provider of \(session.organization) ends sessions of \(session.nameID)", expected) {
            _ = try await $0.endSessions(state.id, nameID: session.nameID)
            return "ok"
        }
    }
}
