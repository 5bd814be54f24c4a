import Events
import Identity
import IdentityLedger

/// Users as the pages about them read them.
struct UserFacts {
    let services: Services
    let organization: Identifier
    let visitor: Services.Visitor
    /// The accounts whose roles the visitor sees.
    let accounts: [AccountView]
    /// Whether these are all that the organization has.
    let isWhole: Bool

    // With more accounts than this, roles are changed on the person's own page, so that the list stays small.
    private static let mostAccountsInList = 1

    func address(_ user: Identifier) -> String { services.url.address("/organizations/\(organization)/users/\(user)") }

    // Rows are many: without the server's name.
    private func short(_ user: Identifier) -> String { "\(services.url.path)/organizations/\(organization)/users/\(user)" }

    /// A row of the list.
    func row(_ user: UserView) -> [String: Any] {
        var facts: [String: Any] = [
            "id": String(user.id.description.prefix(8)), "href": short(user.id), "shown": Self.shown(user),
            "name": user.name?.undirected ?? "",
            "signInMethod": UserWords.name(user.signInMethod), "active": user.isActive,
        ]
        if let last = user.lastLoginAt { facts["lastLoginAt"] = last.rfc3339Seconds }
        if accounts.count <= Self.mostAccountsInList, accounts.allSatisfy({ mayChange(user.role(in: $0.id), $0) }) {
            facts["roles"] = accounts.enumerated().map { index, account in
                let role = user.role(in: account.id)
                return [
                    "index": String(index), "account": account.id.description, "accountName": account.name,
                    "choices": UserWords.roles.filter { mayChange($0, account) }.map {
                        ["value": $0.name, "role": RolePhrase.of($0), "selected": $0 == role] as [String: Any]
                    },
                ] as [String: Any]
            }
        } else {
            facts["inWords"] = accounts.filter { user.role(in: $0.id) != .none }.map {
                UserPhrase.roleIn(["role": RolePhrase.of(user.role(in: $0.id)), "account": $0.name])
            }
        }
        return facts
    }

    /// A person's own page.
    ///
    /// - Parameter then: When it was so; nil: now, and it can be changed.
    func page(_ user: UserView, then: String?) -> [String: Any] {
        var facts: [String: Any] = [
            "id": user.id.description, "href": address(user.id), "shown": Self.shown(user), "form": services.formToken(visitor),
            "signInMethod": UserWords.name(user.signInMethod), "provisioned": user.isProvisioned, "active": user.isActive,
            "may": UserWords.may(user, accounts, isWhole: isWhole), "list": services.url.address("/organizations/\(organization)/users"),
            "at": then ?? "",
        ]
        if let name = user.name { facts["name"] = name.undirected }
        if let last = user.lastLoginAt { facts["lastLoginAt"] = last.rfc3339Seconds }
        if let attributes = user.attributes, let shown = StepFacts.attributed(JSON(attributes: attributes).members ?? []) {
            facts["attributed"] = shown
        }
        if let then {
            facts["then"] = ["then": MomentWords.text(then), "href": address(user.id)] as [String: Any]
        } else if accounts.contains(where: { visitor.caller.authority.manages($0.id) }) {
            facts["changeable"] = changeable(user)
        }
        return facts
    }

    private func changeable(_ user: UserView) -> [String: Any] {
        var facts: [String: Any] = [
            "accounts": accounts.map { account in
                ["account": account.id.description, "accountName": account.name, "choices": choices(user.role(in: account.id), account)]
            }
        ]
        if (try? services.core.check(.administer, organization, by: visitor.caller)) != nil {
            facts["erasable"] = ["confirmation": Self.confirmation(user)]
        }
        return facts
    }

    private func choices(_ role: Role, _ account: AccountView) -> [[String: Any]] {
        let owns = visitor.caller.authority.owns(account.id)
        return UserWords.roles.map { choice in
            [
                "value": choice.name, "role": RolePhrase.of(choice), "meaning": UserWords.meaning(choice), "selected": choice == role,
                "locked": !owns && choice != role && (choice == .owner || role == .owner),
            ]
        }
    }

    /// Whether the visitor gives this role, and takes it.
    private func mayChange(_ role: Role, _ account: AccountView) -> Bool {
        visitor.caller.authority.manages(account.id) && (role != .owner || visitor.caller.authority.owns(account.id))
    }

    static func shown(_ user: UserView) -> any Said { PersonName.said(email: user.email, user: user.id) ?? "" }

    /// What somebody who erases a person enters.
    static func confirmation(_ user: UserView) -> String { user.email ?? user.id.description }
}
