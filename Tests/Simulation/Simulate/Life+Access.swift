import Events
import IdentityLedger

/// Who asks, as the model knows them.
enum Asker {
    case `operator`(Int?)
    case auditor(Int?)
    case setup(Int)
    case user(Int, Int)
    case nobody

    /// Whether the organization is there for them.
    func reaches(_ organization: Int) -> Bool {
        switch self {
        case .operator(let only), .auditor(let only): only == nil || only == organization
        case .setup(let only): only == organization
        case .user(let only, _): only == organization
        case .nobody: false
        }
    }
}

/// A token or a setup link, with the session that it opened.
struct Credential {
    let id: Identifier
    let secret: String
    /// nil: a token of the whole service.
    let organization: Int?
    /// nil: a setup link.
    let role: String?
    let expires: Int64
    var isOver = false
    var session: (secret: String, expires: Int64, isOver: Bool)?

    func isValid(at now: Int64) -> Bool { !isOver && now < expires }
}

extension Life {
    /// Tokens, setup links and the service's keys.
    func takeAccessStep() async throws {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<2: try await issueToken()
        case 2: try await issueLink()
        case 3..<5: try await useLink()
        case 5: try await revoke()
        case 6, 7: try await askToRename()
        case 8: try await addKey()
        default: try await retireKey()
        }
    }

    /// Somebody who may ask: the operator, or whoever a token, a setup session or a session stands for now.
    func pickCaller() throws -> (Caller, Asker, String) {
        switch Int.random(in: 0..<5, using: &random) {
        case 0, 3:
            let sessions = model.sessions.filter { model.isValid($0, at: world.now) == true }
            guard !sessions.isEmpty else { break }
            let session = pick(sessions)
            guard let caller = try world.service.authenticate(session: session.token) else {
                throw Broken("a session that must hold opens what it may", "a caller", "nobody")
            }
            let email = model.organizations[session.organization].users[session.user].email
            return (caller, .user(session.organization, session.user), email)
        case 1 where !credentials.isEmpty, 2 where !credentials.isEmpty:
            let opened = credentials.filter { $0.session.map { !$0.isOver && world.now < $0.expires } ?? false }
            let credential = pick(opened.isEmpty || chance(2) ? credentials : opened)
            if credential.role != nil {
                let (caller, asker) = try caller(credential)
                return (caller, asker, "a token")
            }
            guard let session = credential.session, let organization = credential.organization else { break }
            let found = try world.service.authenticate(setupSession: session.secret)
            let isValid = !session.isOver && world.now < session.expires
            guard (found != nil) == isValid else { throw Broken("a setup session holds as long as it may", "\(isValid)", "\(!isValid)") }
            return (found?.caller ?? .anonymous(), isValid ? .setup(organization) : .nobody, "a setup session")
        default: break
        }
        return (operate, .operator(nil), "the operator")
    }

    private func caller(_ token: Credential) throws -> (Caller, Asker) {
        let found = try world.service.authenticate(bearer: token.secret)
        let isValid = token.isValid(at: world.now)
        guard (found != nil) == isValid else { throw Broken("a token holds as long as it may", "\(isValid)", "\(!isValid)") }
        guard let found else { return (.anonymous(), .nobody) }
        return (found, token.role == "operator" ? .operator(token.organization) : .auditor(token.organization))
    }

    private func issueToken() async throws {
        let role = pick(["operator", "auditor", "owner"])
        let organization = chance(2) ? pick(model.organizations.indices) : nil
        let id = organization.map { model.organizations[$0].id }
        let expires = world.now + pick([3600, 86_400, 0])
        let isRefused = role == "owner" || expires <= world.now
        var issued: IssuedToken?
        try await perform(
            "a token for an \(role)\(organization.map { " of \($0)" } ?? "")",
            isRefused ? .refused("invalid_request") : .init(outcome: "ok", events: ["TokenIssued"])
        ) {
            issued = try await $0.issueToken(
                role: role, organization: id, expiresAt: Instant(seconds: UInt64(expires)), by: self.operate)
            return "ok"
        }
        guard let issued else { return }
        credentials.append(
            Credential(id: issued.id, secret: issued.token, organization: organization, role: role, expires: expires))
    }

    private func issueLink() async throws {
        let organization = pick(model.organizations.indices)
        let id = model.organizations[organization].id
        var link: SetupLinkView?
        try await perform("a setup link for \(organization)", .init(outcome: "ok", events: ["SetupLinkIssued"])) {
            link = try await $0.issueSetupLink(id, by: self.operate)
            return "ok"
        }
        guard let link else { return }
        credentials.append(
            Credential(id: link.id, secret: link.token, organization: organization, role: nil, expires: world.now + 7 * 86_400))
    }

    private func useLink() async throws {
        let links = credentials.indices.filter { credentials[$0].role == nil }
        guard !links.isEmpty else { return tell("no setup link to use") }
        let good = links.filter { credentials[$0].isValid(at: world.now) }
        let index = pick(good.isEmpty || chance(4) ? links : good)
        let link = credentials[index]
        let isValid = link.isValid(at: world.now)
        var session: SetupSession?
        try await perform("a setup link is used", .init(outcome: isValid ? "ok" : "none", events: isValid ? ["SetupLinkUsed"] : [])) {
            session = try await $0.useSetupLink(link.secret)
            return session == nil ? "none" : "ok"
        }
        guard let session else { return }
        credentials[index].isOver = true
        credentials[index].session = (session.token, world.now + 8 * 3600, false)
    }

    private func revoke() async throws {
        guard !credentials.isEmpty else { return tell("nothing to revoke") }
        let index = pick(credentials.indices)
        let credential = credentials[index]
        let organization = credential.organization.map { model.organizations[$0].id }
        let hasOpenSession = credential.session.map { !$0.isOver } ?? false
        let changes = !credential.isOver || hasOpenSession
        let event = credential.role == nil ? "SetupLinkRevoked" : "TokenRevoked"
        credentials[index].isOver = true
        credentials[index].session?.isOver = true
        try await perform("\(credential.role ?? "setup link") is revoked", .init(outcome: "ok", events: changes ? [event] : [])) {
            if credential.role != nil {
                try await $0.revokeToken(credential.id, by: self.operate)
            } else if let organization {
                try await $0.revokeSetupLink(organization, credential.id, by: self.operate)
            }
            return "ok"
        }
    }

    /// What needs an operator: tried with whatever there is.
    private func askToRename() async throws {
        let organization = pick(model.organizations.indices)
        let state = model.organizations[organization]
        let (caller, asker, who) = try pickCaller()
        let name = "Name \(step)"
        var expected = Expectation(outcome: "ok", events: ["OrganizationRenamed"])
        switch asker {
        case .nobody: expected = .refused("unauthorized")
        case _ where !asker.reaches(organization): expected = .refused("organization_unknown")
        case .operator: model.organizations[organization].name = name
        case .auditor, .setup, .user: expected = .refused("forbidden")
        }
        try await perform("\(who) renames organization \(organization)", expected) {
            _ = try await $0.renameOrganization(state.id, to: name, by: caller)
            return "ok"
        }
    }

    // MARK: - The service's keys

    private func addKey() async throws {
        let organization = pick(model.organizations.indices)
        let state = model.organizations[organization]
        let signs = chance(2)
        let isFull = state.keys.count { $0.isForSigning == signs && !$0.isRetired } >= 2
        try await perform(
            "a key for \(signs ? "signing" : "encryption") is added to \(organization)",
            isFull ? .refused("conflict") : .init(outcome: "ok", events: ["ServiceProviderKeyAdded"])
        ) {
            _ = try await $0.addServiceProviderKey(state.id, signs ? .signing : .encryption, by: self.operate)
            return "ok"
        }
        let known = Set(state.keys.map(\.id))
        for key in try world.service.serviceProviderKeys(state.id, by: operate) where !known.contains(key.id) {
            model.organizations[organization].keys.append(.init(id: key.id, isForSigning: signs))
        }
    }

    private func retireKey() async throws {
        let organization = pick(model.organizations.indices)
        let state = model.organizations[organization]
        let index = pick(state.keys.indices)
        let key = state.keys[index]
        let isOnly = state.keys.count { $0.isForSigning == key.isForSigning && !$0.isRetired } < 2
        var expected = Expectation(outcome: "ok", events: key.isRetired ? [] : ["ServiceProviderKeyRetired"])
        if !key.isRetired && isOnly { expected = .refused("conflict") }
        if expected.outcome == "ok" { model.organizations[organization].keys[index].isRetired = true }
        try await perform("key \(index) of \(organization) is retired", expected) {
            _ = try await $0.retireServiceProviderKey(state.id, key.id, by: self.operate)
            return "ok"
        }
    }
}
