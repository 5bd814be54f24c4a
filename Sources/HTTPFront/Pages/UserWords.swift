import Events
import Identity
import IdentityLedger

/// What pages say of a person's rights.
enum UserWords {
    static let roles: [Role] = [.none, .member, .administrator, .owner]

    static func name(_ method: SignInMethod) -> any Said {
        switch method {
        case .sso: UserPhrase.sso
        case .password: UserPhrase.password
        case .unspecified, .UNRECOGNIZED: method.name
        }
    }

    /// What a role means, before it is given.
    static func meaning(_ role: Role) -> UserPhrase {
        switch role {
        case .none: .meansNoRole
        case .member: .meansMember
        case .administrator: .meansAdministrator
        case .owner: .meansOwner
        case .UNRECOGNIZED: .meansUnknown
        }
    }

    /// A person's rights, a sentence each.
    ///
    /// - Parameter isWhole: Whether the accounts are all that the organization has.
    static func may(_ user: UserView, _ accounts: [AccountView], isWhole: Bool) -> [any Said] {
        var sentences: [any Said] = [user.isActive ? signsIn(user.signInMethod) : UserPhrase.mayNotSignIn]
        sentences += accounts.map { account in
            let role = user.role(in: account.id)
            return may(as: role)(["account": account.name, "role": RolePhrase.of(role)])
        }
        let everywhere = accounts.allSatisfy { user.role(in: $0.id).rawValue >= Role.administrator.rawValue }
        if isWhole, !accounts.isEmpty, everywhere, user.isActive { sentences.append(UserPhrase.mayAdminister) }
        return sentences
    }

    private static func may(as role: Role) -> UserPhrase {
        switch role {
        case .none: .mayNothing
        case .member: .mayAsMember
        case .administrator: .mayAsAdministrator
        case .owner: .mayAsOwner
        case .UNRECOGNIZED: .mayAsUnknown
        }
    }

    private static func signsIn(_ method: SignInMethod) -> UserPhrase {
        switch method {
        case .sso: .maySignIn
        case .password: .maySignInByPassword
        case .unspecified, .UNRECOGNIZED: .maySignInSomehow
        }
    }
}
