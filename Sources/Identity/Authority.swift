public import Events

/// Who asks, as a fact: what each may do is decided here and nowhere else (C48).
public enum Authority: Sendable, Hashable {
    /// Whoever runs this server: the command line, or an operator's token for every organization.
    case `operator`
    /// An operator's token for one organization.
    case limitedOperator(Identifier)
    /// An auditor's token, which reads: every organization's facts, or one's.
    case auditor(Identifier?)
    /// The customer's administrator, by a setup link of this organization.
    case setupSession(Identifier)
    /// A signed-in user, with the roles of now.
    case user(organization: Identifier, user: Identifier, roles: [AccountRole])
    /// A signed-in user of the operator's own organization: sees what the roles of now let them see, and changes nothing.
    case onlooker(organization: Identifier, user: Identifier, roles: [AccountRole])
    /// A setup session, or a token for one organization, of the operator's own organization: nothing.
    case barred(Identifier)
    /// Anyone without a valid credential.
    case nobody

    /// The authority that a valid credential gives.
    public init(_ credential: Credential) {
        let organization = Identifier(bytes: credential.organization)
        switch credential.kind {
        case .token:
            switch credential.role {
            case "operator": self = organization.map(Authority.limitedOperator) ?? .operator
            case "auditor": self = .auditor(organization)
            default: self = .nobody
            }
        case .setupSession: self = organization.map(Authority.setupSession) ?? .nobody
        case .setupLink, .unspecified, .UNRECOGNIZED: self = .nobody  // a link opens a session and nothing else
        }
    }

    /// The authority of a signed-in user; none of one who is deactivated or erased.
    public init(_ user: User, in organization: Identifier) {
        guard let id = user.identifier, user.active, !user.erased else {
            self = .nobody
            return
        }
        self = .user(organization: organization, user: id, roles: user.roles)
    }

    /// The same where owners of `organization` are operators of every one: whoever reaches nothing else changes nothing there, as whoever
    /// configures its identity provider, converts its users or makes its owners would be an operator by the next login.
    public func keeping(out organization: Identifier?) -> Authority {
        guard let organization, onlyOrganization == organization else { return self }
        switch self {
        case .limitedOperator, .setupSession, .barred: return .barred(organization)
        case .user(_, let user, let roles), .onlooker(_, let user, let roles):
            return .onlooker(organization: organization, user: user, roles: roles)
        case .operator, .auditor, .nobody: return self
        }
    }

    /// The one organization that this authority reaches; nil: every one.
    public var onlyOrganization: Identifier? {
        switch self {
        case .operator, .nobody: nil
        case .limitedOperator(let organization), .setupSession(let organization), .barred(let organization): organization
        case .auditor(let organization): organization
        case .user(let organization, _, _), .onlooker(let organization, _, _): organization
        }
    }

    /// Whether it is an operator's, for every organization or for one.
    public var isOperator: Bool {
        switch self {
        case .operator, .limitedOperator: true
        case .auditor, .setupSession, .user, .onlooker, .barred, .nobody: false
        }
    }
}

/// What someone may ask for in one organization.
public enum OrganizationAction: Sendable, Hashable, CaseIterable {
    /// Settings, state, policy, events, login history, evidence.
    case read
    /// The users of at least one account, without settings.
    case readUsers
    /// The identity provider, the policy, tests of the connection.
    case configure
    /// Conversion and its undoing.
    case convert
    /// Names, accounts, setup links, importing and erasing users.
    case administer
}

/// What someone may ask for beside single organizations.
public enum ServiceAction: Sendable, Hashable, CaseIterable {
    /// Lists and events of every organization.
    case read
    /// New organizations, tokens, the public URL, moving ledgers.
    case administer
    /// How people sign in, and exchanging a sign-in's code.
    case integrate
}

extension Authority {
    /// Refuses what this authority may not do in the organization.
    ///
    /// - Parameter organization: nil where there is none of that ID. Foreign and absent answer alike (C48).
    public func check(_ action: OrganizationAction, _ organization: Organization?) throws(RuleError) {
        if self == .nobody { throw Self.unauthorized }
        guard let organization, let id = organization.identifier, reaches(id) else { throw Self.organizationUnknown }
        guard permits(action, organization) else { throw refusal }
    }

