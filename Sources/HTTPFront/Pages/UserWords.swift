import Events
import Identity
import IdentityLedger

/// What pages say of a person's rights.
enum UserWords {
    static let roles: [Role] = [.none, .member, .administrator, .owner]

    /// What a role means, before it is given.
    static func meaning(_ role: Role) -> String {
        switch role {
        case .administrator:
            "\(does(role)) An administrator of every account may also change single sign-on settings, convert people, and read logins and history."
        case .owner: "\(does(role)) An account that has an owner keeps one."
        case .none, .member, .UNRECOGNIZED: does(role)
        }
    }

    private static func does(_ role: Role) -> String {
        switch role {
        case .none: "is not in the account, and a login doesn't bring them back into it."
        case .member: "uses the application, and sees none of these pages."
        case .administrator: "also sees the people of the account, gives roles up to administrator, and deactivates people."
        case .owner: "does all that an administrator does; also gives and takes the role owner."
        case .UNRECOGNIZED: "is not known to this program."
        }
    }

    static let ownerLocked = "Only owners and operators give or take it."

    /// A person's rights, a sentence each.
    ///
    /// - Parameter isWhole: Whether the accounts are all that the organization has.
    static func may(_ user: UserView, _ accounts: [AccountView], isWhole: Bool) -> [String] {
        var sentences = [
            user.isActive
                ? signsIn(user.signInMethod)
                : "May not sign in: is deactivated. The roles below count again once the person is reactivated."
        ]
        for account in accounts {
            let role = user.role(in: account.id)
            sentences.append("In “\(account.name)”: \(role == .none ? "no role." : "\(role.name), who \(does(role))")")
        }
        let everywhere = accounts.allSatisfy { user.role(in: $0.id).rawValue >= Role.administrator.rawValue }
        if isWhole, !accounts.isEmpty, everywhere, user.isActive {
            sentences.append("Administers every account: may change single sign-on settings, convert people, and read logins and history.")
        }
        return sentences
    }

    private static func signsIn(_ method: SignInMethod) -> String {
        switch method {
        case .sso: "Signs in through the identity provider."
        case .password: "Signs in with a password, which the application checks."
        case .unspecified, .UNRECOGNIZED: "How this person signs in is not known."
        }
    }

    /// What the button beside it does.
    static func activation(isActive: Bool) -> String {
        isActive
            ? "Deactivating ends this person's sessions at once, and refuses every login until they are reactivated. Roles are kept."
            : "Reactivating lets this person sign in again, with the roles they had."
    }
}