    /// Refuses what this authority may not do in the service as a whole.
    public func check(_ action: ServiceAction) throws(RuleError) {
        switch (self, action) {
        case (.nobody, _): throw Self.unauthorized
        case (.operator, _): return
        case (.auditor(nil), .read): return
        case (.limitedOperator, .integrate): return
        case (.limitedOperator, _), (.auditor, _), (.setupSession, _), (.user, _), (.onlooker, _), (.barred, _): throw refusal
        }
    }

    /// Whether this authority belongs to the organization, or to every one.
    public func reaches(_ organization: Identifier) -> Bool {
        switch self {
        case .nobody: false
        case .operator: true
        case .auditor(let only): only == nil || only == organization
        case .limitedOperator(let only), .setupSession(let only), .barred(let only): only == organization
        case .user(let only, _, _), .onlooker(let only, _, _): only == organization
        }
    }

    private func permits(_ action: OrganizationAction, _ organization: Organization) -> Bool {
        switch self {
        case .operator, .limitedOperator: true
        case .auditor: action == .read || action == .readUsers
        case .setupSession: action != .administer
        case .user:
            switch action {
            case .read, .configure, .convert: administersEveryAccount(of: organization)
            case .readUsers: organization.accounts.contains { administers($0.identifier) }
            case .administer: false
            }
        case .onlooker:
            switch action {
            case .read: administersEveryAccount(of: organization)
            case .readUsers: organization.accounts.contains { administers($0.identifier) }
            case .configure, .convert, .administer: false
            }
        case .barred, .nobody: false
        }
    }

    /// Whether it may elevate and lower the users of this account.
    public func manages(_ account: Identifier?) -> Bool {
        if case .onlooker = self { return false }
        return administers(account)
    }

    /// Whether it is an administrator of this account, and so sees its users.
    public func administers(_ account: Identifier?) -> Bool {
        switch self {
        case .operator, .limitedOperator, .setupSession: true
        case .user(_, _, let roles), .onlooker(_, _, let roles):
            roles.contains { entry in
                Identifier(bytes: entry.account) == account && entry.role.rawValue >= Role.administrator.rawValue
            }
        case .auditor, .barred, .nobody: false
        }
    }

    /// Whether it may give and take `owner` in this account: only owners and operators.
    public func owns(_ account: Identifier?) -> Bool {
        switch self {
        case .operator, .limitedOperator: true
        case .user(_, _, let roles): roles.contains { Identifier(bytes: $0.account) == account && $0.role == .owner }
        case .setupSession, .auditor, .onlooker, .barred, .nobody: false
        }
    }

    /// Whether it may see this user: who administers one account sees the users of that account.
    public func sees(_ user: User, of organization: Organization) -> Bool {
        seesEveryone(of: organization) || user.memberships.contains { administers(Identifier(bytes: $0.account)) }
    }

    /// Whether no account limits whom it may see.
    public func seesEveryone(of organization: Organization) -> Bool {
        switch self {
        case .user, .onlooker: administersEveryAccount(of: organization)
        case .barred, .nobody: false
        case .operator, .limitedOperator, .auditor, .setupSession: true
        }
    }

    private func administersEveryAccount(of organization: Organization) -> Bool {
        !organization.accounts.isEmpty && organization.accounts.allSatisfy { administers($0.identifier) }
    }

    /// What is said to whoever may not do what was asked for.
    var refusal: RuleError {
        switch self {
        case .onlooker, .barred: Self.operatorsOwn
        case .operator, .limitedOperator, .auditor, .setupSession, .user, .nobody: Self.forbidden
        }
    }

    /// Who asks without a valid credential.
    public static let unauthorized = RuleError(
        .unauthorized, "This needs a valid token or a session.", remedy: "Sign in, or send a token.")
    /// Who asks for more than the credential gives.
    public static let forbidden = RuleError(
        .forbidden, "What you signed in with does not allow this.",
        remedy: "Use what belongs to someone who may, or ask for the role that it takes.")
    /// Who would change the operator's own organization without being the operator.
    public static let operatorsOwn = RuleError(
        .forbidden, "This is the operator's own organization, whose owners are operators: nobody but an operator changes it.",
        remedy: "Use the operator's console, a token for every organization, or the command line.")
    /// An organization that is absent, or foreign to who asks (C48).
    public static let organizationUnknown = RuleError(
        .organizationUnknown, "There is no such organization.", remedy: "Check the Organization ID.")
    /// A user who is absent, foreign or erased (C48).
    public static let userUnknown = RuleError(
        .notFound, "There is no such user.", remedy: "Check the user's ID or e-mail address.")
}
